#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what the legacy charts of Superset 4.1.4 make of small tables: one case a line, for LegacyChartTests.swift.

    cd INSTALLED_SUPERSET && . ./env.sh && python3 make_explore.py > explore.jsonl
"""
import json
from unittest.mock import MagicMock

import pandas as pd
from superset.app import create_app

YEARS = {"__timestamp": ["2020-01-01", "2020-01-01", "2021-01-01", "2021-01-01", "2022-01-01", "2022-01-01"],
         "g": ["a", "b", "a", "b", "a", None], "m": [1, 2, 3, 4, 5, 6], "f": [0.5, 1.25, None, -3.0, 2.0, 9.0]}
DAYS = {"__timestamp": ["2024-02-26", "2024-02-28", "2024-03-01 10:30:00", "2024-03-04", "2024-03-12"],
        "m": [5, 3, 8, 1, 9]}
GROUPS = {"g": ["a", "a", "b", "b", None], "h": ["x", "y", "x", "z", "x"], "m": [4, 1, 3, 7, 2],
          "f": [0.1, 0.2, 0.3, None, 0.7]}
STATES = {"g": ["DE", "fr", "??", None], "m": [1, 2, 3, 4], "f": [0.5, 1.5, None, 2.5]}
BASE = {"granularity_sqla": "t", "time_range": "2020-01-01 : 2024-01-01", "row_limit": 100}


def over_time(viz_type, table=YEARS, groupby=("g",), metrics=("m",), **more):
    return ({**BASE, "viz_type": viz_type, "groupby": list(groupby), "metrics": list(metrics), **more}, table)


def plain(viz_type, table=GROUPS, **more):
    return ({**BASE, "viz_type": viz_type, **more}, table)


MEAN = {"expressionType": "SIMPLE", "column": {"column_name": "n"}, "aggregate": "AVG"}
CASES = [
    *(over_time(name) for name in ["line", "compare", "horizon", "bar", "area", "rose"]),
    *(over_time(name, metrics=["m", "f"]) for name in ["line", "area", "rose", "paired_ttest"]),
    *(over_time(name, groupby=[], metrics=["m", "f"]) for name in ["compare", "bar", "paired_ttest", "time_table"]),
    over_time("compare", order_desc=True, limit="3", timeseries_limit_metric=MEAN),
    over_time("compare", rolling_type="mean", rolling_periods=2, min_periods=0),
    over_time("compare", rolling_type="std", rolling_periods=2, min_periods=1, metrics=["f"]),
    over_time("compare", rolling_type="cumsum", metrics=["f"]),
    over_time("compare", rolling_type="sum", rolling_periods=9, min_periods=9),
    over_time("compare", resample_rule="6MS", resample_method="ffill"),
    over_time("compare", resample_rule="2A", resample_method="sum"),
    over_time("compare", resample_rule="6MS", resample_method="guess"),
    over_time("compare", contribution=True, metrics=["m", "f"]),
    over_time("compare", groupby=[], table={**YEARS, "g": ["", "", "", "", "", ""]}),
    *(over_time("compare", time_compare=["1 year"], comparison_type=kind) for kind in
      [None, "absolute", "percentage", "ratio", "other"]),
    *(plain("time_pivot", DAYS, metric="m", freq=freq) for freq in ["W-MON", "MS", "D", "2QS", None]),
    over_time("time_table"),
    over_time("time_table", metrics=[]),
    over_time("time_table", metrics=["m", "f"]),
    *(plain("cal_heatmap", DAYS, metrics=["m"], domain_granularity=domain, subdomain_granularity="day")
      for domain in ["hour", "day", "week", "month", "year"]),
    plain("cal_heatmap", DAYS, metrics=["m"], domain_granularity="day", time_range="2020-01-01 : "),
    plain("cal_heatmap", DAYS, metrics=["m"], subdomain_granularity="eon"),
    plain("bubble", entity="g", series="h", x="m", y="f", size="k", limit=5,
          table={**GROUPS, "k": [1, 2, 3, 4, 5]}),
    plain("bubble", entity="g", x="m", y="m", size="f"),
    plain("bubble", entity="g", x="m", size="f"),
    plain("bullet", metric="f"),
    plain("bullet", metric=None),
    *(over_time("partition", time_series_option=option) for option in
      ["not_time", "agg_sum", "agg_mean", "point_diff", "point_factor", "point_percent", "adv_anal", "time_series"]),
    over_time("partition", GROUPS, ["g", "h"], ["m", "f"]),
    over_time("partition", GROUPS, ["g", "m"], ["f"]),
    over_time("partition", groupby=[]),
    plain("histogram", all_columns_x=["m"]),
    plain("histogram", all_columns_x=["m", "f"], groupby=["g"]),
    plain("histogram", all_columns_x=["m"], groupby=["h", "g"],
          table={**GROUPS, "g": ["ä-ö", " x!", "a_b", "a.b", "c"]}),
    plain("histogram"),
    over_time("dist_bar", GROUPS),
    over_time("dist_bar", GROUPS, ["h"], ["m", "f"], columns=["g"], order_desc=True),
    over_time("dist_bar", GROUPS, contribution=True, columns=["h"], order_desc=False),
    over_time("dist_bar", GROUPS, ["g", "h"], timeseries_limit_metric="f"),
    over_time("dist_bar", GROUPS, []),
    plain("sankey", groupby=["g", "h"], metric="m", sort_by_metric=True),
    plain("sankey", groupby=["g"], metric="m"),
    plain("sankey", {"g": ["a", "b"], "h": ["b", "a"], "m": [1, 2]}, groupby=["g", "h"], metric="m"),
    plain("country_map", STATES, entity="g", metric="m", select_country="france"),
    plain("country_map", STATES, entity="g", metric="m"),
    plain("world_map", STATES, entity="g", metric="m", country_fieldtype="cca2", secondary_metric="f"),
    plain("world_map", STATES, entity="g", metric="m", country_fieldtype="cca2", secondary_metric="m",
          sort_by_metric=True),
    plain("world_map", STATES, entity="g", metric="m", country_fieldtype="planet"),
    plain("para", series="g", metrics=["m"], timeseries_limit_metric="f", order_desc=True),
    *(plain("heatmap", all_columns_x="g", all_columns_y="h", metric="m", normalize_across=across)
      for across in ["heatmap", "x", "y", "z"]),
    plain("heatmap", all_columns_x="g", all_columns_y="h", metric="f", normalize_across="heatmap",
          sort_by_metric=True),
    plain("event_flow", all_columns_x="g", entity="h", all_columns=["m", "g"], order_by_entity=True),
    plain("event_flow", all_columns_x="g", entity="h"),
    # A chord's nodes come in the order of a set of texts, another one each time: here a set of one.
    plain("chord", {"g": ["a"], "h": ["a"], "m": [3]}, groupby="g", columns="h", metric="m"),
]


def frame(table):
    df = pd.DataFrame(table)
    if "__timestamp" in df:
        df["__timestamp"] = pd.to_datetime(df["__timestamp"], format="ISO8601")
    return df


def main():
    from superset import viz
    from superset.utils import json as superset_json
    from superset.utils.date_parser import parse_past_timedelta

    def dumped(value):
        return json.loads(superset_json.dumps(value, default=superset_json.json_int_dttm_ser, ignore_nan=True))

    for form, table in CASES:
        case = {"form": form, "table": table}
        chart = viz.viz_types[form["viz_type"]](MagicMock(), json.loads(json.dumps(form)))
        try:
            query = chart.query_obj()
            case["query"] = dumped({k: v for k, v in query.items() if not k.endswith("_dttm")})
            for shift in form.get("time_compare") or []:
                other = frame(table).iloc[:4]
                other["__timestamp"] += parse_past_timedelta(shift)
                case["shifted"] = [{"shift": shift, "rows": 4}]
                chart._extra_chart_data.append((f"{shift} offset", chart.process_data(other)))
            case["data"] = dumped(chart.get_data(frame(table)))
        except Exception as error:
            case["error"] = str(error)
        print(json.dumps(case))


app = create_app()
with app.test_request_context():
    main()
