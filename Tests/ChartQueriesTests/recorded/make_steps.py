#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what Superset's own operations make of small random tables: one case a line, for RandomStepsTests.swift.

    cd SUPERSET_INSTALLATION && python3 .../make_steps.py 400 1 .../steps.jsonl
"""
import json
import random
import sys
import warnings

import numpy as np
import pandas as pd
from superset.app import create_app
from superset.exceptions import InvalidPostProcessingError
from superset.utils import pandas_postprocessing as operations

warnings.simplefilter("ignore")
NUMBERS = ["i", "f", "m"]
POINTS = [
    "55.75, 37.61", "41.5N 81.0W", "41.5;-81.0;100m", "41.5 -81.0", "23 26m 22s N 23 27m 30s E",
    "23\u00b026\u203222\u2033N 23\u00b027\u203230\u2033E", "N 41 30.5, W 81 0", "1,2,3", "1,2,3km", "0,181", "+1.5,-2",
    "  1 ,  2 ", "39.3 N, 76.4 W, 10ft", "41.5\u00b0 N, -81.0\u00b0 W", "10 20 30 N, 40 50 60 W", None,
    "3 26m 22s N 23 27m 30s E, 2nm", "UT: N 39\u00b020' 0'' / W 74\u00b035' 0''", "-41.5 S;81.0 E", "1/2/3mi "]


def table(rng):
    rows = rng.randint(1, 7)
    pick = lambda values: [rng.choice(values) for _ in range(rows)]
    columns = {
        "a": pick(["x", "y", "z", None]), "b": pick(["k", "l, m", "n"]),
        "i": pick([1, 2, 3, -4]), "f": pick([0.5, 1.25, -3.0, 7.75]),
        "m": [10] + pick([10, 20, None])[1:], "g": pick(["ucfv0j", "r3gx2ux9d3k0", "", "s", "UCFV", "a!"][:5 + (rng.random() < 0.2)]),
        "p": pick(POINTS),
    }
    names = rng.sample(["a", "b"], rng.randint(1, 2)) + rng.sample(NUMBERS, rng.randint(1, 3))
    if rng.random() < 0.3:
        names += ["g", "p"]
    return {name: columns[name] for name in names}


def renamed(rng, names):
    chosen = rng.sample(names, rng.randint(1, len(names)))
    keeps = rng.random() < 0.5
    return {name: name if keeps else name + "2" for name in chosen}


def pivot(rng, texts, numbers):
    operators = ["mean", "sum", "max", "min", "count", "median", "std", "nanmax", "average"]
    columns = rng.sample(texts, rng.randint(0, len(texts)))
    index = [name for name in texts if name not in columns] or rng.sample(texts, 1)
    options = {"index": index, "columns": columns, "aggregates": {
        name: {"operator": rng.choice(operators)}
        for name in rng.sample(numbers, rng.randint(1, len(numbers)))}}
    if rng.random() < 0.5:
        options["drop_missing_columns"] = rng.random() < 0.4
    if rng.random() < 0.2:
        options["metric_fill_value"] = rng.choice([0, 7, 1.5])
    if rng.random() < 0.1:
        options["column_fill_value"] = rng.choice(["none", None])
    if rng.random() < 0.2:
        options["combine_value_with_metric"] = True
    if rng.random() < 0.15:
        options["marginal_distributions"] = True
    return options


def step(rng, names):
    texts = [name for name in names if name in ("a", "b")] or names
    numbers = [name for name in names if name in NUMBERS] or names
    one = lambda: rng.choice(numbers)
    operation = rng.choice([
        "aggregate", "cum", "diff", "rolling", "contribution", "select", "rename", "rank", "sort",
        "compare", "histogram", "boxplot", "pivot", "pivot", "geohash_decode", "geohash_encode",
        "geodetic_parse", "escape_separator", "prophet"])
    options = {
        "aggregate": lambda: {"groupby": rng.sample(texts, rng.randint(0, len(texts))), "aggregates": {
            "n": {"operator": rng.choice(["mean", "sum", "count", "max", "median", "argmin"]), "column": one()}}},
        "cum": lambda: {"operator": rng.choice(["sum", "prod", "min", "max"]), "columns": renamed(rng, numbers)},
        "diff": lambda: {"columns": renamed(rng, numbers), "periods": rng.choice([1, 2, -1]),
                         "axis": 1 if rng.random() < 0.2 else 0},
        "rolling": lambda: {
            "columns": renamed(rng, numbers), "window": rng.randint(1, 5),
            "rolling_type": rng.choice(
                ["sum", "mean", "min", "max", "std", "count", "median", "var", "skew", "kurt"]),
            "min_periods": rng.choice([0, 1, 2, None]), "center": rng.random() < 0.2},
        "contribution": lambda: {
            "orientation": rng.choice(["row", "column"]),
            **({"columns": rng.sample(numbers, rng.randint(1, len(numbers)))} if rng.random() < 0.8 else {})},
        "select": lambda: {"columns": rng.sample(names, rng.randint(1, len(names)))},
        "rename": lambda: {"columns": {one(): rng.choice(["new", "a"])}},
        "rank": lambda: {"metric": one(), "group_by": rng.choice([None, texts[0]])},
        "sort": lambda: {"by": rng.sample(names, rng.randint(1, 2)), "ascending": rng.random() < 0.5},
        "compare": lambda: {"source_columns": [one()], "compare_columns": [one()],
                            "compare_type": rng.choice(["difference", "percentage", "ratio"]),
                            "drop_original_columns": rng.random() < 0.2},
        "histogram": lambda: {"column": one(), "groupby": rng.sample(texts, rng.randint(0, len(texts))),
                              "bins": rng.randint(1, 4), "cumulative": rng.random() < 0.3,
                              "normalize": rng.random() < 0.3},
        "boxplot": lambda: {"groupby": rng.sample(texts, 1), "metrics": [one()],
                            "whisker_type": rng.choice(["tukey", "min/max"])},
        "pivot": lambda: pivot(rng, texts, numbers),
        "geohash_decode": lambda: {"geohash": "g", "longitude": "x", "latitude": rng.choice(["y", "latitude"])},
        "geohash_encode": lambda: {"geohash": rng.choice(["h", "geohash"]), "longitude": one(), "latitude": one()},
        "geodetic_parse": lambda: {"geodetic": "p", "longitude": "x", "latitude": "y",
                                   **({"altitude": "z"} if rng.random() < 0.5 else {})},
        "escape_separator": lambda: {},
        "prophet": lambda: {"time_grain": rng.choice(["P1D", "x", None]), "periods": rng.choice([5, -1, 2.5]),
                            "confidence_interval": rng.choice([0.8, 1, 0]), "index": rng.choice([names[0], "q", None])},
    }[operation]()
    steps = [{"operation": operation, "options": options}]
    if operation == "pivot" and rng.random() < 0.3:
        steps.append(pivoted_step(rng, list(options["aggregates"])))
    return steps + ([{"operation": "flatten", "options": {}}] if operation == "pivot" else [])


def pivoted_step(rng, metrics):
    """What a browser does to a pivot before it is flattened."""
    columns = {metrics[0]: metrics[0]}
    return rng.choice([
        {"operation": "cum", "options": {"operator": "sum", "columns": columns}},
        {"operation": "rolling", "options": {
            "rolling_type": "mean", "window": 2, "min_periods": 1, "columns": columns}},
        {"operation": "diff", "options": {"columns": columns}},
        {"operation": "contribution", "options": {"orientation": "row"}},
        {"operation": "contribution", "options": {"orientation": "column"}},
        {"operation": "rename", "options": {"columns": {metrics[0]: None}, "level": 0}},
        {"operation": "sort", "options": {"is_sort_index": True, "ascending": False}},
    ])


def cell(value):
    if isinstance(value, (list, tuple)):
        return [cell(one) for one in value]
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value


def case(rng):
    given = table(rng)
    steps = step(rng, list(given))
    if rng.random() < 0.2 and steps[-1]["operation"] != "flatten":
        steps += step(rng, list(given))
    df = pd.DataFrame({name: pd.Series(cells, dtype=None if name in "if" else object)
                       for name, cells in given.items()})
    df.replace([np.inf, -np.inf], np.nan, inplace=True)
    try:
        for one in steps:
            df = getattr(operations, one["operation"])(df, **one["options"])
        rows = [[cell(value) for value in row] for row in df.values.tolist()]
        kinds = [pd.api.types.infer_dtype(df[name]) for name in df.columns]
        names = [name if isinstance(name, str) else str(name) for name in df.columns]
        json.dumps(rows, allow_nan=False)
        answer = {"names": names, "rows": rows, "kinds": kinds}
    except InvalidPostProcessingError as error:
        answer = {"error": str(error.message)}
    except Exception as error:  # Superset breaks off.
        answer = {"breaks": f"{type(error).__name__}: {error}"}
    return {"table": given, "steps": steps, **answer}


if __name__ == "__main__":
    generator = random.Random(int(sys.argv[2]))
    with create_app().app_context(), open(sys.argv[3], "w") as output:
        for _ in range(int(sys.argv[1])):
            print(json.dumps(case(generator)), file=output)
