# SPDX-License-Identifier: MIT
"""As much of Slack's web API as is called here, and webhooks of every kind; keeps what it is asked as JSON lines.

usage: web_server.py DIRECTORY; prints its port.
"""
import email
import email.policy
import hashlib
import json
import sys
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

directory = sys.argv[1]
channels = [{"id": f"C{number:08d}", "name": f"channel-{number}"} for number in range(2500)]
places = {}
files = {}


def digest(content):
    return {"size": len(content), "md5": hashlib.md5(content).hexdigest()}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, document=None, **headers):
        content = json.dumps(document or {}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers.get_content_type()
        request = {"path": self.path, "type": kind, "headers": dict(self.headers.items())}
        if kind == "application/json":
            request["json"] = json.loads(body)
        elif kind == "application/x-www-form-urlencoded":
            request["form"] = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        elif kind == "multipart/form-data":
            head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            request["form"], request["files"] = {}, []
            for part in email.message_from_bytes(head + body, policy=email.policy.HTTP).iter_parts():
                name = part.get_param("name", header="content-disposition")
                content = part.get_payload(decode=True)
                if part.get_filename():
                    request["files"].append(
                        {"field": name, "name": part.get_filename(), "type": part.get_content_type(), **digest(content)})
                else:
                    request["form"][name] = content.decode()
        with open(f"{directory}/requests", "a") as file:
            file.write(json.dumps(request) + "\n")
        if self.path.startswith("/api/"):
            self.slack(self.path[5:], request.get("form", {}))
        elif self.path.startswith("/place/"):
            files[self.path[7:]] = digest(body)
            self.answer(200)
        else:
            self.hook(self.path)

    def slack(self, method, form):
        if self.headers["Authorization"] != "Bearer xoxb-secret-token":
            return self.answer(200, {"ok": False, "error": "invalid_auth", "needed": self.headers["Authorization"][7:]})
        channel = form.get("channel") or form.get("channel_id") or ""
        if channel.endswith("LIMITED"):
            return self.answer(429, {"ok": False, "error": "ratelimited"}, Retry_After="17")
        if channel.endswith("UNKNOWN"):
            return self.answer(200, {"ok": False, "error": "channel_not_found"})
        if channel.endswith("FORBIDDEN"):
            return self.answer(200, {"ok": False, "error": "missing_scope", "needed": "chat:write"})
        if channel.endswith("BROKEN"):
            return self.answer(503)
        if channel.endswith("HANGUP"):
            self.close_connection = True
            return None
        if method == "conversations.list":
            start = int(form["cursor"] or 0)
            end = start + int(form["limit"])
            more = str(end) if end < len(channels) else ""
            return self.answer(
                200, {"ok": True, "channels": channels[start:end], "response_metadata": {"next_cursor": more}})
        if method == "files.getUploadURLExternal":
            name = f"F{len(places):08d}"
            places[name] = int(form["length"])
            url = f"http://127.0.0.1:{self.server.server_port}/place/{name}"
            return self.answer(200, {"ok": True, "upload_url": url, "file_id": name})
        if method == "files.completeUploadExternal":
            for file in json.loads(form["files"]):
                if files.get(file["id"], {}).get("size") != places.get(file["id"]):
                    return self.answer(200, {"ok": False, "error": "file_not_found"})
            return self.answer(200, {"ok": True})
        return self.answer(200, {"ok": method == "chat.postMessage"})

    def hook(self, path):
        if path == "/redirect":
            return self.answer(302, Location="/ok")
        if path == "/limited":
            return self.answer(429, Retry_After="9")
        if path == "/hangup":
            self.close_connection = True
            return None
        if path == "/slow":
            time.sleep(20)
        status = {"/missing": 404, "/broken": 500}.get(path, 200)
        return self.answer(status, {"secret": "of whoever listens here"})

    def do_GET(self):
        self.answer(200)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
