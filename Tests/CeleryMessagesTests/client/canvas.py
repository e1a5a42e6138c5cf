# SPDX-License-Identifier: MIT
"""Sends the same canvases to Celery's own worker and to ours, and compares every result that they leave.

usage: canvas.py SEED COUNT THEIRS OURS; each of the folders is served by the worker that its name says.
"""
import json
import os
import random
import subprocess
import sys
import time
import uuid

from celery import VERSION

NEW = (VERSION.major, VERSION.minor) >= (5, 7)
seed, count, theirs, ours = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
here = os.path.dirname(os.path.abspath(__file__))


def send(folder):
    """In a process of its own, since an application has one folder; prints the ids that are waited for."""
    command = [sys.executable, __file__, str(seed), str(count), folder, "send"]
    output = subprocess.run(command, env={**os.environ, "FOLDER": folder}, check=True,
                            stdout=subprocess.PIPE).stdout
    return json.loads(output)


def leaves(result):
    """The ids whose results `get()` waits for."""
    if hasattr(result, "results"):
        return [id for member in result.results for id in leaves(member)]
    return [result.id]


def make():
    from celery import chain, chord, group
    from kombu.utils.uuid import uuid as random_uuid

    from app import fail, mark, oops

    rng = random.Random(seed)
    made = set()

    def same():
        text = str(uuid.UUID(int=rng.getrandbits(128)))
        made.add(text)
        return text

    for module in list(sys.modules.values()):
        if vars(module).get("uuid") is random_uuid:
            module.uuid = same
    last = 0

    def task():
        nonlocal last
        last += 1
        if rng.random() < 0.06:
            return fail.s().set(link_error=oops.s().set(task_id=same()))
        signature = rng.choice([mark.s, mark.s, mark.s, mark.si])(last)
        if rng.random() < 0.1:
            signature.set(queue="celery", priority=rng.randrange(10), shadow="s")
        if rng.random() < 0.15:
            signature.link(piece(2))
        if rng.random() < 0.05:
            signature.link(mark.s(-last))
        return signature

    def piece(depth):
        kind = rng.choice(["task"] * (1 + depth) + ["chain", "group", "chord"])
        if depth > 3 or kind == "task":
            return task()
        parts = [piece(depth + 1) for _ in range(rng.randrange(1, 4))]
        if kind == "chain":
            return chain(*([task()] + parts))
        if kind == "group":
            return group(parts)
        return chord(parts, task() if rng.random() < 0.7 else chain(task(), task()))

    ids = []
    for _ in range(count):
        sent = None
        while sent is None:
            try:
                whole = piece(0)
                sent = whole.apply_async()
            except (RuntimeError, AttributeError, TypeError):
                # Canvases that Celery itself cannot send.
                continue
        ids += leaves(sent)
    print(json.dumps({"waited": ids, "made": sorted(made)}))


def documents(folder):
    found = {}
    for name in os.listdir(f"{folder}/results"):
        if name.startswith("celery-task-meta-"):
            try:
                with open(f"{folder}/results/{name}") as file:
                    found[name.removeprefix("celery-task-meta-")] = json.load(file)
            except ValueError:
                continue
    return found


def settled(folder):
    """What lies there once nothing has changed for a while and no message is left."""
    before, since = None, time.time()
    deadline = time.time() + 60
    while time.time() < deadline:
        now = {k: v["status"] for k, v in documents(folder).items()}, len(os.listdir(f"{folder}/q"))
        if now != before:
            before, since = now, time.time()
        elif time.time() - since > (3 if now[1] == 0 else 8):
            break
        time.sleep(0.1)
    return documents(folder)


def known(value, made):
    """Ids that workers make up are as good as any other."""
    if isinstance(value, str) and len(value) == 36:
        return value if value in made else "?"
    if isinstance(value, list):
        return [known(element, made) for element in value]
    return value


def node(value, made):
    """A result that others wait for; that of a group by any id, since workers give chords in groups new ones."""
    if value is None:
        return None
    (id, parent), members = value
    if members is not None:
        members = [node(member, made) for member in members]
    return [known(id, made) if members is None else "group", node(parent, made), members]


def facts(document, made):
    result = document["result"]
    if isinstance(result, dict) and result.get("exc_type") == "ChordError":
        result = "ChordError"
    found = {"status": document["status"], "result": known(result, made)}
    if document.get("name") and document["status"] == "SUCCESS":
        found["children"] = [node(child, made) for child in document["children"]]
        # What a chord's body belongs to has changed with 5.7; ours is the newer way.
        if NEW:
            found["group_id"] = "group_id" in document
            found["parent_id"] = known(document.get("parent_id"), made)
        found["args"] = known(document["args"], made)
        found.update((name, document[name]) for name in ("name", "kwargs", "queue"))
    return found


def compare():
    sent = send(ours)
    if send(theirs) != sent:
        print("the two were not sent the same")
    # Not before everything is written, for the same reason as `STEADY`.
    log = open(f"{theirs}.log", "w")
    worker = subprocess.Popen(
        [os.path.dirname(sys.executable) + "/celery", "-A", "app", "worker", "-P", "solo", "-l",
         "WARNING"], cwd=here, env={**os.environ, "FOLDER": theirs, "STEADY": "1"}, stdout=log,
        stderr=log)
    try:
        found = {"theirs": settled(theirs), "ours": settled(ours)}
        if worker.poll() is not None:
            print("their worker died")
    finally:
        worker.terminate()
        worker.wait()
    made = set(sent["made"])
    wrong = compared = 0
    for id, their in found["theirs"].items():
        # Of a canvas that failed it stores the failure under the ids of groups as well.
        our = found["ours"].get(id)
        stored_for_others = not their.get("name") and not our and id not in sent["waited"]
        if (id not in made or (their.get("name") or "").startswith("celery.")
                or stored_for_others):
            continue
        compared += 1
        a, b = facts(their, made), our and facts(our, made)
        if a != b:
            wrong += 1
            for name in a:
                if b is None or a[name] != b.get(name):
                    print(id, name, json.dumps(a[name]), json.dumps(b and b.get(name)))
    waited = set(sent["waited"])
    lost = waited & set(found["theirs"]) - set(found["ours"])
    print(f"{len(waited & set(found['ours']) - set(found['theirs']))} of {len(waited)} results that "
          "a client waits for came from us alone, since Celery forgets them after a failure")
    print(f"{count} canvases: {compared} results, {len(lost)} missing, {wrong} wrong")


if ours == "send":
    make()
else:
    compare()
