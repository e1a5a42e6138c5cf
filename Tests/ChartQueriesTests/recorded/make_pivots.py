#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what Superset 4.1.4 shows of small tables as pivot tables and as tables: for ProcessedTableTests.swift.

    cd INSTALLED_SUPERSET && . ./env.sh && python3 make_pivots.py [CASES [SEED]] > pivots.jsonl

First the tables, a line each, then the cases, which name them. "List Unique Values" lists a set in Superset, in an order that
nobody knows before; here the values come in the order in which they appear.
"""
import contextlib
import json
import random
import sys
import warnings
from types import SimpleNamespace

import pandas as pd
from superset.app import create_app

warnings.filterwarnings("ignore")
TITLES = {"__timestamp": "Time", "g": "Group", "n": "Sum of n"}
FUNCTIONS = ["Count", "Count Unique Values", "List Unique Values", "Sum", "Average", "Median",
             "Sample Variance", "Sample Standard Deviation", "Minimum", "Maximum", "First", "Last",
             "Sum as Fraction of Total", "Sum as Fraction of Rows", "Sum as Fraction of Columns",
             "Count as Fraction of Total", "Count as Fraction of Rows", "Count as Fraction of Columns"]
USUAL = ["Sum"] * 8 + ["Average"] * 3 + ["Minimum", "Maximum", "Median", "First"]
GROUPS = ["a", "b", "c", "d, e", "", "=1", "10", "Москва", "\"q\""]
KEYS = ["g", "h", "k", "at", "q", "b"]
TIMES = ["2024-01-01", "2024-02-01", "2023-12-31 10:30:00", "2024-01-01 00:00:00.250000"]


def table(rng, size):
    """Columns to group by: g h k at q b; to add up: n f m, which is f with gaps, and s, a text."""
    gap = lambda part, value: None if rng.random() < part else value
    gaps = rng.choice([0, 0, 0.2])
    times = TIMES[:2] if rng.random() < 0.5 else TIMES
    return {
        "g": [gap(gaps, rng.choice(GROUPS)) for _ in range(size)],
        "h": [rng.choice(["x", "y", "z"]) for _ in range(size)],
        "k": [gap(gaps / 2, rng.randint(-1, 2)) for _ in range(size)],
        "at": [gap(gaps / 2, rng.choice(times)) for _ in range(size)],
        "q": [gap(gaps, rng.choice([0.5, 1.0, 2.25])) for _ in range(size)],
        "b": [gap(gaps / 2, rng.random() < 0.5) for _ in range(size)],
        "n": [rng.randint(-5, 99) for _ in range(size)],
        "f": [round(rng.uniform(-10, 1000), rng.choice([0, 1, 2, 12])) for _ in range(size)],
        "m": [gap(0.2, round(rng.uniform(0, 9), 2)) for _ in range(size)],
        "s": [rng.choice(["u", "v", "7", "w"]) for _ in range(size)],
    }


def form(rng):
    keys = rng.sample(KEYS, len(KEYS)) if rng.random() < 0.5 else ["g", "h", "k", "at", "q", "b"]
    rows = rng.choice([0, 1, 1, 1, 2, 2, 3])
    columns = rng.choice([0, 1, 1, 2, 2, 3] if rows < 2 else [0, 1, 1, 2])
    metrics = rng.choice([["n"], ["n"], ["f"], ["n", "f"], ["f", "n"], ["n"], ["m"], ["n", "m"], ["s"]])
    flags = {name: True for name in ["transposePivot", "combineMetric", "rowTotals", "colTotals"]
             if rng.random() < 0.4}
    flags["metricsLayout"] = rng.choice(["ROWS", "COLUMNS"])
    return {"viz_type": "pivot_table_v2", "groupbyRows": keys[:rows],
            "groupbyColumns": keys[rows:rows + columns], "metrics": metrics,
            "aggregateFunction": rng.choice(FUNCTIONS if rng.random() < 0.3 else USUAL), **flags}


def grouped(data, keys, metrics):
    """As a query that groups by just these would answer."""
    seen, rows = set(), []
    for row in range(len(data["g"])):
        key = tuple(data[name][row] for name in keys)
        if key not in seen:
            seen.add(key)
            rows.append(row)
    return {name: [data[name][row] for row in rows] for name in keys + metrics}


def full(rng):
    """Each of nine groups with each of two others."""
    data = table(rng, 18)
    data["g"], data["h"] = GROUPS * 2, ["x"] * 9 + ["y"] * 9
    data["m"] = [round(rng.uniform(0, 9), 2) for _ in range(18)]
    return data


def pivot(rows=("g",), columns=(), metrics=("n",), **more):
    return {"viz_type": "pivot_table_v2", "groupbyRows": list(rows), "groupbyColumns": list(columns),
            "metrics": list(metrics), **more}


SQL = {"expressionType": "SQL", "sqlExpression": "f"}
SIMPLE = {"expressionType": "SIMPLE", "column": {"column_name": "f"}, "aggregate": "SUM", "label": "n"}
# Forms that browsers do not make, or seldom.
ODD = [
    {"viz_type": "pivot_table_v2"}, {"viz_type": "pivot_table_v2", "metrics": None},
    {"viz_type": "pivot_table_v2", "metrics": ["n"], "groupbyRows": None},
    {"viz_type": "pivot_table_v2", "metrics": "n", "groupbyRows": "h", "rowTotals": 1},
    pivot(metrics=[]), pivot(metrics=["zz"]), pivot(rows=["zz"]),
    pivot(rows=["h", "h"]), pivot(rows=["h"], columns=["h"]), pivot(metrics=[SQL]), pivot(metrics=[SIMPLE]),
    pivot(rows=[{"label": "g", "sqlExpression": "x"}, {"sqlExpression": "h"}, ""], columns=[{"label": ""}]),
    pivot(rows=[{"label": "h", "sqlExpression": "x"}, {"sqlExpression": "k"}, ""]),
    pivot(metrics=[{"label": "n"}]), pivot(aggregateFunction="sum"), pivot(aggregateFunction=None),
    pivot(rows=[], aggregateFunction="sum"), pivot(rows=[], aggregateFunction="sum", rowTotals=True),
    pivot(rows=["h"], metrics=["b"]), pivot(rows=["h"], metrics=["b"], aggregateFunction="Maximum"),
    pivot(rows=["h"], columns=["k"], metrics=["b"], rowTotals=True, colTotals=True),
    pivot(rows=["h"], metrics=["b"], aggregateFunction="Maximum", rowTotals=True, colTotals=True),
    pivot(rows=["h"], metrics=["b"], aggregateFunction="Average"), pivot(rows=["h"], metrics=["at"]),
    pivot(rows=["h"], metrics=["at"], aggregateFunction="Maximum", rowTotals=True),
    pivot(rows=["h"], columns=["k"], metrics=["at", "n"], aggregateFunction="First"),
    pivot(rows=["h"], metrics=["at"], aggregateFunction="List Unique Values"),
    pivot(rows=["h"], metrics=["b"], aggregateFunction="List Unique Values"),
    pivot(rows=["h"], metrics=["q", "m"], aggregateFunction="List Unique Values"),
    pivot(rows=["h"], columns=["b"], metrics=["s"], aggregateFunction="Maximum", colTotals=True),
    pivot(rows=["h"], columns=["b"], metrics=["s"], aggregateFunction="Median", colTotals=True),
    {"viz_type": "table"}, {"viz_type": "table", "column_config": None},
    {"viz_type": "table", "column_config": {"n": None}}, {"viz_type": "table", "column_config": {"n": "x"}},
    {"viz_type": "table", "column_config": {"f": {"d3NumberFormat": None}}},
    {"viz_type": "table", "column_config": {"f": {}, "h": {"d3NumberFormat": "="}}},
]
FORMATS = ["", ",d", ".2f", ".3s", "~g", ",.1f", ".1%", "+,", "d", "s", ">8", "08.1f", "$,.2f", "_", "x"]


def shown_table(rng):
    columns = rng.sample(["Group", "h", "k", "at", "q", "Sum of n", "f", "m", "n", "b", "zz"], 3)
    return {"viz_type": "table",
            "column_config": {name: {"d3NumberFormat": rng.choice(FORMATS)} for name in columns}}


def frame(data):
    df = pd.DataFrame(data)
    if "at" in data:
        df["at"] = pd.to_datetime(df["at"], format="ISO8601")
    return df


def answer(data, form, result_format, tools):
    df = frame(data)
    if result_format == "csv":
        df.columns = [TITLES.get(name, name) for name in df.columns]
        rows = tools.csv.df_to_escaped_csv(df, index=False, encoding="utf-8")
    else:
        rows = df.to_dict(orient="records")
    query = {"result_format": result_format, "data": rows}
    try:
        tools.process({"queries": [query]}, form, tools.datasource)
        if result_format == "csv":
            return query["data"]
        del query["result_format"]
        text = tools.json.dumps(query, default=tools.json.json_int_dttm_ser, ignore_nan=True)
    except Exception as error:
        return {"error": str(error)}
    return json.loads(text)


def cases(rng, count, tables):
    for one in ODD:
        yield 4, (["g", "h", "k", "at", "b", "q", "n", "f", "m", "s"], False), one
        yield 3, None, one
    for number in range(count):
        name = number % len(tables)
        if number % 10 == 9:
            yield name, None, shown_table(rng)
            continue
        one = form(rng)
        keys = one["groupbyRows"] + one["groupbyColumns"]
        is_grouped = rng.random() < 0.7
        chosen = keys + one["metrics"] if is_grouped or not keys else None
        yield name, (chosen, is_grouped), one


def main():
    from superset.charts import post_processing
    from superset.utils import csv, json as superset_json

    def list_unique_values(series):
        return ", ".join(dict.fromkeys(str(v) for v in pd.Series.unique(series)))

    post_processing.pivot_v2_aggfunc_map["List Unique Values"] = list_unique_values
    tools = SimpleNamespace(
        csv=csv, json=superset_json, process=post_processing.apply_post_process,
        datasource=SimpleNamespace(data={"verbose_map": TITLES}, columns=[]))
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 190
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 4)
    tables = [table(rng, size) for size in [1, 2, 3, 5, 8, 9, 12]] + [full(rng)]
    for data in tables:
        print(json.dumps({"table": data}, ensure_ascii=False))
    for name, choice, one in cases(rng, count, tables):
        data, line = tables[name], {"of": name, "form": one}
        if choice and choice[0] is not None:
            columns, is_grouped = choice
            line["columns"] = columns
            if is_grouped:
                keys = [key for key in columns if key in KEYS]
                line["grouped"] = True
                data = grouped(data, keys, one["metrics"])
            else:
                data = {key: data[key] for key in columns}
        for result_format in ["json", "csv"]:
            line[result_format] = answer(data, one, result_format, tools)
        print(json.dumps(line, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        app = create_app()
    with app.test_request_context():
        main()
