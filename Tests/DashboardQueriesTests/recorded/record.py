"""Records what a browser posts for charts on dashboards.

    record.py --superset http://127.0.0.1:8088 --metadata superset.db

The metadata database is a throwaway copy, in SQLite, of a Superset 4.1 that serves it: charts and
dashboards from number 1000 on are put into it. Its feature flag CHART_PLUGINS_EXPERIMENTAL is on,
since without it nobody can make a chart of the type pop_kpi. Needs chromium, websocket-client and
requests.
"""

import argparse
import json
import pathlib
import sqlite3

from browser import Browser
from charts import BARE, BARE_LEGACY, LEGACY, MODERN, PROBES
import dashboards as made

HERE = pathlib.Path(__file__).parent
FIRST = 1000
LONG_AGO = "2026-01-01 00:00:00.000000"


def named(value, charts):
    """`@2` is the number of the third chart."""
    if isinstance(value, str) and value.startswith("@"):
        return charts[int(value[1:])]
    if isinstance(value, list):
        return [named(v, charts) for v in value]
    if isinstance(value, dict):
        return {str(named(k, charts)): named(v, charts) for k, v in value.items()}
    return value


def layout(charts, tabs=0):
    position = {"DASHBOARD_VERSION_KEY": "v2"}

    def add(kind, name, parents, **meta):
        position[name] = {"type": kind, "id": name, "children": [], "parents": parents}
        if meta:
            position[name]["meta"] = meta
        if parents:
            position[parents[-1]]["children"].append(name)
        return parents + [name]

    root = add("ROOT", "ROOT_ID", [])
    grid = add("GRID", "GRID_ID", root)
    homes = [grid]
    if tabs:
        bar = add("TABS", "TABS-1", grid)
        homes = [add("TAB", f"TAB-{n + 1}", bar, text=f"T{n + 1}") for n in range(tabs)]
    share = -(-len(charts) // len(homes))
    rows = 0
    for n, chart in enumerate(charts):
        if n % share % 6 == 0:
            rows += 1
            row = add("ROW", f"ROW-{rows}", homes[n // share], background="BACKGROUND_TRANSPARENT")
        add("CHART", f"CHART-{chart}", row, chartId=chart, width=2, height=16,
            sliceName=f"c{chart}")
    return position


class Metadata:
    def __init__(self, path):
        self.db = sqlite3.connect(path, timeout=60)
        for table, column in (("dashboard_slices", "dashboard_id"), ("dashboards", "id"),
                              ("slices", "id")):
            self.db.execute(f"DELETE FROM {table} WHERE {column} >= {FIRST}")
        self.db.execute(f"DELETE FROM logs WHERE dashboard_id >= {FIRST}")
        self.charts, self.dashboards = [], []

    def chart(self, viz, dataset, form):
        number = FIRST + len(self.charts)
        params = {"datasource": f"{dataset}__table", "viz_type": viz, "slice_id": number, **form}
        if "extra_form_data" not in form and "FIRST" not in form:
            params["extra_form_data"] = {}
        self.charts.append({"id": number, "viz_type": viz, "datasource": dataset,
                            "params": params})
        self.db.execute(
            "INSERT INTO slices (created_on, changed_on, id, slice_name, datasource_type,"
            " datasource_id, viz_type, params, perm, is_managed_externally) SELECT"
            " ?, ?, ?, ?, 'table', id, ?, ?, perm, 0 FROM tables WHERE id = ?",
            (LONG_AGO, LONG_AGO, number, f"c{number}", viz, json.dumps(params), dataset))
        return number

    def dashboard(self, title, charts, filters, options):
        number = FIRST + len(self.dashboards)
        position = layout(charts, **options)
        metadata = {"native_filter_configuration": filters, "color_scheme": "",
                    **made.metadata(title)}
        metadata = named(metadata, charts)
        self.dashboards.append({"id": number, "title": title, "charts": charts,
                                "json_metadata": metadata, "position_json": position})
        self.db.execute(
            "INSERT INTO dashboards (created_on, changed_on, id, dashboard_title, position_json,"
            " json_metadata, published, is_managed_externally)"
            " VALUES (?, ?, ?, ?, ?, ?, 1, 0)",
            (LONG_AGO, LONG_AGO, number, title, json.dumps(position), json.dumps(metadata)))
        for chart in charts:
            self.db.execute("INSERT INTO dashboard_slices (dashboard_id, slice_id) VALUES (?, ?)",
                            (number, chart))
        return number


def build(metadata):
    modern = [metadata.chart(*c) for c in MODERN]
    bare = [metadata.chart(*c) for c in BARE]
    legacy = [metadata.chart(*c) for c in LEGACY]
    bare_legacy = [metadata.chart(*c) for c in BARE_LEGACY]
    probes = [metadata.chart(*c) for c in PROBES]
    few = modern[:3] + modern[13:16] + [legacy[21], modern[29]]
    for dashboard in [
        ("modern", modern, [], {}), made.all_kinds("modern, filtered", modern),
        ("bare", bare, [], {}), ("legacy", legacy, [], {}),
        made.all_kinds("legacy, filtered", legacy), ("bare legacy", bare_legacy, [], {}),
        made.scoped(few), made.odd(few), made.empty_filter(few), made.first_item(few),
        made.required_first(few), ("coloured", few, [], {}),
        ("old filters", few, [made.SELECT], {}), ("no cross filters", modern[-1:], [], {}),
        ("cross filters", few, [made.SELECT], {}), ("alone", modern[-1:], [], {}),
        made.first_items(few), made.first_not_required(few), made.needed(few),
        made.nothing_chosen(few), ("probes", probes, [], {}),
    ]:
        metadata.dashboard(*dashboard)
    metadata.db.commit()
    return modern


def write(name, rows):
    with open(HERE / name, "w") as file:
        for row in rows:
            file.write(json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser()
    for name in ("superset", "metadata"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--only", type=int, nargs="*", help="dashboards; the others stay recorded")
    arguments = parser.parse_args()
    metadata = Metadata(arguments.metadata)
    modern = build(metadata)
    browser = Browser(arguments.superset)
    browser.log_in("admin", "admin")
    found = []
    if arguments.only:
        found = [r for r in map(json.loads, open(HERE / "requests.jsonl"))
                 if r["page"] == "explore" or r["id"] not in arguments.only]

    def keep(page, number, requests):
        for kind, body in requests:
            form = body if kind == "exploreJSON" else body["form_data"]
            if "native_filter_id" in form:
                # A filter's own values; by then the page's address has a random parameter.
                body["queries"] = [{**q, "url_params": {}} if "url_params" in q else q
                                   for q in body["queries"]]
                found.append({"page": "filter", "id": number, "chart": form["native_filter_id"],
                              "kind": kind, "body": body})
                continue
            found.append({"page": page, "id": number, "chart": form["slice_id"], "kind": kind,
                          "body": body})
        print(page, number, len(requests), flush=True)

    for dashboard in metadata.dashboards:
        if arguments.only and dashboard["id"] not in arguments.only:
            continue
        clicks = [".ant-tabs-tab:nth-child(2)"] if dashboard["title"] == "scopes" else []
        many = len(dashboard["charts"]) > 20
        keep("dashboard", dashboard["id"],
             browser.open(f"/superset/dashboard/{dashboard['id']}/", clicks, 15 if many else 7))
    if not arguments.only:
        for number in modern:
            keep("explore", number, browser.open(f"/explore/?slice_id={number}", quiet=4))
    browser.close()
    write("charts.jsonl", metadata.charts)
    write("dashboards.jsonl", metadata.dashboards)
    # Of bare forms all is kept, for controls.py; else the key's members are enough.
    whole = {d["id"] for d in metadata.dashboards if d["title"] in ("bare", "probes")}
    for row in found:
        if row["kind"] == "chartData" and (row["page"] != "dashboard" or row["id"] not in whole):
            row["body"].pop("form_data", None)
            row["body"].pop("force", None)
    write("requests.jsonl", found)


if __name__ == "__main__":
    main()
