# SPDX-License-Identifier: MIT
"""celery_fetch.py JOBS: Superset's fetch_url in Celery with the broker $BROKER: a token, then the warm-up, at $URL."""

import json
import os
import sys
import urllib.request

from celery import Celery

import done

app = Celery("celery_fetch", broker=os.environ["BROKER"])
app.conf.task_ignore_result = True


@app.task
def fetch_url(data, headers):
    url = os.environ["URL"]
    request = urllib.request.Request(url + "/api/v1/security/csrf_token/", headers=headers)
    with urllib.request.urlopen(request, timeout=600) as answer:
        token = json.loads(answer.read())["result"]
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    headers = {**headers, "X-CSRF-Token": token, "Cookie": cookie}
    request = urllib.request.Request(
        url + "/api/v1/chart/warm_up_cache", data.encode(), headers, method="PUT")
    with urllib.request.urlopen(request, timeout=600) as answer:
        result = {"success": data, "response": answer.read().decode()}
    done.note()
    return result


if __name__ == "__main__":
    # The worker knows the task by the module's name, not as __main__.
    from celery_fetch import fetch_url as task

    def enqueue(number):
        task.delay(
            json.dumps({"chart_id": number}),
            {"Cookie": "session=x", "Content-Type": "application/json"})

    done.warm_up(enqueue)
    done.measure(enqueue, int(sys.argv[1]))
