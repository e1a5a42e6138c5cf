#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pages that a browser meets, good and bad ones; /PATH?argument. Prints two ports, of two origins with the same pages.

Ends with its standard input. Each request is a line of the log: port, path, and the cookies that came with it.
"""
import http.server
import sys
import threading
import time
import urllib.parse

LOG = open(sys.argv[1], "a", buffering=1, encoding="utf-8")
GREEN = "<!doctype html><body style='margin:0;background:#00ff00'>"
SCRIPT = "<!doctype html><body style='margin:0;background:#00ff00'><script>%s</script>"
DASHBOARD = """<!doctype html><body style="margin:0"><div class="standalone">
<div class="dashboard-component-chart-holder dashboard-chart-id-7" id="CHART-a">
 <div class="chart-container" style="height:200px"><div class="loading">...</div></div></div>
<div class="dashboard-component-chart-holder dashboard-chart-id-8" id="CHART-b" style="margin-top:1800px">
 <div class="chart-container" style="height:200px" id="b"><div class="loading">...</div></div></div>
</div><script>
const show = (e, colour) => { e.innerHTML = `<div class="slice_container" style="height:200px;background:${colour}"></div>` };
fetch('/after?300').then(() => show(document.querySelector('#CHART-a .chart-container'), '#0000ff'));
if (%s) new IntersectionObserver(entries => entries.some(e => e.isIntersecting)
  && fetch('/after?300').then(() => show(b, '#ff0000'))).observe(b);
</script>"""
ALERT = """<!doctype html><div class="chart-container" style="height:90px"><div role="alert">Unexpected   error
of the chart</div></div>"""
MOVING = SCRIPT % """const began = performance.now();
const step = () => { const past = performance.now() - began; if (past > 1500) { document.body.style.background = '#0000ff'; return; }
  document.body.style.background = `rgb(${Math.floor(past) % 256},0,0)`; requestAnimationFrame(step) }; step();"""
PAGES = {
    "/ok": GREEN,
    "/dialogs": SCRIPT % "alert(1); document.title = confirm(2) + ' ' + prompt(3); onbeforeunload = () => 'stay';"
    "if (document.title === 'false null') document.body.style.background = '#0000ff'",
    "/eat": SCRIPT % "const all = []; for (;;) all.push(new Array(100000).fill(all.length + 0.5))",
    "/eat-buffers": SCRIPT % "const all = []; const eat = () => { all.push(new Uint8Array(16 << 20).fill(1)); setTimeout(eat, 20) }; eat(); fetch('/never')",
    "/hang": SCRIPT % "for (;;) {}",
    "/hang-later": SCRIPT % "onload = () => setTimeout(() => { for (;;) {} }, 50)",
    "/close": SCRIPT % "window.close(); setTimeout(() => window.close(), 50); fetch('/after?300')",
    "/window": SCRIPT % "if (window.open('/opened') === null) document.body.style.background = '#0000ff'",
    "/download-inside": SCRIPT % "const a = document.createElement('a'); a.href = '/attachment'; a.click()",
    "/image-never": GREEN + "<img src='/never?picture'>",
    "/fetch-never": SCRIPT % "fetch('/never?data')",
    "/js-login": SCRIPT % "location = '/login/?next=/js-login'",
    "/bounce": SCRIPT % "location = '/bounce?' + Math.random()",
    "/dashboard": DASHBOARD % "true",
    "/dashboard-stuck": DASHBOARD % "false",
    "/alert": ALERT,
    "/moving": MOVING,
    "/login/": "<!doctype html><form>login</form>",
    "/worker": SCRIPT % "new Worker(URL.createObjectURL(new Blob([`fetch('http://other.invalid/w').catch(() => postMessage(1))`])))"
    ".onmessage = () => { document.body.style.background = '#0000ff' }",
    "/settled": SCRIPT % "setTimeout(() => fetch('/after?200').then(() => { document.body.style.background = '#0000ff' }), 100)",
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path, _, query = self.path.partition("?")
        query = urllib.parse.unquote(query)
        LOG.write(f"{self.server.server_port} {self.path} {self.headers.get('Cookie', '-')}\n")
        if path == "/never":
            time.sleep(3600)
        elif path == "/drip":
            self.start(200, {"Content-Type": "text/html", "Transfer-Encoding": "chunked"})
            self.wfile.write(b"5\r\n<p>no\r\n")
            time.sleep(3600)
        elif path == "/after":
            time.sleep(int(query) / 1000)
            self.page("done")
        elif path == "/redirect":
            self.page("", 302, {"Location": query})
        elif path == "/location":
            self.page(SCRIPT % f"setTimeout(() => location = {query!r}, 50)")
        elif path == "/refresh":
            self.page(f"<meta http-equiv=refresh content='0;url={query}'>{GREEN}")
        elif path == "/status":
            self.page(f"<h1>{query}</h1>", int(query))
        elif path == "/attachment":
            self.page("data", 200, {"Content-Disposition": "attachment; filename=x.html"})
        elif path == "/socket":
            self.page(SCRIPT % f"new WebSocket('ws{query[4:]}/x'); fetch('/after?500')")
        elif path == "/parts":
            self.page(f"{GREEN}<img src='{query}/ok?image'><iframe src='{query}/ok?frame'></iframe>")
        elif path == "/cookie":
            cookies = self.headers.get("Cookie", "")
            colour = "#0000ff" if cookies == "session=geheim" else "#ff0000"
            body = f"<!doctype html><body style='background:{colour}'><script>if (document.cookie) document.body.style.background = '#000'</script>"
            self.page(body, 200, {"Set-Cookie": "other=1; Path=/; HttpOnly"})
        elif path in PAGES:
            self.page(PAGES[path])
        else:
            self.page("none", 404)

    def start(self, status, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def page(self, body, status=200, headers=None):
        data = body.encode()
        self.start(status, {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data)), **(headers or {})})
        self.wfile.write(data)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        pass  # Browsers that are killed leave their connections.


servers = [Server(("127.0.0.1", 0), Handler) for _ in range(2)]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
print(*(server.server_port for server in servers), flush=True)
sys.stdin.read()
