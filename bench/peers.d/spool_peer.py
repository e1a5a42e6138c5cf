# SPDX-License-Identifier: MIT
"""spool_peer.py SPOOL QUEUE JOBS AWAIT PID: drops as Celery's and the others' producers enqueue, from Python.

Prints the jobs per second from the first drop until the last result stands, as await sees it.
"""

import os
import subprocess
import sys
import time

spool, queue, jobs, await_program, dispatcher = sys.argv[1:]
directory = f"{spool}/incoming/{queue}"


def drop(number):
    aside = f"{directory}/.{number}.json"
    with open(aside, "w") as file:
        file.write("{}")
    os.rename(aside, f"{directory}/{number}.json")


def wait(count):
    subprocess.run([await_program, spool, queue, str(count), dispatcher], check=True)


for number in range(4):
    drop(f"warm-{number}")
wait(4)
began = time.monotonic()
for number in range(int(jobs)):
    drop(number)
wait(int(jobs) + 4)
print(round(int(jobs) / (time.monotonic() - began), 1))
