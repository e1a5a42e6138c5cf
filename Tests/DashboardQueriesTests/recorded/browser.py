"""A headless Chromium that tells which queries the page of a dashboard or a chart posts."""

import json
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

import requests
import websocket

WANTED = ("/api/v1/chart/data", "/superset/explore_json")


class Browser:
    def __init__(self, superset, chromium="chromium", port=9395):
        self.superset = superset
        self.profile = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-dev-shm-usage", "--disable-background-networking",
             f"--remote-debugging-port={port}", "--remote-allow-origins=*",
             f"--user-data-dir={self.profile.name}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
                break
            except OSError:
                time.sleep(0.2)
        page = next(p for p in pages if p["type"] == "page")
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=120)
        self.number = 0
        self.requests = {}
        self.open_requests = set()
        self.call("Network.enable", maxPostDataSize=10_000_000)
        self.call("Page.enable")
        # High enough that every chart is in view at once.
        self.call("Emulation.setDeviceMetricsOverride", width=1800, height=9000,
                  deviceScaleFactor=1, mobile=False)

    def log_in(self, user, password):
        session = requests.Session()
        session.post(f"{self.superset}/login/", data={"username": user, "password": password})
        for cookie in session.cookies:
            self.call("Network.setCookie", name=cookie.name, value=cookie.value,
                      url=self.superset)

    def call(self, method, **parameters):
        self.number += 1
        number = self.number
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                return message.get("result", message)
            self.note(message)

    def note(self, message):
        method, parameters = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            request = parameters["request"]
            if request["method"] == "POST" and any(w in request["url"] for w in WANTED):
                self.requests[parameters["requestId"]] = request
            self.open_requests.add(parameters["requestId"])
        elif method in ("Network.loadingFinished", "Network.loadingFailed"):
            self.open_requests.discard(parameters["requestId"])

    def settle(self, quiet=6, most=150):
        """Waits until nothing has been asked for some seconds."""
        start = last = time.time()
        self.socket.settimeout(0.5)
        while time.time() - last < quiet and time.time() - start < most:
            try:
                message = json.loads(self.socket.recv())
                self.note(message)
                if message.get("method", "").startswith("Network.request"):
                    last = time.time()
            except websocket.WebSocketTimeoutException:
                if self.open_requests and time.time() - start < most / 2:
                    last = time.time()
        self.socket.settimeout(120)

    def open(self, path, clicks=(), quiet=6):
        """All queries that the page posts, in their order; `clicks` are selectors of tabs."""
        # Nothing of the last page shall be kept: filters are remembered there.
        self.call("Page.navigate", url="about:blank")
        self.call("Storage.clearDataForOrigin", origin=self.superset,
                  storageTypes="local_storage,session_storage,indexeddb")
        self.requests, self.open_requests = {}, set()
        self.call("Page.navigate", url=self.superset + path)
        self.settle(quiet)
        for selector in clicks:
            self.call("Runtime.evaluate",
                      expression=f"document.querySelector({json.dumps(selector)}).click()")
            self.settle(quiet)
        return [self.body(n, r) for n, r in list(self.requests.items())]

    def body(self, number, request):
        text = request.get("postData")
        if text is None:
            text = self.call("Network.getRequestPostData", requestId=number)["postData"]
        if "explore_json" not in request["url"]:
            return "chartData", json.loads(text)
        if text.startswith("------"):
            text = text.split('name="form_data"', 1)[1].split("\r\n\r\n", 1)[1]
            return "exploreJSON", json.loads(text.split("\r\n------", 1)[0])
        return "exploreJSON", json.loads(urllib.parse.parse_qs(text)["form_data"][0])

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()
