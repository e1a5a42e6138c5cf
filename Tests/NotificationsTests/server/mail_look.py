# SPDX-License-Identifier: MIT
"""A mail as Python's own parser reads it, as JSON."""
import email
import email.policy
import hashlib
import json
import sys


def part(message):
    content = message.get_payload(decode=True)
    found = {
        "type": message.get_content_type(),
        "name": message.get_filename(),
        "disposition": message.get_content_disposition(),
        "id": message["Content-ID"],
        "size": len(content),
        "md5": hashlib.md5(content).hexdigest(),
    }
    if message.get_content_maintype() == "text" and found["disposition"] is None:
        found["text"] = content.decode(message.get_content_charset("utf-8")).replace("\r\n", "\n")
    return found


def tree(message):
    if message.is_multipart():
        return [message.get_content_subtype()] + [tree(inner) for inner in message.iter_parts()]
    return message.get_content_type()


def defects(message):
    found = [repr(defect) for defect in message.defects]
    found += [f"{name}: {defect!r}" for name, value in message.items() for defect in value.defects]
    return found + [defect for inner in (message.iter_parts() if message.is_multipart() else []) for defect in defects(inner)]


def looked_at(data):
    message = email.message_from_bytes(data, policy=email.policy.default)
    lines = data.split(b"\r\n")
    return {
        "headers": {name: str(value) for name, value in message.items()},
        "names": list(message.keys()),
        "to": [[a.display_name, a.addr_spec] for a in message["To"].addresses] if message["To"] else [],
        "preamble": message.preamble,
        "tree": tree(message),
        "parts": [part(inner) for inner in message.walk() if not inner.is_multipart()],
        "defects": defects(message),
        "longest": max(map(len, lines)),
        "stray": sum(b"\r" in line or b"\n" in line for line in lines),
        "ascii": data.isascii(),
    }


if __name__ == "__main__":
    print(json.dumps(looked_at(sys.stdin.buffer.read())))
