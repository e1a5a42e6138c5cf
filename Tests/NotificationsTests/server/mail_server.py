# SPDX-License-Identifier: MIT
"""A mail server that keeps what it is given as JSON lines, and is as difficult as its recipients' names say.

usage: mail_server.py DIRECTORY plain|login|starttls|tls; prints its port, and ends with its standard input.
"""
import asyncio
import json
import ssl
import subprocess
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from mail_look import looked_at

directory, mode = sys.argv[1:3]


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("blocked"):
            return "554 5.7.1 nobody here listens to you"
        if address.startswith("busy"):
            return "451 4.3.0 come back"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("full"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        first = envelope.rcpt_tos[0]
        if first.startswith("spam"):
            return "554 5.6.0 this looks like spam"
        if first.startswith("scanner"):
            return "451 4.7.0 the scanner is not there"
        if first.startswith("hangup"):
            server.transport.abort()
            await asyncio.sleep(60)
        if first.startswith("silent"):
            await asyncio.sleep(60)
        mail = looked_at(envelope.original_content)
        mail.update(sender=envelope.mail_from, recipients=envelope.rcpt_tos, secure=server.transport.get_extra_info("sslcontext") is not None)
        mail["login"] = session.auth_data.login.decode() if session.auth_data else None
        with open(f"{directory}/mails", "a") as file:
            file.write(json.dumps(mail) + "\n")
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.login == b"superset" and data.password == "gehäim:@/".encode()
    return AuthResult(success=good, handled=good, auth_data=data, message=None if good else "535 5.7.8 gehäim:@/ is wrong")


def context():
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 3"
        " -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run(command.split(), cwd=directory, check=True, stderr=subprocess.DEVNULL)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(f"{directory}/certificate.pem", f"{directory}/key.pem")
    return made


def protocol(tls):
    options = {"enable_SMTPUTF8": True, "data_size_limit": 100 << 20}
    if mode == "login":
        options.update(authenticator=authenticate, auth_required=True, auth_require_tls=False)
    if mode == "starttls":
        options.update(tls_context=tls, require_starttls=True)
    return SMTP(Handler(), **options)


async def main():
    tls = context() if mode in ("starttls", "tls") else None
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: protocol(tls), "127.0.0.1", 0, ssl=tls if mode == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
