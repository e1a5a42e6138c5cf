"""Writes Sources/DashboardQueries/Controls from what was recorded of bare forms.

These show what the controls say by themselves.

    controls.py
"""

import json
import pathlib
import re
import textwrap

from charts import BARE, BARE_LEGACY, NAMES, PROBES
from record import FIRST

HERE = pathlib.Path(__file__).parent
SOURCES = HERE.parent.parent.parent / "Sources/DashboardQueries"
# What a page puts into a form by itself.
OURS = {"datasource", "viz_type", "slice_id", "url_params", "extra_form_data", "chart_id",
        "label_colors", "shared_label_colors", "map_label_colors", "own_color_scheme",
        "extra_filters", "dashboardId", "force", "result_format", "result_type"}
# The second half of a mixed chart has the controls of the first once more, but the page does not
# post them.
HALVED = ["groupby", "adhoc_filters", "order_desc", "row_limit", "truncate_metric",
          "comparison_type"]


def rows(name):
    return [json.loads(line) for line in open(HERE / name)]


def read_by_us():
    """The members of forms that our sources name: no others decide what is asked for."""
    found = set(NAMES)
    for path in SOURCES.rglob("*.swift"):
        if "Controls" not in path.parts:
            found |= set(re.findall(r'"([a-zA-Z_]+)"', path.read_text()))
    return found | {f"{name}_b" for name in found}


def defaults(charts, forms, wanted):
    found = {}
    for number, (viz, _, given) in charts:
        form = forms.get(number)
        if form is None:
            print("nothing recorded of", viz)
            continue
        found[viz] = {k: v for k, v in form.items()
                      if k not in OURS | set(given) and (wanted is None or k in wanted)}
    return found


def orders(charts, forms):
    found = {}
    for number, (viz, _, _) in charts:
        names = list(forms.get(number, {}))
        if "FIRST" not in names:
            print("no order recorded of", viz)
            continue
        found[viz] = [n for n in names[:names.index("FIRST")] if n in NAMES]
    return found


def swift(doc, name, panels):
    """Swift that holds each panel as JSON, in lines that are not too long."""
    lines = ["// SPDX-License-Identifier: MIT", "", f"/// {doc}", "///",
             "/// Made by Tests/DashboardQueriesTests/recorded/controls.py.",
             "extension ControlPanel {",
             f"  static let {name}: [String: String] = ["]
    for viz, panel in panels.items():
        text = json.dumps(panel, separators=(",", ":"), ensure_ascii=False)
        parts = textwrap.wrap(text.replace("\\", "\\\\"), 90, drop_whitespace=False,
                              break_on_hyphens=False)
        lines += [f'    "{viz}": """', *[f"      {p}\\" for p in parts[:-1]], f"      {parts[-1]}",
                  '      """,']
    return "\n".join(lines + ["  ]", "}", ""])


def main():
    forms = {}
    for row in rows("requests.jsonl"):
        if row["page"] == "dashboard":
            body = row["body"]
            form = body if row["kind"] == "exploreJSON" else body.get("form_data")
            if form:
                forms[row["chart"]] = form
    numbers = {}
    for row in rows("charts.jsonl"):
        numbers.setdefault(row["viz_type"], []).append(row)
    charts = rows("charts.jsonl")

    def numbered(wanted):
        start = next(i for i in range(len(charts)) if all(
            charts[i + n]["viz_type"] == viz and charts[i + n]["params"].items() >= form.items()
            and len(charts[i + n]["params"]) <= len(form) + 4
            for n, (viz, _, form) in enumerate(wanted)))
        return [(FIRST + start + n, chart) for n, chart in enumerate(wanted)]

    modern = defaults(numbered(BARE), forms, read_by_us())
    mixed = modern["mixed_timeseries"]
    mixed.update({f"{name}_b": mixed[name] for name in HALVED})
    order = orders(numbered(PROBES), forms)
    legacy = defaults(numbered(BARE_LEGACY), forms, None)
    folder = SOURCES / "Controls"
    folder.mkdir(exist_ok=True)
    panels = {v: {"names": order.get(v, []), "defaults": d} for v, d in modern.items()}
    (folder / "ControlPanel+Modern.swift").write_text(swift(
        "What the controls of newer types say by themselves, of what decides their queries.",
        "modern", panels))
    for number, half in enumerate((list(legacy)[:17], list(legacy)[17:])):
        (folder / f"ControlPanel+Legacy{number + 1}.swift").write_text(swift(
            "What the controls of legacy types say by themselves: all of it is posted.",
            f"legacy{number + 1}", {v: {"names": [], "defaults": legacy[v]} for v in half}))


if __name__ == "__main__":
    main()
