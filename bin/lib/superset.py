# SPDX-License-Identifier: MIT
"""superset.py PROGRAMS URL SETTINGS: holds what fetch_url says of each chart against what Superset says of it to a person.

The person logs in with a password, by the form; nothing of ours is used for that.
"""
import http.cookiejar
import json
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request


class Person:
    def __init__(self, url, user, password):
        self.url = url
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        page = self.get("/login/")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page).group(1)
        form = {"username": user, "password": password, "csrf_token": token}
        self.opener.open(url + "/login/", urllib.parse.urlencode(form).encode())
        self.token = json.loads(self.get("/api/v1/security/csrf_token/"))["result"]

    def get(self, path):
        return self.opener.open(self.url + path).read().decode()

    def warm_up(self, payload):
        request = urllib.request.Request(
            self.url + "/api/v1/chart/warm_up_cache", payload.encode(), method="PUT",
            headers={"Content-Type": "application/json", "X-CSRFToken": self.token})
        try:
            return 200, json.loads(self.opener.open(request).read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())


def ours(programs, payload, settings):
    run = subprocess.run(
        [f"{programs}/fetch_url", "--config", settings], input=payload, capture_output=True, text=True, check=False)
    return run.returncode, json.loads(run.stdout)


def payloads(programs, settings):
    for strategy in ({"strategy_name": "dummy"}, {"strategy_name": "dashboards", "dashboard_ids": [1, 2, 3]}):
        run = subprocess.run(
            [f"{programs}/cache-warmup", "--dry-run", "--config", settings], input=json.dumps(strategy),
            capture_output=True, text=True, check=True)
        yield from run.stdout.splitlines()
    yield '{"chart_id": 999999}'
    yield '{"chart_id": 1, "nonsense": true}'


def agrees(status, document, code, said):
    """Whether ours is the success that theirs is, or fails with their words."""
    if status != 200:
        return code not in (0, 75) and f"status {status}" in said["errors"][0]["message"]
    chart = document["result"][0]
    if chart["viz_error"] is None and chart["viz_status"] == "success":
        return code == 0 and json.loads(said["response"]) == document
    error = chart["viz_error"]
    words = error[0]["message"] if isinstance(error, list) else error
    return code == 65 and words in said["errors"][0]["message"]


def main():
    programs, url, settings = sys.argv[1:]
    person = Person(url, "admin", "admin")
    counts = {True: 0, False: 0}
    for payload in payloads(programs, settings):
        status, document = person.warm_up(payload)
        code, said = ours(programs, payload, settings)
        equal = agrees(status, document, code, said)
        counts[equal] += 1
        word = "warm" if code == 0 else said["errors"][0]["message"]
        print(f"{'same  ' if equal else 'DIFFER'}  {payload:38}  {status}  {code:2}  {word}")
    print(f"{counts[True]} as Superset reports them, {counts[False]} otherwise")
    sys.exit(counts[False] != 0)


main()
