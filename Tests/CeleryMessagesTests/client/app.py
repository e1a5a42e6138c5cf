# SPDX-License-Identifier: MIT
"""An application as anybody writes it; FOLDER says whose folder its messages and results go to."""
import os

from celery import Celery

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
