# SPDX-License-Identifier: MIT
"""celery_drain.py publish JOBS: an unmodified client leaves so many no-op messages.
celery_drain.py drain JOBS PID...: prints the jobs per second from the first one's end to the last one's, and the memory of these
processes and all below them when half of the jobs were done, in KiB: PSS, and what of it is no file's, which cannot be dropped.

What is done is counted in $LOG, a line each, or else in the file $DONE, a byte each: whoever looks so often must not cost.
"""

import os
import sys
import time


def publish(jobs):
    from celery_peer import noop

    for _ in range(jobs):
        noop.delay()


class Done:
    """How many jobs are done; what was read once is not read again."""

    def __init__(self):
        self.log = None
        self.lines = 0

    def count(self):
        try:
            if "LOG" not in os.environ:
                return os.stat(os.environ["DONE"]).st_size
            self.log = self.log or open(os.environ["LOG"], "rb")
        except FileNotFoundError:
            return 0
        self.lines += self.log.read().count(b"\n")
        return self.lines


def family(roots):
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8") as stat:
                    parents[int(name)] = int(stat.read().rpartition(")")[2].split()[1])
            except OSError:
                pass
    members = set(roots)
    while True:
        more = {pid for pid, parent in parents.items() if parent in members} - members
        if not more:
            return members
        members |= more


def memory(roots):
    total = [0, 0]
    for pid in family(roots):
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as rollup:
                for line in rollup:
                    name, _, rest = line.partition(":")
                    if name in ("Pss", "Pss_Anon"):
                        total[name == "Pss_Anon"] += int(rest.split()[0])
        except OSError:
            pass
    return total


def drain(jobs, roots):
    started = time.monotonic()
    first, size = 0, None
    done = Done()
    while True:
        count = done.count()
        now = time.monotonic()
        if count and not first:
            first, begun = now, count
        if count >= jobs // 2 and not size:
            size = memory(roots)
        if count >= jobs:
            break
        if now - started > 300 or not all(os.path.exists(f"/proc/{root}") for root in roots):
            sys.exit(f"{count} of {jobs} done")
        time.sleep(0.002)
    print(round((jobs - begun) / max(now - first, 0.001)), *size)


if __name__ == "__main__":
    if sys.argv[1] == "publish":
        publish(int(sys.argv[2]))
    else:
        drain(int(sys.argv[2]), [int(pid) for pid in sys.argv[3:]])
