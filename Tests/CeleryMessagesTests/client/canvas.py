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

seed, count, theirs, ours = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
here = os.path.dirname(os.path.abspath(__file__))


def send(folder):
    """In a process of its own, since an application has one folder; prints the ids that are waited for."""
    command = [sys.executable, __file__, str(seed), str(count), folder, "send"]
    output = subprocess.run(command, env={**os.environ, "FOLDER": folder}, check=True,
                            stdout=subprocess.PIPE).stdout
    return json.loads(output)


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
        nodes = list(sent.results) if hasattr(sent, "results") else [sent]
        ids += [node.id for node in nodes]
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
    if isinstance(value, list):
        return [known(element, made) for element in value]
    return value if value is None or value in made else "?"


def facts(document, made):
    result = document["result"]
    if isinstance(result, dict) and result.get("exc_type") == "ChordError":
        result = "ChordError"
    return {
        "status": document["status"], "result": result,
        "children": known(document["children"], made),
        **{name: known(document.get(name), made) for name in ("parent_id", "group_id")},
        **{name: document.get(name) for name in ("name", "args", "kwargs", "queue")},
    }


def compare():
    log = open(f"{theirs}.log", "w")
    worker = subprocess.Popen(
        [os.path.dirname(sys.executable) + "/celery", "-A", "app", "worker", "-P", "solo", "-l",
         "WARNING"], cwd=here, env={**os.environ, "FOLDER": theirs}, stdout=log, stderr=log)
    try:
        sent = send(ours)
        if send(theirs) != sent:
            print("the two were not sent the same")
        found = {"theirs": settled(theirs), "ours": settled(ours)}
    finally:
        worker.terminate()
        worker.wait()
    made = set(sent["made"])
    wrong = compared = 0
    for id, their in found["theirs"].items():
        if id not in made:
            continue
        our = found["ours"].get(id)
        compared += 1
        a, b = facts(their, made), our and facts(our, made)
        if a != b:
            wrong += 1
            print(id, "theirs", json.dumps(a), "ours", json.dumps(b))
    for id in set(found["ours"]) & made - set(found["theirs"]):
        print("only ours:", id, found["ours"][id]["status"])
    lost = [id for id in sent["waited"] if id in found["theirs"] and id not in found["ours"]]
    print(f"{count} canvases: {compared} results, {len(lost)} missing, {wrong} wrong")


if ours == "send":
    make()
else:
    compare()
