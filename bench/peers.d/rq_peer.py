# SPDX-License-Identifier: MIT
"""rq_peer.py JOBS: RQ on the Redis $BROKER."""

import os
import sys

from redis import Redis
from rq import Queue

import done


def noop():
    done.note()


if __name__ == "__main__":
    queue = Queue(connection=Redis.from_url(os.environ["BROKER"]))

    def enqueue(number):
        queue.enqueue("rq_peer.noop", result_ttl=0)

    done.warm_up(enqueue)
    done.measure(enqueue, int(sys.argv[1]))
