# SPDX-License-Identifier: MIT
"""peer.py SENDMAIL: the mails of a request on standard input by Python's email package; prints the seconds."""

import html
import json
import subprocess
import sys
import time
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid

request = json.load(sys.stdin)
with open(request["files"][0], "rb") as file:
    picture = file.read()


def mail(address):
    message = MIMEMultipart("related")
    message["Subject"] = f"[Report]  {request['name']}"
    message["From"] = "superset@superset.com"
    message["To"] = address
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid()
    message.preamble = "This is a multi-part message in MIME format."
    rows = "".join(
        f"<tr><th>{number}</th>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for number, row in enumerate(request["table"]["rows"]))
    page = f"<html><body><div>{request['description']}</div><table>{rows}</table><img src='cid:a@b'></body></html>"
    message.attach(MIMEText(page, "html", "utf-8"))
    image = MIMEImage(picture, "png", name="sales.png")
    image.add_header("Content-ID", "<a@b>")
    image.add_header("Content-Disposition", "inline")
    message.attach(image)
    return message.as_string().encode()


begun = time.monotonic()
for recipient in request["recipients"]:
    target = recipient["recipient_config_json"]["target"]
    subprocess.run([sys.argv[1], "-i", "-f", "superset@superset.com", "--", target], input=mail(target), check=True)
print(time.monotonic() - begun)
