"""Saves charts on their own pages, as a person does, and records what dashboards then ask for them.

    save.py --superset http://127.0.0.1:8088 --metadata superset.db

It runs after record.py, over the same Superset, and writes saved.jsonl.
"""

import argparse
import json
import sqlite3

from browser import Browser
from record import write

CHARTS = [1000, 1001, 1003, 1013, 1015, 1018, 1020, 1023, 1029, 1033, 1039, 1045, 1047]
# The one without filters and the one with filters of all kinds.
DASHBOARDS = [1000, 1001]
KEY = ("datasource", "queries", "result_type", "result_format")


class SavingBrowser(Browser):
    saved = None

    def note(self, message):
        request = message.get("params", {}).get("request", {})
        if request.get("method") == "PUT" and "/api/v1/chart/" in request.get("url", ""):
            self.saved = json.loads(request["postData"])
        super().note(message)

    def click(self, text):
        """On the last button or choice of this text: the dialog's, where one is open."""
        self.call("Runtime.evaluate", expression="[...document.querySelectorAll('button,label')]"
                  f".filter(e => e.textContent.trim().toLowerCase() == {json.dumps(text)})"
                  ".pop().click()")
        self.settle(2)

    def save(self, chart):
        self.open(f"/explore/?slice_id={chart}", quiet=3)
        for text in ("save", "save (overwrite)", "save"):
            self.click(text)
        return self.saved


def main():
    parser = argparse.ArgumentParser()
    for name in ("superset", "metadata"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    database = sqlite3.connect(arguments.metadata, timeout=60)
    # Only owners may overwrite.
    database.executemany("INSERT INTO slice_user (user_id, slice_id) VALUES (1, ?)",
                         [(chart,) for chart in CHARTS])
    database.commit()
    browser = SavingBrowser(arguments.superset)
    browser.log_in("admin", "admin")
    rows = {}
    for chart in CHARTS:
        saved = browser.save(chart)
        context = json.loads(saved["query_context"])
        rows[chart] = {"id": chart, "viz_type": saved["viz_type"],
                       "datasource": saved["datasource_id"], "params": json.loads(saved["params"]),
                       "context": {name: context[name] for name in KEY}, "requests": {}}
    for dashboard in DASHBOARDS:
        for kind, body in browser.open(f"/superset/dashboard/{dashboard}/", quiet=15):
            chart = body.get("form_data", body).get("slice_id")
            if kind == "chartData" and chart in rows:
                rows[chart]["requests"][dashboard] = {name: body[name] for name in KEY}
    browser.close()
    write("saved.jsonl", rows.values())


if __name__ == "__main__":
    main()
