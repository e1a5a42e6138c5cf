# SPDX-License-Identifier: MIT
"""huey_peer.py JOBS: Huey's queue of files in $FOLDER."""

import os
import sys

from huey import FileHuey

import done

huey = FileHuey("noop", path=os.environ["FOLDER"], results=False)


@huey.task()
def noop():
    done.note()


if __name__ == "__main__":
    from huey_peer import noop as task

    def enqueue(number):
        task()

    done.warm_up(enqueue)
    done.measure(enqueue, int(sys.argv[1]))
