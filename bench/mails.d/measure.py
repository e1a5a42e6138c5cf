# SPDX-License-Identifier: MIT
"""measure.py PROGRAMS WORK ROUNDS: lines `what|ours|theirs|ratio|aim` for bench/mails."""

import json
import os
import subprocess
import sys
import time

COUNT = 40
ROWS = [[f"region {number}", str(number * 7919)] for number in range(200)]
programs, work, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
here = os.path.dirname(os.path.abspath(__file__))
sink = f"{work}/sendmail"


def write(name, content, mode=0o644):
    with open(f"{work}/{name}", "wb") as file:
        file.write(content)
    os.chmod(f"{work}/{name}", mode)


def picture(size):
    write(f"{size}.png", os.urandom(size))
    return f"{work}/{size}.png"


def request(path, count):
    return json.dumps({
        "recipients": [
            {"type": "Email", "recipient_config_json": {"target": f"reader{number}@example.com"}} for number in range(count)],
        "name": "Weekly: Sales", "description": "Sales of the <b>week</b>", "url": "https://superset.example.com/",
        "files": [path], "table": {"columns": ["region", "sales"], "rows": ROWS}})


def run(command, text):
    """Seconds, and the most memory in kilobytes that the program itself, not what it started, has had."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(text.encode())
    process.stdin.close()
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} ended with {status}: {output[-500:]}")
    return time.monotonic() - begun, usage.ru_maxrss, output


def ours(path, count):
    seconds, memory, output = run([f"{programs}/notify", "--config", f"{work}/spool.toml"], request(path, count))
    if output.count(b'"missing":[]') != count:
        sys.exit(f"not all were sent: {output}")
    return seconds, memory


def theirs(path, count):
    """The interpreter's start and imports are not counted."""
    _, memory, output = run([sys.executable, f"{here}/peer.py", sink], request(path, count))
    return float(output), memory


write("sendmail", b"#!/bin/sh\nexec cat >/dev/null\n", 0o755)
write("spool.toml", f'[superset]\nemail_delivery = "sendmail"\nsendmail = "{sink}"\n'.encode())
small, large = picture(1 << 20), picture(30 << 20)
best, memories = [float("inf"), float("inf")], [0, 0]
for _ in range(rounds):
    best[0] = min(best[0], ours(small, COUNT)[0])
    best[1] = min(best[1], theirs(small, COUNT)[0])
memories = [ours(large, 1)[1] / 1024, theirs(large, 1)[1] / 1024]
mine, peer = (1000 * seconds / COUNT for seconds in best)
print(f"a mail with a picture, against Python's email|{mine:.1f} ms|{peer:.1f} ms|{mine / peer:.2f}|<=0.4")
print(f"memory for 30 MB, against Python's email|{memories[0]:.0f} MB|{memories[1]:.0f} MB|{memories[0] / memories[1]:.2f}|<=0.5")
