# SPDX-License-Identifier: MIT
"""gallery.py PLACE GOLDEN: PLACE/index.html, a row for each job: ours, ours small, the real Superset's."""
import glob
import html
import json
import os
import shutil
import sqlite3
import sys

STYLE = """body { font: 14px sans-serif; margin: 16px; background: #ccc } td { vertical-align: top; padding: 8px }
img { display: block; max-width: 800px; border: 1px solid #888 } p { max-width: 300px }"""


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def cell(place, size, result):
    if "image" in result:
        return f'<td><img src="{size}/{result["image"]}">'
    reason = result.get("errors", [{"message": "no answer"}])[0].get("message")
    return f"<td><p>{html.escape(str(reason))}</p>"


def real(place, golden, kind, number):
    for path in glob.glob(f"{golden}/{kind}-{number}-*.png"):
        os.makedirs(f"{place}/superset", exist_ok=True)
        shutil.copy(path, f"{place}/superset")
        return f'<td><img src="superset/{os.path.basename(path)}">'
    return "<td>"


def main():
    place, golden = sys.argv[1:]
    metadata = sqlite3.connect(f"{place}/superset.db")
    rows, counts = [], {True: 0, False: 0}
    for kind, query in (
            ("dashboard", "SELECT dashboard_title, '' FROM dashboards WHERE id = ?"),
            ("chart", "SELECT slice_name, viz_type FROM slices WHERE id = ?")):
        jobs = lines(f"{place}/{kind}.jobs")
        usual, small = (lines(f"{place}/{size}/{kind}.results") for size in ("usual", "small"))
        for job, first, second in zip(jobs, usual, small):
            number = job[f"{kind}_id"]
            title = " ".join(metadata.execute(query, (number,)).fetchone())
            counts["image" in first] += 1
            rows.append(
                f"<tr><th colspan=3 align=left>{kind} {number}: {html.escape(title)}<tr>"
                + cell(place, "usual", first) + cell(place, "small", second) + real(place, golden, kind, number))
    with open(f"{place}/index.html", "w", encoding="utf-8") as file:
        file.write(f'<!doctype html><meta charset="utf-8"><title>Gallery</title><style>{STYLE}</style><table>\n')
        file.write("\n".join(rows) + "\n</table>\n")
    print(f"{counts[True]} pictures, {counts[False]} without")


main()
