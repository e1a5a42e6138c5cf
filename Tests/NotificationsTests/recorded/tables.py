# SPDX-License-Identifier: MIT
"""Writes tables.json: tables, and what pandas and nh3 make of them as Superset calls both. Recorded with pandas 3.1.1."""
import json

import nh3
import pandas as pd

TAGS = {"table", "th", "tr", "td", "thead", "tbody", "tfoot"}
ATTRIBUTES = {tag: {"colspan", "rowspan", "halign", "border", "class"} for tag in TAGS}
TABLES = [
    ([["a"], ["b&c"], ["d"]], [["0"], ["1"]], [["x", "1", None], ["<b>y</b>", "\"2\"", "3.5"]]),
    ([["m", "x"], ["m", "y"], ["n", "x"]], [["p", "1"], ["p", "2"], ["q", "1"]],
     [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]),
    ([["m", "u", "x"], ["m", "u", "y"], ["m", "v", "x"], ["n", "v", "x"]], [["p", "r", "1"], ["p", "r", "2"], ["p", "s", "2"]],
     [["1", "2", "3", "4"], ["4", None, "6", "7"], ["7", "8", "9", "10"]]),
    ([["same"], ["same"]], [["same"], ["same"], ["same"]], [["1", "2"], ["3", "4"], ["5", "6"]]),
    ([["m", "x"], ["n", "x"], ["m", "x"]], [["0"]], [["1", "2", "3"]]),
]


def html(columns, index, rows):
    # Of a text that is None pandas writes "None"; what it counts as missing is nothing, as it is here.
    rows = [[float("nan") if cell is None else cell for cell in row] for row in rows]
    frame = pd.DataFrame(rows, columns=pd.MultiIndex.from_tuples(map(tuple, columns)), dtype=object)
    frame.index = pd.MultiIndex.from_tuples(map(tuple, index))
    made = nh3.clean(frame.to_html(na_rep="", index=True, escape=True), tags=TAGS, attributes=ATTRIBUTES)
    return "".join(line.strip() + "\n" for line in made.splitlines())


with open("tables.json", "w") as file:
    json.dump([{"columns": c, "index": i, "rows": r, "html": html(c, i, r)} for c, i, r in TABLES], file, indent=1)
    file.write("\n")
