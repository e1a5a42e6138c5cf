# SPDX-License-Identifier: MIT
"""superset_pictures.py PROGRAMS SETTINGS GOLDEN: photographs a real Superset's pages, beside the thumbnails that its own task made.

Its browser took 143 pixels of the window for a frame that nobody sees, so the windows here are lower by that. Its pictures of
dashboards end in black where the page ended; of them only what is above counts. Fonts of two machines differ, lines and
letters by a pixel: a pixel counts that has nothing like it around its place. A table there leaves room for scroll bars, half of
it above; our browser has none, so it may stand higher by 8 pixels.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, "Tests/TaskTests/server")
import pixel  # noqa: E402

# Of a channel; the shades of a smoothed edge differ by less.
DIFFERENCE = 48
# Of all pixels, those that may differ; the bars in a table's cells are longer by the scroll bar's width.
TOLERANCE = 0.02
TABLE_TOLERANCE = 0.05
# Of a table, in pixels.
SHIFTS = (0, 8)
JOBS = [
    ("chart", 1, [800, 457], [800, 457], TABLE_TOLERANCE),
    ("chart", 3, [800, 457], [800, 457], TOLERANCE),
    ("chart", 4, [800, 457], [800, 457], TOLERANCE),
    ("dashboard", 1, [1600, 1057], [800, 600], TOLERANCE),
]


def photograph(programs, settings, files, kind, number, window, size):
    job = {"current_user": "admin", f"{kind}_id": number, "force": True, "window_size": window, "thumb_size": size}
    run = subprocess.run(
        [f"{programs}/cache_{kind}_thumbnail", "--config", settings], input=json.dumps(job), text=True,
        env={**os.environ, "SPOOL_FILES": files}, capture_output=True, check=False)
    said = json.loads(run.stdout)
    if run.returncode:
        sys.exit(f"no picture of {kind} {number}: {said}")
    return said


def read(path):
    with open(path, "rb") as file:
        lines, size = pixel.rows(file.read())
    return [[tuple(line[x:x + 3]) for x in range(0, len(line), size)] for line in lines]


def visible(rows):
    """Without the black below."""
    while len(rows) > 1 and set(rows[-1]) == {(0, 0, 0)}:
        rows = rows[:-1]
    return rows


def close(one, other):
    return all(abs(a - b) <= DIFFERENCE for a, b in zip(one, other))


def differing(ours, theirs):
    """The part of the pixels that have nothing like them within a pixel of their place."""
    height, width = min(len(ours), len(theirs)), min(len(ours[0]), len(theirs[0]))
    count = 0
    for y in range(height):
        for x in range(width):
            if ours[y][x] == theirs[y][x] or close(ours[y][x], theirs[y][x]):
                continue
            around = ((max(0, y - 1), min(height, y + 2)), (max(0, x - 1), min(width, x + 2)))
            count += not any(
                close(ours[y][x], theirs[v][u]) for v in range(*around[0]) for u in range(*around[1]))
    return count / (height * width)


def main():
    programs, settings, golden = sys.argv[1:]
    sound = True
    with tempfile.TemporaryDirectory() as files:
        for kind, number, window, size, tolerance in JOBS:
            said = photograph(programs, settings, files, kind, number, window, size)
            path, = glob.glob(f"{golden}/{kind}-{number}-*.png")
            ours, theirs = read(f"{files}/{said['image']}"), read(path)
            sizes = [(len(rows[0]), len(rows)) for rows in (ours, theirs)]
            part = min(differing(ours[:len(ours) - shift], visible(theirs)[shift:]) for shift in SHIFTS)
            digest = os.path.basename(path).rpartition("-")[2].removesuffix(".png")
            equal = sizes[0] == sizes[1] and digest == said["digest"] and part <= tolerance
            sound = sound and equal
            print(
                f"{'same  ' if equal else 'DIFFER'}  {kind} {number}  {sizes[0]} {sizes[1]}  {part:.2%} of the pixels differ"
                + ("" if digest == said["digest"] else "  another digest"))
            if keep := os.environ.get("KEEP"):
                os.makedirs(keep, exist_ok=True)
                os.replace(f"{files}/{said['image']}", f"{keep}/{kind}-{number}.png")
    sys.exit(not sound)


main()
