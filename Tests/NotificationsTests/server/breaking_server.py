# SPDX-License-Identifier: MIT
"""A mail server that breaks off at a step, or answers nonsense there, and keeps whether it has had the whole mail.

usage: breaking_server.py DIRECTORY STEP close|nonsense|endless|multiline|drip; prints its port.
"""
import socket
import sys
import threading
import time

directory, step, way = sys.argv[1:4]
STEPS = {"EHLO": "250-here\r\n250 SIZE", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", "QUIT": "221 bye"}


def say(connection, at, text):
    if at != step:
        return connection.sendall(f"{text}\r\n".encode())
    if way == "close":
        raise ConnectionError
    if way == "nonsense":
        return connection.sendall(b"\xff\x00\x1b[31m what?\r\n" * 3)
    if way == "endless":
        while True:
            connection.sendall(b"2" * 65536)
    if way == "multiline":
        code = text[:3]
        lines = "".join(f"{code}-line {number}\r\n" for number in range(5))
        return connection.sendall(f"{lines}{text}\r\n".encode())
    for byte in f"{text}\r\n".encode():
        connection.sendall(bytes([byte]))
        time.sleep(0.01)


def serve(connection):
    reader = connection.makefile("rb")
    try:
        say(connection, "greeting", "220 here")
        while line := reader.readline():
            verb = line[:4].decode("ascii", "replace").upper()
            say(connection, verb, STEPS.get(verb, "500 what?"))
            if verb != "DATA":
                continue
            if step == "body":
                reader.read(20)
                raise ConnectionError
            while reader.readline() != b".\r\n":
                pass
            with open(f"{directory}/mails", "a") as file:
                file.write("true\n")
            say(connection, "end", "250 taken")
    except OSError:
        pass
    finally:
        # With a reset, so that nobody waits for more.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        reader.close()
        connection.close()


server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
