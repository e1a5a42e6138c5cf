# SPDX-License-Identifier: MIT
"""Asks an unmodified client for the results that lie in FOLDER, and says what is not as expected."""
import json
import os

import billiard.exceptions  # noqa: F401 - so that its exceptions are found
from celery.exceptions import ChordError, TaskRevokedError, TimeoutError
from celery.result import GroupResult

from app import Boom, app, folder

wrong = 0


def expect(what, found, wanted):
    global wrong
    if found != wanted:
        wrong += 1
        print(f"{what}: {found!r}, not {wanted!r}")


def raised(id, **options):
    try:
        return app.AsyncResult(id).get(timeout=0.05, interval=0.01, **options)
    except Exception as error:
        return type(error), error.args


def meta(id):
    return app.AsyncResult(id).backend.get_task_meta(id)


for name in os.listdir(f"{folder}/results"):
    with open(f"{folder}/results/{name}", encoding="ascii") as file:
        text = file.read()
    expect(name, text, json.dumps(json.loads(text)))
expect("success", app.AsyncResult("success").get(timeout=1), {"ä": [1, 2.5, None, "☃😀"]})
expect("state", app.AsyncResult("success").state, "SUCCESS")
expect("date", app.AsyncResult("success").date_done.isoformat(), "2026-11-29T20:00:00.250000+00:00")
expect("failure", raised("failure"), (Boom, ("bad ☃", 42)))
expect("failed", app.AsyncResult("failure").failed(), True)
expect("kept", str(app.AsyncResult("failure").get(propagate=False)), str(Boom("bad ☃", 42)))
expect("traceback", app.AsyncResult("failure").traceback, "Traceback ...\nBoom: ☃\n")
expect("builtin", raised("builtin"), (KeyError, ("k",)))
kind, arguments = raised("stranger")
expect("stranger", (kind.__name__, kind.__module__, arguments),
       ("DiskFull", "celery.exceptions", ("no room",)))
expect("revoked", raised("revoked"), (TaskRevokedError, ("terminated",)))
expect("chord", raised("chord")[0], ChordError)
expect("hard", raised("hard"), (billiard.exceptions.TimeLimitExceeded, (20,)))
expect("soft", raised("soft"), (billiard.exceptions.SoftTimeLimitExceeded, ()))
expect("lost", raised("lost"), (billiard.exceptions.WorkerLostError, ("signal 9",)))
for id, state in (("retry", "RETRY"), ("started", "STARTED"), ("progress", "PROGRESS")):
    expect(id, app.AsyncResult(id).state, state)
    expect(id, raised(id)[0], TimeoutError)
expect("info", app.AsyncResult("progress").info, {"done": 1})
expect("started", app.AsyncResult("started").info, {"pid": 7, "hostname": "spool@host"})
expect("reason", type(app.AsyncResult("retry").info), Boom)

extended = app.AsyncResult("success")
expect("name", (extended.name, extended.args, extended.kwargs, extended.worker, extended.retries,
                extended.queue), ("app.mark", [1], {"a": "ä"}, "spool@host", 2, "reports"))
parent = app.AsyncResult("parent")
expect("children", [type(c).__name__ for c in parent.children], ["AsyncResult", "GroupResult"])
expect("members", parent.children[1].get(timeout=1), ["one", "two"])
expect("graph's parts", {str(node) for node in parent.graph} >= {"parent", "success"}, True)
expect("collected", [value for _, value in parent.collect(intermediate=False)][0], "root")
saved = GroupResult.restore("group", app=app)
expect("saved", (saved.id, [r.id for r in saved.results]), ("group", ["one", "two"]))
expect("group_id", meta("one")["group_id"], "group")
expect("parent_id", meta("success")["parent_id"], "parent")
print(f"{app.__class__.__name__}: {wrong} wrong")
