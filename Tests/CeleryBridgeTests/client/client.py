# SPDX-License-Identifier: MIT
"""client.py FOLDER SCENARIO...: an unmodified Celery client; prints what each scenario saw, a JSON line each.

FOLDER has messages/, results/ and control/; the tasks are known by their names alone, as those of a worker elsewhere.
"""
import json
import sys
import time

from celery import Celery, chain, chord, group
from celery.exceptions import TaskRevokedError, TimeoutError
from celery.result import result_from_tuple

FOLDER = sys.argv[1]
WAIT = 60

app = Celery("client", broker="filesystem://", backend=f"file://{FOLDER}/results")
app.conf.broker_transport_options = {
    "data_folder_in": FOLDER + "/messages", "data_folder_out": FOLDER + "/messages",
    "control_folder": FOLDER + "/control"}


@app.task(name="tests.add")
def add(x, y):
    raise NotImplementedError


@app.task(name="tests.echo")
def echo(**kwargs):
    raise NotImplementedError


@app.task(name="tests.sum")
def total(numbers):
    raise NotImplementedError


@app.task(name="tests.note")
def note(value):
    raise NotImplementedError


@app.task(name="tests.nowhere")
def nowhere():
    raise NotImplementedError


@app.task(name="tests.fail")
def fail(kind):
    raise NotImplementedError


@app.task(name="tests.slow")
def slow():
    raise NotImplementedError


@app.task(name="tests.flaky")
def flaky():
    raise NotImplementedError


def delay():
    result = add.delay(2, 3)
    return {"value": result.get(timeout=WAIT), "state": result.state, "successful": result.successful()}


def keywords():
    return add.delay(2, y=40).get(timeout=WAIT), echo.delay(text="Zoë ☃", number=1.5).get(timeout=WAIT)


def countdown():
    began = time.monotonic()
    add.apply_async((1, 1), countdown=2).get(timeout=WAIT)
    return 2 <= time.monotonic() - began < 30


def expires():
    result = add.apply_async((1, 1), countdown=3, expires=1)
    try:
        return result.get(timeout=WAIT)
    except TaskRevokedError as error:
        return [result.state, str(error)]


def failure():
    seen = []
    for kind in ("ValueError", "plain"):
        result = fail.delay(kind)
        try:
            result.get(timeout=WAIT)
        except Exception as error:  # Whatever it is, is what is asked for.
            seen.append([type(error).__name__, str(error), result.state, bool(result.traceback)])
    return seen


def ignored():
    result = add.apply_async((1, 2), ignore_result=True)
    other = add.delay(1, 2)
    other.get(timeout=WAIT)
    try:
        return app.AsyncResult(result.id).get(timeout=2)
    except TimeoutError:
        return "nothing"


def priority():
    return add.apply_async((1, 2), priority=9, task_id="my-own-id", time_limit=50, soft_time_limit=40).get(timeout=WAIT)


def options():
    """As Superset 4.1 schedules prune_query: an option that Celery does not know becomes a property of the message."""
    seen = []
    for kwargs in ({}, {"retention_period_days": 7}):
        result = echo.apply_async(kwargs=kwargs, retention_period_days=30, other_option=1)
        seen.append(result.get(timeout=WAIT))
    return seen


def unknown():
    try:
        nowhere.delay().get(timeout=WAIT)
    except Exception as error:
        return [type(error).__name__, str(error)]


def chains():
    result = chain(add.s(1, 2), add.s(10), add.s(100))()
    value = result.get(timeout=WAIT)
    return [value, result.parent.result, result.parent.parent.result, [list(map(str, map(type, c.children or []))) != [] for c in (result.parent,)]]


def immutable():
    return chain(add.s(1, 2), add.si(5, 5))().get(timeout=WAIT)


def groups():
    return group(add.s(number, number) for number in range(100))().get(timeout=WAIT)[-1]


def chords():
    return chord([add.s(number, number) for number in range(10)], total.s())().get(timeout=WAIT)


def chord_in_chain():
    return chain(add.s(1, 1), group(add.s(10), add.s(20)), total.s(), add.s(1000))().get(timeout=WAIT)


def chord_failure():
    try:
        chord([add.s(1, 1), fail.s("ValueError")], total.s())().get(timeout=WAIT)
    except Exception as error:
        return [type(error).__name__, "no such thing" in str(error)]


def chain_failure():
    result = chain(fail.s("ValueError"), add.s(1))()
    try:
        result.get(timeout=WAIT)
    except Exception as error:
        return [type(error).__name__, str(error)]


def maps():
    seen = [
        total.map([[1, 2], [3]]).apply_async().get(timeout=WAIT), add.starmap([(1, 2), (3, 4)]).apply_async().get(timeout=WAIT),
        add.chunks(zip(range(10), range(10)), 3).apply_async().get(timeout=WAIT), add.starmap([]).apply_async().get(timeout=WAIT),
        chain(add.starmap([(1, 2), (3, 4)]), total.s())().get(timeout=WAIT),
        chord([add.starmap([(1, 2), (3, 4)]), add.starmap([(5, 6)])], note.s())().get(timeout=WAIT),
    ]
    sent = chain(add.s(1, 2), add.chunks([(1, 2), (3, 4), (5, 6)], 2))()
    return seen + [result_from_tuple(sent.get(timeout=WAIT), app=app).get(timeout=WAIT)]


