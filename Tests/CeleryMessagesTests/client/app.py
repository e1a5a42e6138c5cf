# SPDX-License-Identifier: MIT
"""An application as anybody writes it; FOLDER says whose folder its messages and results go to."""
import os
import time
import uuid

from celery import Celery
from kombu.transport.filesystem import Channel
from kombu.utils.json import dumps

folder = os.environ["FOLDER"]
for name in ("q", "control", "results"):
    os.makedirs(f"{folder}/{name}", exist_ok=True)

app = Celery("app", broker="filesystem://", backend=f"file://{folder}/results")
app.conf.update(
    broker_transport_options={
        "data_folder_in": f"{folder}/q", "data_folder_out": f"{folder}/q",
        "control_folder": f"{folder}/control", "polling_interval": 0.02,
    },
    result_extended=True, worker_hijack_root_logger=False, result_chord_retry_interval=0.2,
)


def put(self, queue, payload, **_):
    """As kombu's own, but a message is whole once it has its name."""
    name = f"{int(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
    with open(f"{folder}/{name}", "w") as file:
        file.write(dumps(payload))
    os.rename(f"{folder}/{name}", f"{folder}/q/{name}")


if "STEADY" in os.environ:
    # Celery's worker dies of a message that it begins to read while another of its threads writes it.
    Channel._put = put


class Boom(Exception):
    pass


@app.task
def mark(*args, **kwargs):
    return {"args": list(args), "kwargs": kwargs}


@app.task
def fail(*args, **kwargs):
    raise Boom("no", 42)


@app.task
def oops(task_id):
    return task_id
