# SPDX-License-Identifier: MIT
"""Pages that show by the same signs as Superset's how far they are; what becomes of one is told by its number."""

NEVER = 700
ALARMED = 701
AWAY = 702
FAILED = 703
SLOW = 704

HEAD = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #fff } .chart-container { width: 100%; height: 300px }
.slice_container { height: 100%; background: #1fa8c9 } .loading { height: 50px; background: #888 }
.menu { height: 80px; background: #000 }
</style>"""

# The data come later, and only then does the sign of loading go.
SCRIPT = """<script>
for (const place of document.querySelectorAll('.chart-container')) {
  const after = Number(place.dataset.after);
  if (after) setTimeout(() => { place.innerHTML = '<div class="slice_container"></div>' }, after);
}
</script>"""


def container(after, inner='<div class="loading"></div>'):
    return f'<div class="chart-container" data-after="{after}">{inner}</div>'


def chart(number):
    if number == AWAY:
        return HEAD + "<script>location.href = 'http://127.0.0.2:9/'</script>"
    if number == ALARMED:
        return HEAD + container(0, '<div role="alert">no such column</div>')
    if number == FAILED:
        # The alert comes in the place of the chart, once its data have failed.
        return HEAD + container(300) + SCRIPT.replace("place.innerHTML", "place.outerHTML").replace(
            '<div class="slice_container"></div>', '<div role="alert">Unexpected error\\n no such column</div>')
    if number == SLOW:
        return HEAD + container(3000) + SCRIPT
    return HEAD + container(0 if number == NEVER else 300) + SCRIPT


def holder(number, after):
    name = f"dashboard-component-chart-holder dashboard-chart-id-{number}"
    return f'<div class="{name}">{container(after)}</div>'


def dashboard(number, is_report):
    charts = holder(1, 200) + holder(2, 0 if number == NEVER else 500)
    body = f'<div class="standalone"><div class="grid-container">{charts}</div></div>'
    return HEAD + (body if is_report else f'<div class="menu"></div>{charts}') + SCRIPT
