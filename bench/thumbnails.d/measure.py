# SPDX-License-Identifier: MIT
"""measure.py PROGRAMS WORK ROUNDS: lines `what|ours|theirs|ratio|aim` for bench/thumbnails.

The task runs as a filter, a job a line; the time until its first answer, in which the browser starts, is not counted.
"""

import json
import os
import subprocess
import sys
import time

COUNT = 20
SUPERSET = 12.5
SHELL = "/usr/lib/chromium/chromium-headless-shell"
programs, work, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
environment = {**os.environ, "SPOOL_CONFIG": f"{work}/spool/spool.toml"}


def charts():
    """The saved charts that have data, as pages."""
    found = []
    for number in range(1, 40):
        data = subprocess.run(
            [f"{programs}/chart-data", "--response", "--chart", str(number)],
            env=environment, capture_output=True, check=False)
        if data.returncode:
            continue
        page = subprocess.run([f"{programs}/chart-page"], input=data.stdout, capture_output=True, check=True)
        path = f"{work}/{number}.html"
        with open(path, "wb") as file:
            file.write(page.stdout)
        found.append((number, path))
    return found


def ours(numbers):
    """Seconds for COUNT pictures from a warm browser."""
    files = f"{work}/files"
    os.makedirs(files, exist_ok=True)
    task = subprocess.Popen(
        [f"{programs}/cache_chart_thumbnail", "--resident"], env={**environment, "SPOOL_FILES": files}, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    seconds = 0
    for index in range(COUNT + 1):
        job = {"current_user": "admin", "chart_id": numbers[index % len(numbers)]}
        request = {"id": str(index), "job": job}
        begun = time.monotonic()
        print(json.dumps(request), file=task.stdin, flush=True)
        answer = task.stdout.readline()
        if index:
            seconds += time.monotonic() - begun
        image = json.loads(answer)["result"].get("image")
        if not image:
            sys.exit(f"no picture of {job}: {answer}")
        if os.path.getsize(f"{files}/{image}") < 1000:
            sys.exit(f"an empty picture of {job}")
    task.stdin.close()
    task.wait()
    return seconds


def theirs(paths):
    """Seconds for COUNT starts of the browser's own command."""
    begun = time.monotonic()
    for index in range(COUNT):
        subprocess.run(
            [SHELL, "--no-sandbox", "--screenshot=" + f"{work}/their.png", "--window-size=800,600",
             f"--user-data-dir={work}/profile", "file://" + paths[index % len(paths)]],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - begun


found = charts()
if len(found) < 3:
    sys.exit("the sample has no charts")
best = [float("inf"), float("inf")]
for _ in range(rounds):
    best[0] = min(best[0], ours([number for number, _ in found]))
    best[1] = min(best[1], theirs([path for _, path in found]))
mine, shell = best[0] / COUNT, best[1] / COUNT
print(f"a thumbnail, against chromium-headless-shell --screenshot|{mine:.3f} s|{shell:.3f} s|{mine / shell:.2f}|<=1")
print(f"a thumbnail, against Superset's own task as recorded|{mine:.3f} s|{SUPERSET} s|{mine / SUPERSET:.4f}|<=0.025")
