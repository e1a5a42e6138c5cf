# SPDX-License-Identifier: MIT
"""Prints what bench/screenshots hands to aim: what|ours|theirs|ratio|limit."""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM, WORK, ROUNDS = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
BROWSER = "/usr/lib/chromium/chromium-headless-shell"
PAGES, SWEEP, KILLS = 20, 200, 20
PROFILES = WORK / "profiles"


def page(number):
    """A chart of lines and a table of 25 rows."""
    points = " ".join(f"{x * 8},{200 - (x * 37 + number * 11) % 90}" for x in range(50))
    cells = [[f"<td>{(r * c + number) * 137.25:.2f}</td>" for c in range(6)] for r in range(25)]
    table = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    return f"""<!doctype html><html data-ready="true"><meta charset="utf-8">
<body style="font: 13px 'DejaVu Sans'; background: #fff"><h2>Chart {number}</h2>
<svg width="420" height="220"><polyline fill="none" stroke="#1f77b4" points="{points}"/></svg>
<table border="1">{table}</table>"""


def files(count):
    for number in range(count):
        path = WORK / f"page{number}.html"
        path.write_text(page(number), encoding="utf-8")
        yield str(path)


def command(names, into):
    into.mkdir(exist_ok=True)
    return [PROGRAM, "--wait", "own", "--profiles", str(PROFILES), "--into", str(into), *names]


def ours(names):
    began = time.monotonic()
    subprocess.run(command(names, WORK / "ours"), check=True)
    return time.monotonic() - began


def theirs(names):
    target = WORK / "theirs"
    target.mkdir(exist_ok=True)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    began = time.monotonic()
    for name in names:
        with tempfile.TemporaryDirectory(dir=WORK) as profile:
            picture = target / (pathlib.Path(name).stem + ".png")
            subprocess.run(
                [BROWSER, *root, f"--screenshot={picture}", "--window-size=800,600", "--hide-scrollbars",
                 f"--user-data-dir={profile}", f"file://{name}"],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - began


def browsers():
    """Process ids by group, of all browsers whose profile is one of ours."""
    mine = {path.read_text().strip() for path in PROFILES.glob("*/group")}
    groups = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[2] in mine and fields[0] != "Z":
            groups.setdefault(fields[2], []).append(entry)
    return groups


def megabytes(processes):
    """What they take together, shared memory shared out (PSS)."""
    total = 0
    for entry in processes:
        try:
            lines = (entry / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def sweep(names):
    """200 pages; a browser is killed at about every tenth. Peak memory, pictures, groups ever seen."""
    target = WORK / "sweep"
    process = subprocess.Popen(command(names, target), stderr=subprocess.DEVNULL)
    peak, killed, seen = 0, 0, set()
    while process.poll() is None:
        groups = browsers()
        seen.update(groups)
        for group, members in groups.items():
            peak = max(peak, megabytes(members))
            if killed < KILLS and len(list(target.glob("*.png"))) >= killed * (len(names) // KILLS - 1) + 5:
                os.kill(int(group), signal.SIGKILL)
                killed += 1
        time.sleep(0.02)
    return peak, killed, len(list(target.glob("*.png"))), seen


def main():
    PROFILES.mkdir(mode=0o755)
    names = list(files(PAGES))
    times = [(ours(names), theirs(names)) for _ in range(ROUNDS)]
    our, their = (min(column) / PAGES for column in zip(*times))
    print(f"a picture, warm|{our * 1000:.0f} ms|chromium --screenshot: {their * 1000:.0f} ms|{our / their:.2f}|<=0.7")
    print(f"a picture, warm, in seconds|{our:.2f} s|-|{our:.2f}|<=0.3")
    peak, killed, pictures, seen = sweep(list(files(SWEEP)))
    if killed != KILLS:
        sys.exit(f"{killed} browsers were killed, not {KILLS}")
    print(f"memory of the browser over {SWEEP} pages|{peak:.0f} MB|-|{peak:.0f}|<=600")
    # Each kill may cost the page that was under way, and no other.
    print(f"pictures of {SWEEP} with {KILLS} kills|{pictures}|-|{pictures}|>={SWEEP - KILLS}")
    left = [e for e in pathlib.Path("/proc").iterdir() if e.name.isdigit() and group_of(e) in seen]
    remains = len(left) + len(list(PROFILES.iterdir()))
    print(f"processes and profiles left|{remains}|-|{remains}|<=0")


def group_of(entry):
    try:
        fields = (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[2]


main()
