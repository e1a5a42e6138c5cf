#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A web server that guards its warm-up as Superset does: signed sessions, CSRF tokens, the referrer over TLS.

What becomes of a chart is told by its number, so that a test can have every failure. Prints its port.
"""
import argparse
import email.utils
import hashlib
import http.server
import json
import secrets
import ssl
import sys
import threading
import time
import urllib.parse

import pages
import signing

USERS = {"1": ("admin", "admin"), "2": ("alice", "alice")}
WEEK = 7 * 86400
# By the number of the chart.
STATUSES = {
    403: {"message": "Forbidden"},
    404: {"message": "Chart not found"},
    422: {"message": {"chart_id": ["odd"]}},
    500: {"errors": [{"message": "Internal Server Error"}]},
    502: None,
    503: {"message": "later"},
}
REDIRECTS = {302: "/login/?next=/api", 308: "https://elsewhere.example/"}
ERRORS = {
    17: "Error: Columns missing in dataset: ['nope_column']",
    18: [{"message": "it is broken", "error_type": "X"}, {"message": "more"}],
}


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--secret", default="secret")
    parser.add_argument("--cookie", default="session")
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
    parser.add_argument("--server-side", action="store_true")
    parser.add_argument("--csrf", default="", help="how the token's address fails")
    parser.add_argument("--log", help="a file with one line for each request")
    return parser.parse_args()


OPTIONS = arguments()
SESSIONS = signing.sessions(OPTIONS.secret)
TOKENS = signing.tokens(OPTIONS.secret)
STORE = {}
LOCK = threading.Lock()


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(status)
        self.status = status
        self.body = body


def bad_request(reason):
    text = "400 Bad Request: " + reason
    return Refused(400, {"errors": [{"message": text, "error_type": "GENERIC_BACKEND_ERROR"}]})


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    # -- sessions

    def load_session(self):
        self.session, self.new_session, self.session_key = {}, False, None
        for pair in self.headers.get("Cookie", "").split(";"):
            name, _, value = pair.strip().partition("=")
            if name != OPTIONS.cookie:
                continue
            if OPTIONS.server_side:
                with LOCK:
                    self.session = dict(STORE.get(value, {}))
                self.session_key = value
                continue
            try:
                self.session = SESSIONS.loads(value, 31 * 86400)
            except signing.BadSignature:
                self.session = {}

    def session_cookie(self):
        if not OPTIONS.server_side:
            return SESSIONS.dumps(self.session)
        key = secrets.token_hex(16)
        with LOCK:
            STORE[key] = dict(self.session)
        return key

    def user(self):
        return USERS.get(self.session.get("_user_id"))

    def require_user(self):
        if not self.user():
            raise Refused(401, {"msg": "Missing Authorization Header"})

    # -- tokens

    def new_token(self):
        if "csrf_token" not in self.session:
            self.session["csrf_token"] = secrets.token_hex(20)
            self.new_session = True
        return TOKENS.dumps(self.session["csrf_token"])

    def check_token(self, token):
        if not token:
            raise bad_request("The CSRF token is missing.")
        if "csrf_token" not in self.session:
            raise bad_request("The CSRF session token is missing.")
        try:
            value = TOKENS.loads(token, WEEK)
        except signing.BadSignature as error:
            raise bad_request("The CSRF token is invalid.") from error
        if value != self.session["csrf_token"]:
            raise bad_request("The CSRF tokens do not match.")
        if OPTIONS.tls:
            self.check_referrer()

    def check_referrer(self):
        referrer = self.headers.get("Referer")
        if not referrer:
            raise bad_request("The referrer header is missing.")
        if urllib.parse.urlsplit(referrer)[:2] != ("https", self.headers["Host"]):
            raise bad_request("The referrer does not match the host.")

    # -- requests

    def do_GET(self):
        self.handle_request({
            "/api/v1/security/csrf_token/": self.get_token, "/login/": self.get_login,
            "/superset/slice/": self.get_slice, "/explore/": self.get_explore,
            "/superset/dashboard/": self.get_dashboard})

    def do_PUT(self):
        self.handle_request({"/api/v1/chart/warm_up_cache": self.warm_up})

    def do_POST(self):
        self.handle_request({"/login/": self.post_login, "/api/v1/": self.post_permalink})

    def handle_request(self, routes):
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.load_session()
        path, _, query = self.path.partition("?")
        if OPTIONS.log:
            with LOCK, open(OPTIONS.log, "a", encoding="utf-8") as log:
                user = self.user()
                port = self.client_address[1]
                log.write(f"{port} {self.command} {path} {user[0] if user else '-'} {query or '-'}\n")
        try:
            # The pages have numbers, which follow their names.
            route = routes.get(path) or routes.get("/".join(path.split("/")[:3]) + "/")
            if not route:
                raise Refused(404, {"message": "Not found"})
            route()
        except Refused as refused:
            self.answer(refused.status, refused.body)

    def answer(self, status, body, **headers):
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", headers.pop("type", "application/json"))
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if self.new_session:
            cookie = f"{OPTIONS.cookie}={self.session_cookie()}; HttpOnly; Path=/; SameSite=Lax"
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(data)

    def get_token(self):
        if OPTIONS.csrf.isdigit():
            return self.answer(int(OPTIONS.csrf), {"message": "no token today"})
        if OPTIONS.csrf == "login":
            return self.answer(302, None, Location="/login/?next=x")
        if OPTIONS.csrf == "newline":
            return self.answer(200, {"result": "token\r\nX-Evil: 1"})
        if OPTIONS.csrf == "odd":
            return self.answer(200, b"<html>", type="text/html")
        self.require_user()
        return self.answer(200, {"result": self.new_token()})

    def get_login(self):
        page = f'<form><input id="csrf_token" name="csrf_token" type="hidden" value="{self.new_token()}">'
        self.answer(200, page.encode(), type="text/html")

    def post_login(self):
        form = dict(urllib.parse.parse_qsl(self.body.decode()))
        self.check_token(form.get("csrf_token"))
        for number, user in USERS.items():
            if user == (form.get("username"), form.get("password")):
                self.session.update({"_user_id": number, "_fresh": True})
                self.new_session = True
                return self.answer(302, None, Location="/superset/welcome/")
        return self.answer(302, None, Location="/login/")

    def post_permalink(self):
        """The same key for the same state of the same dashboard."""
        self.check_token(self.headers.get("X-CSRFToken") or self.headers.get("X-CSRF-Token"))
        self.require_user()
        words = self.path.split("/")
        if words[3] != "dashboard" or words[5] != "permalink":
            raise Refused(404, {"message": "Not found"})
        state = json.loads(self.body)
        if not isinstance(state.get("activeTabs", []), list):
            raise Refused(400, {"message": {"activeTabs": ["Not a valid list."]}})
        key = hashlib.sha256(f"{words[4]} {json.dumps(state, sort_keys=True)}".encode()).hexdigest()[:11]
        self.answer(201, {"key": key, "url": f"http://localhost/superset/dashboard/p/{key}/"})

    # -- pages

    def get_slice(self):
        form = urllib.parse.quote(json.dumps({"slice_id": int(self.path.split("/")[3])}))
        self.show(lambda: self.answer(302, None, Location=f"/explore/?form_data={form}&standalone=true"))

    def get_explore(self):
        query = dict(urllib.parse.parse_qsl(self.path.partition("?")[2]))
        number = json.loads(query["form_data"])["slice_id"]
        self.show(lambda: self.answer_page(pages.chart(number)), number)

    def get_dashboard(self):
        path, _, query = self.path.partition("?")
        name = path.split("/")[3]
        is_report = dict(urllib.parse.parse_qsl(query)).get("standalone") == "3"
        number = int(name) if name.isdigit() else 0
        self.show(lambda: self.answer_page(pages.dashboard(number, is_report)), number)

    def show(self, page, number=0):
        if not self.user():
            return self.answer(302, None, Location="/login/?next=" + urllib.parse.quote(self.path))
        if number in STATUSES:
            raise Refused(number, STATUSES[number])
        return page()

    def answer_page(self, page):
        self.answer(200, page.encode(), type="text/html; charset=utf-8")

    def warm_up(self):
        self.check_token(self.headers.get("X-CSRFToken") or self.headers.get("X-CSRF-Token"))
        self.require_user()
        try:
            chart = json.loads(self.body)["chart_id"]
        except (ValueError, KeyError) as error:
            raise Refused(400, {"message": {"chart_id": ["Missing data for required field."]}}) from error
        if chart in STATUSES:
            raise Refused(chart, STATUSES[chart])
        if chart in REDIRECTS:
            return self.answer(chart, None, Location=REDIRECTS[chart])
        if chart == 429:
            return self.answer(429, {"message": "slow down"}, Retry_After="120")
        if chart == 430:
            then = email.utils.formatdate(time.time() + 300, usegmt=True)
            return self.answer(503, {"message": "at its time"}, Retry_After=then)
        if chart == 901:
            self.close_connection = True
            return self.connection.close()
        if chart == 902:
            time.sleep(60)
        if chart == 903:
            return self.answer(200, b" " * (2 << 20))
        if chart == 904:
            return self.answer(200, b"<html>", type="text/html")
        if chart == 905:
            return self.answer(200, {"result": []})
        if chart in (906, 907):
            return self.be_odd(chart)
        if chart == 908:
            raise Refused(400, {"message": f"You sent {self.headers}"})
        if chart == 909:
            said = f"{self.headers['Cookie']} \x1b[2J" + "e" * 1_000_000
            return self.answer(200, {"result": [{"chart_id": chart, "viz_error": said}]})
        if chart == 910:
            return self.answer(200, {"result": [{"viz_status": "success"}], "you": str(self.headers)})
        error = ERRORS.get(chart)
        status = {17: None, 18: "failed"}.get(chart, "success")
        return self.answer(
            200, {"result": [{"chart_id": chart, "viz_error": error, "viz_status": status}]})


    def be_odd(self, chart):
        self.close_connection = True
        try:
            if chart == 906:
                # Headers without end, behind the body.
                self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
                while True:
                    self.wfile.write(b"X-More: " + b"a" * 1000 + b"\r\n")
            self.wfile.write(b"What is HTTP?\n")
        except OSError:
            pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_):
        pass


def main():
    server = Server(("127.0.0.1", 0), Handler)
    if OPTIONS.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*OPTIONS.tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    # Whoever has started it holds the other end: with it the server ends.
    sys.stdin.read()


main()
