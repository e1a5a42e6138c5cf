# SPDX-License-Identifier: MIT
"""The recorded requests for a chart's data that a real Superset answered, as jobs of our tasks and as its own requests."""

import copy
import glob
import json
import lzma
import os
import sqlite3
import urllib.parse

CHART, EXPLORE = "load_chart_data_into_cache", "load_explore_json_into_cache"
# Answers for which the database is not asked, whatever their member `query` says.
WITHOUT_ROWS = ("query", "columns", "timegrains")


class Case:
    def __init__(self, group, name, request, user_id, recorded):
        self.group, self.name, self.user, self.recorded = group, name, request["user"], recorded
        self.path = request["path"].partition("?")[0]
        parameters = urllib.parse.parse_qs(request["path"].partition("?")[2])
        metadata = {"channel_id": "bench", "job_id": name, "user_id": user_id}
        self.job = {"job_metadata": metadata}
        self.body = copy.deepcopy(request["body"])
        if request["method"] == "POST":
            self.task = CHART
            # Nothing is answered from a cache, on either side.
            self.body["force"] = True
            self.job["form_data"] = self.body
        else:
            self.task = EXPLORE
            self.response = "csv" if "csv" in parameters else "json"
            self.job |= {"form_data": self.body["form_data"], "response_type": self.response, "force": True}

    @property
    def asks_for_rows(self):
        return self.task == EXPLORE or self.body.get("result_type") not in WITHOUT_ROWS

    def told_in_full(self):
        """The same job with the statements in its answer."""
        job = copy.deepcopy(self.job)
        if self.task == EXPLORE:
            job["response_type"] = "json"
        else:
            form = job["form_data"]
            form["result_format"] = "json"
            if form.get("result_type") not in ("samples", "drill_detail"):
                form["result_type"] = "full"
        return job

    def posted(self):
        """The path, the type and the bytes of Superset's own request."""
        if self.task == CHART:
            return self.path, "application/json", json.dumps(self.body).encode()
        form = urllib.parse.urlencode({"form_data": json.dumps(self.body["form_data"])})
        path = self.path + "?force=true" + ("&csv=true" if self.response == "csv" else "")
        return path, "application/x-www-form-urlencoded", form.encode()


def recorded(directory, metadata):
    """Every request that was answered with 200 by the endpoint of one of our tasks."""
    with sqlite3.connect(metadata) as database:
        ids = dict(database.execute("SELECT username, id FROM ab_user"))
    with open(f"{directory}/milliseconds") as lines:
        milliseconds = {name: float(took) for name, took in (line.split() for line in lines)}
    for path in sorted(glob.glob(f"{directory}/cases/*.jsonl.xz")):
        group = os.path.basename(path).partition(".")[0]
        with lzma.open(path, "rt") as lines:
            for case in map(json.loads, lines):
                request, name = case["request"], case["case"]
                if case["response"]["status"] == 200 and request["method"] in ("POST", "POST-FORM"):
                    yield Case(group, name, request, ids[request["user"]], milliseconds[name])


def statements(answer):
    """The statements that an answer says were asked."""
    texts = [result.get("query") or "" for result in answer.get("result", [answer])]
    for text in texts:
        statement = ""
        for piece in text.split(";\n\n"):
            statement += piece + ";"
            # A text in quotes may hold what stands between two statements.
            if sqlite3.complete_statement(statement):
                if statement.strip("; \n"):
                    yield statement
                statement = ""
            else:
                statement += "\n\n"