def map_failure():
    result = fail.map(["ValueError", "ValueError"]).apply_async(link_error=note.s(), task_id="mapped")
    try:
        result.get(timeout=WAIT)
    except Exception as error:
        return [type(error).__name__, str(error), result.state]


def map_revoked():
    result = echo.starmap([[]] * 3).apply_async(countdown=600)
    time.sleep(1.5)
    result.revoke()
    try:
        result.get(timeout=WAIT)
    except TaskRevokedError as error:
        return [result.state, str(error)]


def chord_ignoring():
    return chord([add.s(1, 2).set(ignore_result=True), add.s(3, 4)], total.s())().get(timeout=WAIT)


def links():
    result = add.apply_async((1, 2), link=[note.s(), add.s(7)], task_id="linked")
    failed = fail.apply_async(("ValueError",), link_error=note.s(), task_id="failed")
    result.get(timeout=WAIT)
    failed.get(timeout=WAIT, propagate=False)
    return sorted(child.get(timeout=WAIT) if not hasattr(child, "results") else child.get(timeout=WAIT)[-1] for child in result.children)


def revoke():
    waiting = add.apply_async((1, 1), countdown=600)
    running = echo.apply_async(kwargs={"sleep": 600})
    time.sleep(1.5)
    seen = []
    for result in (waiting, running):
        result.revoke(terminate=True)
        try:
            result.get(timeout=WAIT)
        except TaskRevokedError as error:
            seen.append([result.state, str(error)])
    return seen


def touch(name):
    open(f"{FOLDER}/{name}", "w").close()


def states():
    seen = []
    result = slow.delay()
    deadline = time.monotonic() + WAIT
    while not result.ready() and time.monotonic() < deadline:
        state, info = result.state, result.info
        if state == "STARTED" and not seen:
            seen.append([state, sorted(info)])
            touch("progress")
        elif state == "PROGRESS" and len(seen) == 1:
            seen.append([state, info])
            touch("end")
        time.sleep(0.1)
    return seen + [[result.state, result.get(timeout=WAIT)]]


def retry():
    result = flaky.delay()
    deadline = time.monotonic() + WAIT
    while result.state != "RETRY" and time.monotonic() < deadline:
        time.sleep(0.1)
    error = result.info
    seen = [result.state, type(error).__name__, error.args, "busy" in result.traceback]
    touch("quiet")
    return seen + [result.get(timeout=WAIT)]


def counted():
    result = flaky.apply_async(retries=2)
    return result.get(timeout=WAIT)


def cleanup():
    add.delay(1, 2).get(timeout=WAIT)
    app.send_task("celery.backend_cleanup", ignore_result=True)


def purge():
    running = echo.apply_async(kwargs={"sleep": 3})
    time.sleep(1.5)
    waiting = [add.apply_async((1, 1), countdown=600, ignore_result=number % 2 == 0) for number in range(6)]
    time.sleep(1.5)
    removed = app.control.purge()
    time.sleep(1)
    return [removed >= 6, running.get(timeout=WAIT), [result.state for result in waiting]]


def inspect():
    running = echo.apply_async(kwargs={"sleep": 600}, priority=7)
    waiting = add.apply_async((1, 2), countdown=600, ignore_result=True)
    look = app.control.inspect(timeout=5, limit=1)
    deadline = time.monotonic() + WAIT
    active = {}
    while not any(active.values()) and time.monotonic() < deadline:
        active = look.active() or {}
    [(worker, [task])] = active.items()
    [entry] = look.scheduled()[worker]
    stats = look.stats()[worker]
    places = look.query_task(running.id, waiting.id, "nobody")[worker]
    seen = {
        "active": [task["id"] == running.id, task["name"], task["args"], task["kwargs"], task["hostname"] == worker,
                   task["time_start"] > 1e9, task["delivery_info"]["priority"], task["worker_pid"] in stats["pool"]["processes"]],
        "scheduled": [entry["request"]["id"] == waiting.id, entry["request"]["args"], entry["request"]["time_start"]],
        "reserved": look.reserved()[worker],
        "registered": "tests.add" in look.registered()[worker],
        "queues": [queue["name"] for queue in look.active_queues()[worker]],
        "places": [places[running.id][0], places[waiting.id][0], len(places)],
        "elsewhere": app.control.inspect(timeout=2, destination=["celery@elsewhere"]).ping(),
        "unknown": list(app.control.broadcast("rate_limit", {"task_name": "tests.add", "rate_limit": "1/s"}, reply=True, timeout=5, limit=1)[0][worker]),
    }
    told = app.control.revoke([running.id, waiting.id], terminate=True, reply=True, timeout=5, limit=1)
    seen["revoke"] = list(told[0][worker])
    seen["revoked"] = sorted(look.revoked()[worker]) == sorted([running.id, waiting.id])
    running.get(timeout=WAIT, propagate=False)
    seen["state"] = running.state
    return seen


def many():
    results = [add.delay(number, number) for number in range(200)]
    return sum(result.get(timeout=WAIT) for result in results)


for name in sys.argv[2:]:
    print(json.dumps({name: globals()[name]()}), flush=True)
