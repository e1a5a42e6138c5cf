#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what pandas 2.0.3 makes of small tables: one case a line, for PostProcessingTests.swift.

    pip install pandas==2.0.3 'numpy<2' && python3 make.py > frames.jsonl
"""
import json
from functools import partial

import numpy as np
import pandas as pd

FUNCTIONS = {
    "mean": np.mean, "sum": np.sum, "max": np.max, "min": np.min, "median": np.median,
    "std": np.std, "var": np.var, "prod": np.prod, "percentile": np.percentile,
    "nanmedian": np.nanmedian, "count_nonzero": np.count_nonzero, "argmax": np.argmax,
}

SALES = {
    "day": ["a", "a", "b", "b", "c", "c", "a"], "city": ["x", "y", "x", None, "y", "x", "x"],
    "kind": ["k", "k", "l", "l", "k", "l, m", "l"],
    "n": [1, 2, 3, 4, 5, 6, 7], "f": [0.5, None, 2.25, 1e16, -3.0, 0.1, 0.2],
}
SERIES = {"t": ["a", "b", "c", "d", "e", "f"], "n": [5, 3, 8, 1, 9, 2],
          "f": [1.5, None, 2.5, 0.1, None, -4.0]}

# Called by times, as an answer's rows are after a pivot: see times() and their types below.
TIMES = {"at": ["2023-01-01", "2023-01-03 10:30:00", "2023-02-28", "2023-03-31 23:59:59",
                "2023-07-02", "2024-01-07 00:00:01"],
         "n": [1, 2, 3, 4, 5, 6], "f": [0.1, None, 0.3, 1e9, -0.7, 2.5]}
HOURS = {"at": ["2024-05-01 00:30:00", "2024-05-01 01:30:00", "2024-05-01 02:30:00",
                "2024-05-01 03:30:00"], "n": [4, 3, 2, 1]}
DAYS = {"at": ["2024-02-28", "2024-02-29", "2024-03-04"], "n": [7, 8, 10]}

SPREAD = {"g": ["a"] * 9 + ["b"] * 4 + [None], "n": [1, 2, 2, 3, 3, 4, 5, 60, -40, 7, 7, 8, 9, 5],
          "f": [0.5, 1.5, None, 2.5, 9.75, 3.0, 3.0, -20.0, 4.0, 1e3, 2.0, None, 3.5, 0.0]}


def functions(aggregates):
    named = {}
    for name, one in aggregates.items():
        function = partial(FUNCTIONS[one["operator"]], **one.get("options", {}))
        named[name] = (one.get("column", name), function)
    return named


def aggregate(df, groupby, aggregates):
    groups = df.groupby(by=groupby) if groupby else df.groupby(lambda _: True)
    named = {name: pd.NamedAgg(*pair) for name, pair in functions(aggregates).items()}
    return groups.agg(**named).reset_index(drop=not groupby)


def pivot(df, index, aggregates, columns=None, metric_fill_value=None, column_fill_value="<NULL>",
          drop_missing_columns=True, marginal_distributions=False,
          marginal_distribution_name="All"):
    if columns and column_fill_value:
        df[columns] = df[columns].fillna(value=column_fill_value)
    seen = {tuple(row) for row in df[columns].itertuples(index=False)} if columns else set()
    chosen = dict(functions(aggregates).values())
    result = df.pivot_table(
        values=list(chosen), index=index, columns=columns, aggfunc=chosen,
        fill_value=metric_fill_value, dropna=drop_missing_columns,
        margins=marginal_distributions, margins_name=marginal_distribution_name)
    if not drop_missing_columns and seen:
        result = result[[label for label in result.columns if tuple(label[1:]) in seen]]
    return result


def resample(df, rule, method, fill_value=None):
    steps = df.resample(rule)
    if method == "asfreq":
        return steps.asfreq(fill_value=fill_value)
    if method == "linear":
        return steps.interpolate()
    result = getattr(steps, method)()
    return result.fillna(method=method) if method in ("ffill", "bfill") else result


def flatten(df):
    if isinstance(df.columns, pd.MultiIndex):
        df.columns = [
            ", ".join(str(part).replace(",", "\\,") for part in label if pd.notnull(part))
            for label in df.columns]
    return df if isinstance(df.index, pd.RangeIndex) else df.reset_index(level=0)


def with_columns(df, part, columns):
    if all(name == new for name, new in columns.items()):
        df = df.copy()
        df.loc[:, list(columns)] = part
        return df
    return pd.concat([df, part.rename(columns=columns)], axis=1)


def cum(df, operator, columns):
    part = getattr(df.loc[:, list(columns)].fillna(0), "cum" + operator)()
    return with_columns(df, part, columns)


def diff(df, columns, periods=1):
    return with_columns(df, df[list(columns)].diff(periods=periods), columns)


def rolling(df, rolling_type, columns, window, min_periods=None, rolling_type_options=None):
    view = df.loc[:, list(columns)].rolling(window=window, min_periods=min_periods)
    part = getattr(view, rolling_type)(**(rolling_type_options or {}))
    result = with_columns(df, part, columns)
    return result[min_periods - 1:] if min_periods else result


def sort(df, by=None, ascending=True, is_sort_index=False):
    return df.sort_index(ascending=ascending) if is_sort_index else df.sort_values(
        by=by, ascending=ascending, kind="stable")


def contribution(df, orientation="column", columns=None, rename_columns=None):
    numbers = df[columns] if columns else df.select_dtypes(include=["number"])
    if orientation == "row":
        shares = numbers.div(numbers.sum(axis=1), axis=0)
    else:
        shares = numbers.fillna(0) / numbers.fillna(0).values.sum(axis=0, keepdims=True)
    df[rename_columns or list(numbers.columns)] = shares
    return df


def compare(df, source_columns, compare_columns, compare_type, precision=4):
    for source, other in zip(source_columns, compare_columns):
        a, b = df[source], df[other]
        result = {"difference": lambda: a - b, "ratio": lambda: (a / b).round(precision),
                  "percentage": lambda: ((a - b) / b).round(precision)}[compare_type]()
        df[f"{compare_type}__{source}__{other}"] = result
    return df


def boxplot(df, groupby, metrics, whisker_type, percentiles=None):
    def quartile(series, percent):
        return np.nanpercentile(series, percent, method="midpoint")

    def reach(series):
        return 1.5 * (quartile(series, 75) - quartile(series, 25))

    if whisker_type == "tukey":
        high = lambda s: s[s <= quartile(s, 75) + reach(s)].max()
        low = lambda s: s[s >= quartile(s, 25) - reach(s)].min()
    elif whisker_type == "percentile":
        high = lambda s: np.nanpercentile(s, percentiles[1])
        low = lambda s: np.nanpercentile(s, percentiles[0])
    else:
        high, low = np.max, np.min
    parts = {
        "mean": np.mean, "median": np.median, "max": high, "min": low,
        "q1": lambda s: quartile(s, 25), "q3": lambda s: quartile(s, 75), "count": np.ma.count,
        "outliers": lambda s: s[s > high(s)].tolist() + s[s < low(s)].tolist()}
    named = {f"{metric}__{name}": pd.NamedAgg(metric, part)
             for name, part in parts.items() for metric in metrics}
    return df.groupby(by=groupby).agg(**named).reset_index()


def histogram(df, column, groupby=(), bins=5, cumulative=False, normalize=False):
    df = df.dropna(subset=[column])
    edges = np.histogram_bin_edges(df[column], bins=bins)
    labels = [f"{int(a)} - {int(b)}" for a, b in zip(edges, edges[1:])]
    count = lambda s: np.histogram(s, bins=edges)[0]
    counts = (lambda s: np.cumsum(count(s))) if cumulative else count
    if groupby:
        keys, rows = zip(*((key, counts(part[column])) for key, part in df.groupby(list(groupby))))
        result = pd.DataFrame(np.array(rows), columns=labels)
    else:
        keys, result = (), pd.DataFrame([counts(df[column])], columns=labels)
    if normalize:
        result = result / result.values.sum()
    for place, name in enumerate(groupby):
        result.insert(place, name, [key[place] for key in keys])
    return result


def rank(df, metric, group_by=None):
    df["rank"] = (df.groupby(group_by)[metric] if group_by else df[metric]).rank(pct=True)
    return df


def step(operation, **options):
    return {"operation": operation, "options": options}


def agg(operator, **more):
    return {"operator": operator, **more}


CASES = [
    (SALES, [step("aggregate", groupby=["day"], aggregates={
        "s": agg("sum", column="n"), "m": agg("mean", column="f"), "d": agg("std", column="n"),
        "v": agg("var", column="f"), "p": agg("prod", column="n")})]),
    (SALES, [step("aggregate", groupby=["city", "kind"], aggregates={
        "x": agg("max", column="f"), "i": agg("min", column="n"),
        "q": agg("nanmedian", column="f")})]),
    (SALES, [step("aggregate", groupby=[], aggregates={
        "q": agg("percentile", column="n", options={"q": 30}), "z": agg("count_nonzero", column="n"),
        "a": agg("argmax", column="n"), "md": agg("median", column="n")})]),
    (SALES, [step("pivot", index=["day"], columns=["city"], aggregates={"n": agg("mean")}),
             step("flatten")]),
    (SALES, [step("pivot", index=["day"], columns=["city"], aggregates={"n": agg("sum")},
                  drop_missing_columns=False), step("flatten")]),
    (SALES, [step("pivot", index=["day"], columns=["city", "kind"], aggregates={
        "n": agg("sum"), "f": agg("mean")}), step("flatten")]),
    (SALES, [step("pivot", index=["city"], columns=["kind"], aggregates={"n": agg("max")},
                  metric_fill_value=0), step("flatten")]),
    (SALES, [step("pivot", index=["day", "kind"], columns=[], aggregates={
        "n": agg("sum"), "f": agg("sum")}), step("flatten")]),
    (SALES, [step("pivot", index=["day"], columns=[], aggregates={"n": agg("sum")},
                  marginal_distributions=True, marginal_distribution_name="Total"),
             step("flatten")]),
    (SALES, [step("pivot", index=["day"], columns=["kind"], aggregates={"n": agg("sum")},
                  marginal_distributions=True, marginal_distribution_name="Total"),
             step("flatten")]),
    (SERIES, [step("sort", by=["f"])]),
    (SERIES, [step("sort", by=["f"], ascending=False)]),
    (SALES, [step("sort", by=["day", "n"], ascending=[False, True])]),
    (SERIES, [step("cum", operator="sum", columns={"n": "n", "f": "f"})]),
    (SERIES, [step("cum", operator="min", columns={"f": "least"})]),
    (SERIES, [step("cum", operator="prod", columns={"n": "product"})]),
    (SERIES, [step("diff", columns={"n": "d"})]),
    (SERIES, [step("diff", columns={"n": "n", "f": "f"}, periods=-2)]),
    (SERIES, [step("rolling", rolling_type="mean", window=3, columns={"n": "m"})]),
    (SERIES, [step("rolling", rolling_type="sum", window=2, min_periods=1, columns={"f": "f"})]),
    (SERIES, [step("rolling", rolling_type="max", window=3, min_periods=2, columns={"n": "n"})]),
    (SERIES, [step("rolling", rolling_type="median", window=4, min_periods=1,
                   columns={"n": "m"})]),
    (SERIES, [step("rolling", rolling_type="quantile", window=4, min_periods=3,
                   rolling_type_options={"quantile": 0.3}, columns={"n": "q"})]),
    (SERIES, [step("rolling", rolling_type="count", window=2, columns={"f": "c"})]),
    (SERIES, [step("contribution", columns=["n"], rename_columns=["share"])]),
    (SERIES, [step("contribution", columns=["n", "f"])]),
    (SERIES, [step("compare", source_columns=["n"], compare_columns=["f"],
                   compare_type="difference")]),
    (SERIES, [step("compare", source_columns=["f"], compare_columns=["n"],
                   compare_type="percentage", precision=2)]),
    (SERIES, [step("compare", source_columns=["n"], compare_columns=["f"],
                   compare_type="ratio")]),
    (SPREAD, [step("boxplot", groupby=["g"], metrics=["n", "f"], whisker_type="tukey")]),
    (SPREAD, [step("boxplot", groupby=["g"], metrics=["n"], whisker_type="min/max")]),
    (SPREAD, [step("boxplot", groupby=["g"], metrics=["f"], whisker_type="percentile",
                   percentiles=[10, 90])]),
    (SPREAD, [step("histogram", column="n")]),
    (SPREAD, [step("histogram", column="n", groupby=["g"], bins=3, cumulative=True)]),
    (SPREAD, [step("histogram", column="n", groupby=["g"], bins=4, normalize=True)]),
    (SPREAD, [step("rank", metric="n")]),
    (SPREAD, [step("rank", metric="f", group_by="g")]),
    (SALES, [step("pivot", index=["day"], columns=["kind"], aggregates={"n": agg("sum")}),
             step("cum", operator="sum", columns={"n": "n"}), step("flatten")]),
    (SALES, [step("pivot", index=["day"], columns=["kind"], aggregates={"n": agg("sum")}),
             step("contribution", orientation="row"), step("flatten")]),
]
BY_TIME = step("pivot", index=["at"], aggregates={"n": agg("sum"), "f": agg("sum")})
BY_HOUR = step("pivot", index=["at"], aggregates={"n": agg("sum")})
CASES += [
    (table, [by, step("resample", rule=rule, method=method), step("flatten")])
    for table, by, rules in [
        (TIMES, BY_TIME, ["M", "2M", "MS", "3MS", "Q", "QS", "Q-JAN", "2QS-FEB", "Y", "A-JUN", "AS",
                          "2AS", "W", "2W-WED", "D", "7D", "36h", "1D12H", "QS-MAR", "6M"]),
        (HOURS, BY_HOUR, ["1H", "2h", "15min", "30T", "1.5H", "H", "D", "M"]),
        (DAYS, BY_HOUR, ["D", "2D", "W-MON", "M", "MS", "1Y", "12H"])]
    for rule in rules
    for method in ["asfreq", "bfill", "ffill", "linear", "median", "mean", "sum"]
    if not (table is TIMES and rule in ("36h", "1D12H", "D") and method != "sum")
]
CASES += [(DAYS, [BY_HOUR, step("resample", rule="D", method="asfreq", fill_value=0.5),
                  step("flatten")])]


def plain(cell):
    if isinstance(cell, list):
        return cell
    if isinstance(cell, pd.Timestamp):
        return cell.timestamp() * 1000
    return None if pd.isnull(cell) else cell.item() if hasattr(cell, "item") else cell


for data, steps in CASES:
    df = pd.DataFrame(data)
    if "at" in data:
        df["at"] = pd.to_datetime(df["at"], format="ISO8601")
    for one in steps:
        df = globals()[one["operation"]](df, **one["options"])
    rows = [[plain(cell) for cell in row] for row in df.itertuples(index=False, name=None)]
    print(json.dumps({"table": data, "steps": steps, "names": [str(c) for c in df.columns],
                      "rows": rows}))
