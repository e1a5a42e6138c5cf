# SPDX-License-Identifier: MIT
"""Flask's signed sessions and Flask-WTF's tokens, with nothing but the standard library."""
import base64
import hashlib
import hmac
import json
import time
import zlib


class BadSignature(Exception):
    pass


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Serializer:
    """A value as text, with the time and a signature behind it."""

    def __init__(self, secret, salt, derivation, compresses):
        digests = {
            "hmac": lambda: hmac.new(secret.encode(), salt.encode(), hashlib.sha1).digest(),
            "django-concat": lambda: hashlib.sha1((salt + "signer" + secret).encode()).digest(),
        }
        self.key = digests[derivation]()
        self.compresses = compresses

    def dumps(self, value):
        data = json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
        text = encoded(data)
        packed = zlib.compress(data)
        if self.compresses and len(packed) < len(data) - 1:
            text = "." + encoded(packed)
        now = int(time.time())
        text += "." + encoded(now.to_bytes((now.bit_length() + 7) // 8, "big"))
        return text + "." + encoded(self.signature(text))

    def loads(self, text, lifetime):
        try:
            signed, signature = text.rsplit(".", 1)
            if not hmac.compare_digest(decoded(signature), self.signature(signed)):
                raise BadSignature("it does not match")
            payload, stamp = signed.rsplit(".", 1)
            age = time.time() - int.from_bytes(decoded(stamp), "big")
            if age > lifetime or age < -60:
                raise BadSignature("it has expired")
            data = zlib.decompress(decoded(payload[1:])) if payload[:1] == "." else decoded(payload)
            return json.loads(data)
        except (ValueError, zlib.error) as error:
            raise BadSignature(str(error)) from error

    def signature(self, text):
        return hmac.new(self.key, text.encode(), hashlib.sha1).digest()


def sessions(secret):
    return Serializer(secret, "cookie-session", "hmac", compresses=True)


def tokens(secret):
    return Serializer(secret, "wtf-csrf-token", "django-concat", compresses=False)
