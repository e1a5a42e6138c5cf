# SPDX-License-Identifier: MIT
"""What is timed: the statements alone, a task started for each job, a task that stays, and a real Superset."""

import html
import http.client
import http.cookies
import json
import os
import re
import shutil
import subprocess
import time
import urllib.parse


class Place:
    """A directory like the one that a worker gives to the tasks of a queue."""

    def __init__(self, directory, programs, configuration):
        self.programs = programs
        self.files, self.input, self.output = (f"{directory}/{name}" for name in ("files", "input", "output"))
        self.cache = f"{directory}/cache"
        os.makedirs(self.cache)
        self.clear()
        self.environment = {"SPOOL_CONFIG": configuration, "SPOOL_FILES": self.files, "SPOOL_CACHE": self.cache}

    def clear(self):
        shutil.rmtree(self.files, ignore_errors=True)
        os.makedirs(self.files)

    def answer(self):
        name = os.listdir(self.files)[0]
        with open(f"{self.files}/{name}", "rb") as file:
            return file.read()


class Statements:
    """The SQL of an answer alone, on a connection that stays open."""

    def __init__(self, program, path):
        self.process = subprocess.Popen([program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def seconds(self, texts):
        seconds = 0
        for text in texts:
            self.process.stdin.write(text.encode() + b"\0")
            self.process.stdin.flush()
            seconds += int(self.process.stdout.readline()) / 1e9
        return seconds

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Spawned:
    """From the start of a process to its end; None where the job failed."""

    def __init__(self, place):
        self.place = place

    def seconds(self, case, job=None):
        place = self.place
        place.clear()
        with open(place.input, "w") as file:
            json.dump(job or case.job, file)
        program = f"{place.programs}/{case.task}"
        streams = [
            (os.POSIX_SPAWN_OPEN, 0, place.input, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, place.output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        ]
        began = time.perf_counter()
        pid = os.posix_spawn(program, [program], place.environment, file_actions=streams)
        _, status = os.waitpid(pid, 0)
        seconds = time.perf_counter() - began
        return None if status else seconds


class Resident:
    """From a request to its answer."""

    def __init__(self, place):
        self.place = place
        self.tasks = {}

    def task(self, name):
        if name not in self.tasks:
            self.tasks[name] = subprocess.Popen(
                [f"{self.place.programs}/{name}", "--resident"], env=self.place.environment,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        return self.tasks[name]

    def seconds(self, case):
        self.place.clear()
        task = self.task(case.task)
        deadline = int(time.time()) + 300
        request = {"id": case.name, "attempt": 1, "deadline": deadline, "job": case.job}
        line = json.dumps(request).encode() + b"\n"
        began = time.perf_counter()
        task.stdin.write(line)
        answer = b""
        while not answer.endswith(b"\n"):
            piece = task.stdout.read(1 << 16)
            if not piece:
                raise SystemExit(f"{case.name}: {case.task} has ended")
            answer += piece
        seconds = time.perf_counter() - began
        if json.loads(answer)["status"]:
            raise SystemExit(f"{case.name}: {case.task} answered {answer.decode()}")
        return seconds

    def end(self):
        for task in self.tasks.values():
            task.stdin.close()
            task.wait()


class Peer:
    """A request to a Superset and its answer: logged in, and connected before the time begins."""

    def __init__(self, url):
        self.server = urllib.parse.urlsplit(url).netloc
        self.sessions = {}

    def session(self, user):
        if user not in self.sessions:
            cookies = http.cookies.SimpleCookie()
            _, page, _ = self.ask(cookies, "GET", "/login/")
            token = re.search(rb'name="csrf_token"[^>]*value="([^"]*)"', page).group(1).decode()
            form = {"username": user, "password": user, "csrf_token": html.unescape(token)}
            self.ask(cookies, "POST", "/login/", urllib.parse.urlencode(form).encode())
            self.sessions[user] = cookies
        return self.sessions[user]

    def ask(self, cookies, method, path, body=None, kind="application/x-www-form-urlencoded"):
        headers = {"Content-Type": kind, "Cookie": "; ".join(f"{n}={c.value}" for n, c in cookies.items())}
        connection = http.client.HTTPConnection(self.server, timeout=300)
        try:
            connection.connect()
        except ConnectionRefusedError:
            raise SystemExit(f"no Superset answers at {self.server}") from None
        began = time.perf_counter()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        connection.close()
        for header in response.headers.get_all("Set-Cookie") or []:
            cookies.load(header)
        return response.status, content, seconds

    def seconds(self, case):
        cookies = self.session(case.user)
        path, kind, body = case.posted()
        status, content, seconds = self.ask(cookies, "POST", path, body, kind)
        if status != 200:
            raise SystemExit(f"{case.name}: Superset answered {status}: {content[:200]!r}")
        return seconds
