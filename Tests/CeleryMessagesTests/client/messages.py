# SPDX-License-Identifier: MIT
"""Makes messages of many kinds, and prints what kombu itself reads in each of them."""
import datetime
import decimal
import json
import os
import random
import sys
import uuid

from celery import chain, chord, group
from kombu.transport.virtual.base import Base64
from kombu.compression import decompress
from kombu.serialization import loads
from kombu.utils.json import loads as outer

from app import app, fail, folder, mark

UTC = datetime.timezone.utc


def value(rng, depth=0):
    kinds = ["int", "float", "text", "none", "bool", "date", "time", "datetime", "decimal", "uuid",
             "bytes", "blob"] + (["list", "dict"] * 3 if depth < 4 else [])
    kind = rng.choice(kinds)
    if kind == "int":
        return rng.choice([0, -1, 2**31, 2**62, -(2**63), 10**30, rng.randrange(1000)])
    if kind == "float":
        return rng.choice([0.1, -1e-7, 1e16, 9007199254740994.0, 123456789012345.6, rng.random()])
    if kind == "text":
        return "".join(rng.choice("aZ\"\\/\n\t\x00\x7fäß☃😀\u2028") for _ in range(rng.randrange(8)))
    if kind == "list":
        return [value(rng, depth + 1) for _ in range(rng.randrange(4))]
    if kind == "dict":
        return {f"k{i}": value(rng, depth + 1) for i in range(rng.randrange(4))}
    day = datetime.date(rng.randrange(1, 10000), rng.randrange(1, 13), rng.randrange(1, 29))
    clock = datetime.time(rng.randrange(24), rng.randrange(60), rng.randrange(60),
                          rng.choice([0, 1, 999999]))
    return {
        "none": None, "bool": True, "date": day, "time": clock,
        "datetime": datetime.datetime.combine(day, clock, rng.choice([None, UTC])),
        "decimal": decimal.Decimal(rng.choice(["1.50", "-0", "1E+400", "NaN"])),
        "uuid": uuid.UUID(int=rng.getrandbits(128)), "bytes": "ä☃".encode(), "blob": b"\xff\x00",
    }[kind]


def options(rng):
    zone = datetime.timezone(datetime.timedelta(hours=rng.choice([0, 2, -5]), minutes=30))
    moment = datetime.datetime(2030, 1, 2, 3, 4, 5, rng.choice([0, 250000]), zone)
    choices = {
        "countdown": rng.choice([0.5, 60]), "eta": rng.choice([moment, moment.replace(tzinfo=None)]),
        "expires": rng.choice([moment, 3600, 1.5]), "priority": rng.randrange(10),
        "queue": rng.choice(["reports", "a.b"]), "time_limit": rng.choice([20, 1.5]),
        "soft_time_limit": 10, "retries": rng.randrange(5), "shadow": "shown", "ignore_result": True,
        "task_id": f"id-{rng.random()}", "headers": {"x-a": [1, "ä"]}, "retention_days": 7,
        "compression": rng.choice(["gzip", "zlib"]), "link": [mark.s(1), mark.si(2)],
        "link_error": mark.s(), "reply_to": "somebody",
    }
    chosen = rng.sample(sorted(choices), rng.randrange(6))
    if "eta" in chosen and "countdown" in chosen:
        chosen.remove("eta")
    return {name: choices[name] for name in chosen}


def canvas(rng):
    parts = [mark.s(value(rng)), mark.si(2).set(queue="x", priority=4), fail.s(),
             group(mark.s(1), mark.s(2)), chain(mark.s(1), mark.s(2)), chord([mark.s(1)], mark.s())]
    return rng.choice([chain, group])(*rng.choices(parts, k=rng.randrange(2, 5)))


def plain(o):
    if isinstance(o, (datetime.datetime, datetime.date, datetime.time)):
        return o.isoformat()
    if isinstance(o, bytes):
        try:
            return o.decode()
        except UnicodeDecodeError:
            return Base64().encode(o)
    return str(o)


rng = random.Random(int(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    if rng.random() < 0.7:
        arguments = {f"k{i}": value(rng) for i in range(rng.randrange(3))}
        mark.apply_async([value(rng) for _ in range(rng.randrange(3))], arguments, **options(rng))
    else:
        canvas(rng).apply_async()

for name in sorted(os.listdir(f"{folder}/q")):
    with open(f"{folder}/q/{name}") as file:
        payload = outer(file.read())
    headers, properties = payload["headers"], payload["properties"]
    body = Base64().decode(payload["body"])
    if "compression" in headers:
        body = decompress(body, headers["compression"])
    body = loads(body, payload["content-type"], payload["content-encoding"])
    print(json.dumps({"name": name, "headers": headers, "properties": properties, "body": body},
                     default=plain))
