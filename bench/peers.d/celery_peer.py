# SPDX-License-Identifier: MIT
"""celery_peer.py JOBS: Celery with the broker $BROKER, its defaults, and no results, which is its fastest."""

import os
import sys

from celery import Celery

import done

app = Celery("celery_peer", broker=os.environ["BROKER"])
app.conf.task_ignore_result = True
if "FOLDER" in os.environ:
    folder = os.environ["FOLDER"]
    app.conf.broker_transport_options = {
        "data_folder_in": folder + "/messages",
        "data_folder_out": folder + "/messages",
        "control_folder": folder + "/control",
    }


@app.task
def noop():
    done.note()


if __name__ == "__main__":
    # The worker knows the task by the module's name, not as __main__.
    from celery_peer import noop as task

    def enqueue(number):
        task.delay()

    done.warm_up(enqueue)
    done.measure(enqueue, int(sys.argv[1]))
