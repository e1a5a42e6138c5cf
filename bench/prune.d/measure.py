# SPDX-License-Identifier: MIT
"""measure.py PROGRAMS PLACE ROWS ROUNDS: prune_logs beside one DELETE and Superset's way, a writer going on meanwhile.

A table logs as Superset 4.1's, of which nine tenths are old. The writer is what Superset is to its metadata: a connection that
inserts a row and commits, twenty times a second, with sqlite3's usual five seconds of patience. A line for each comparison on
standard output, WHAT|OURS|THEIRS|RATIO|AIM; what they are made of on standard error.
"""
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone

PROGRAMS, PLACE, ROWS, ROUNDS = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
PAUSE = 0.05
DAYS = 30
SCHEMA = """
CREATE TABLE logs (id {id}, action VARCHAR(512), user_id INTEGER, json TEXT, dttm {time}, dashboard_id INTEGER,
  slice_id INTEGER, duration_ms INTEGER, referrer VARCHAR(1024), PRIMARY KEY (id));
CREATE INDEX ix_logs_user_id_dttm ON logs (user_id, dttm);
"""
DETAILS = json.dumps({"path": "/api/v1/chart/data", "force": False, "client": "x" * 230})


def say(text):
    print(text, file=sys.stderr, flush=True)


def stamp(moment):
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def now():
    return datetime.now(timezone.utc).replace(tzinfo=None)


def rows():
    """The last tenth is young."""
    old = ROWS * 9 // 10
    begin, end = now() - timedelta(days=300), now() - timedelta(days=DAYS + 1)
    for number in range(ROWS):
        young = now() - timedelta(days=1)
        moment = begin + (end - begin) * (number / old) if number < old else young
        yield (number + 1, "ChartDataRestApi.data", number % 40, DETAILS, stamp(moment), number % 100, number % 700, 120, None)


class SQLite:
    name = "SQLite"

    def __init__(self):
        self.path = f"{PLACE}/metadata.db"
        self.full = f"{PLACE}/full.db"
        self.url = f"sqlite:///{self.path}"
        database = sqlite3.connect(self.full)
        database.executescript(SCHEMA.format(id="INTEGER NOT NULL", time="DATETIME"))
        database.executemany("INSERT INTO logs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows())
        database.commit()
        database.close()

    def refill(self):
        shutil.copyfile(self.full, self.path)
        os.sync()

    def connect(self):
        database = sqlite3.connect(self.path, timeout=5, check_same_thread=False)

        def insert():
            with database:
                database.execute("INSERT INTO logs (action, user_id, dttm) VALUES ('log', 1, ?)", (stamp(now()),))

        return insert, database.close

    def delete(self, cutoff):
        subprocess.run(["sqlite3", "-cmd", ".timeout 5000", self.path, f"DELETE FROM logs WHERE dttm < '{cutoff}'"], check=True)

    def in_batches(self, cutoff):
        """Superset's way: all ids, then a commit for each 999 of them; without the ORM, which makes it slower."""
        database = sqlite3.connect(self.path, timeout=5)
        ids = [row[0] for row in database.execute("SELECT id FROM logs WHERE dttm < ?", (cutoff,))]
        for begin in range(0, len(ids), 999):
            batch = ids[begin:begin + 999]
            database.execute(f"DELETE FROM logs WHERE id IN ({','.join('?' * len(batch))})", batch)
            database.commit()
        database.close()

    def close(self):
        pass


class Postgres:
    name = "PostgreSQL"

    def __init__(self):
        self.place = f"{PLACE}/postgres"
        versions = "/usr/lib/postgresql"
        self.bin = f"{versions}/{max(os.listdir(versions), key=int)}/bin"
        self.url = f"postgresql://spool@/metadata?host={self.place}"
        self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        os.mkdir(self.place)
        if self.user:
            shutil.chown(self.place, "postgres", "postgres")
        self.call([f"{self.bin}/initdb", "-D", f"{self.place}/data", "-A", "trust", "-U", "spool", "-E", "UTF8", "--locale=C.UTF-8"])
        self.server = subprocess.Popen(
            self.user + [f"{self.bin}/postgres", "-D", f"{self.place}/data", "-k", self.place, "-c", "listen_addresses=", "-c", "max_wal_size=4GB"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while subprocess.run([f"{self.bin}/pg_isready", "-q", "-h", self.place, "-d", "postgres"], check=False).returncode:
            time.sleep(0.1)
        self.sql("CREATE DATABASE metadata", "postgres")
        self.sql(SCHEMA.format(id="SERIAL", time="timestamp").replace("logs (id", "full_logs (id").replace("ON logs", "ON full_logs"))
        text = "".join("\t".join("\\N" if cell is None else str(cell) for cell in row) + "\n" for row in rows())
        self.sql(f"COPY full_logs FROM STDIN;\n{text}\\.\n")

    def call(self, command):
        subprocess.run(self.user + command, check=True, stdout=subprocess.DEVNULL, cwd="/tmp")

    def psql(self, database="metadata"):
        return ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.place, "-U", "spool", "-d", database]

    def sql(self, text, database="metadata"):
        subprocess.run(self.psql(database), input=text, text=True, check=True, stdout=subprocess.DEVNULL)

    def refill(self):
        self.sql("DROP TABLE IF EXISTS logs; CREATE TABLE logs (LIKE full_logs INCLUDING ALL); INSERT INTO logs SELECT * FROM full_logs;")
        self.sql("SELECT setval('full_logs_id_seq', (SELECT max(id) FROM logs))")
        self.sql("VACUUM ANALYZE logs")
        self.sql("CHECKPOINT")

    def connect(self):
        client = subprocess.Popen(self.psql(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

        def insert():
            client.stdin.write(f"INSERT INTO logs (action, user_id, dttm) VALUES ('log', 1, '{stamp(now())}') RETURNING 1;\n")
            client.stdin.flush()
            if client.stdout.readline() != "1\n":
                raise RuntimeError("the writer's row is lost")

        def close():
            client.stdin.close()
            client.wait()

        return insert, close

    def delete(self, cutoff):
        self.sql(f"DELETE FROM logs WHERE dttm < '{cutoff}'")

    def close(self):
        self.server.send_signal(2)
        self.server.wait()


class Writer(threading.Thread):
    """Inserts a row, and again; how long each took, and how many could not be."""

    def __init__(self, database):
        super().__init__()
        self.database, self.stopping = database, threading.Event()
        self.waits, self.refused = [], 0

    def run(self):
        insert, close = self.database.connect()
        while not self.stopping.wait(PAUSE):
            began = time.monotonic()
            try:
                insert()
            except sqlite3.OperationalError:
                self.refused += 1
            self.waits.append(time.monotonic() - began)
        close()

    def end(self):
        self.stopping.set()
        self.join()
        return self

    def told(self):
        ordered = sorted(self.waits)
        lost = f", {self.refused} refused" if self.refused else ""
        return (f"writer: {len(ordered)} rows, median {ordered[len(ordered) // 2] * 1000:.1f} ms, "
                f"99% {ordered[int(len(ordered) * 0.99)] * 1000:.1f} ms, worst {ordered[-1] * 1000:.0f} ms{lost}")


def measured(database, what, work):
    database.refill()
    writer = Writer(database)
    writer.start()
    time.sleep(1)
    began = time.monotonic()
    count = work()
    taken = time.monotonic() - began
    writer.end()
    rate = count / taken
    say(f"{database.name}, {what}: {count} rows in {taken:.1f} s, {rate:.0f} rows/s; {writer.told()}")
    return rate, max(writer.waits)


def peak(pid):
    """Of all processes of the task, PSS in MB."""
    total = 0
    for process in [pid] + [int(p) for p in open(f"/proc/{pid}/task/{pid}/children").read().split()]:
        with open(f"/proc/{process}/smaps_rollup") as file:
            total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    return total / 1024


def ours(database):
    most = 0

    def work():
        nonlocal most
        environment = {"PATH": "/usr/bin:/bin", "SUPERSET_METADATA_URL": database.url}
        task = subprocess.Popen([f"{PROGRAMS}/prune_logs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, env=environment, text=True)
        task.stdin.write(json.dumps({"retention_period_days": DAYS}))
        task.stdin.close()
        while task.poll() is None:
            try:
                most = max(most, peak(task.pid))
            except (OSError, ProcessLookupError):
                pass
            time.sleep(0.1)
        return json.load(task.stdout)["deleted"]

    rate, worst = measured(database, "prune_logs", work)
    return rate, worst, most


def theirs(database):
    def work():
        database.delete(stamp(now() - timedelta(days=DAYS)))
        return ROWS * 9 // 10

    return measured(database, "one DELETE", work)


def superset(database):
    def work():
        database.in_batches(stamp(now() - timedelta(days=DAYS)))
        return ROWS * 9 // 10

    return measured(database, "Superset's way", work)


def idle(database):
    def work():
        time.sleep(10)
        return 0

    return measured(database, "nothing", work)[1]


def compare(kind):
    database = kind()
    others = [theirs] + ([superset] if kind is SQLite else [])
    try:
        alone = idle(database)
        rounds = [(ours(database), *(other(database) for other in others)) for _ in range(ROUNDS)]
    finally:
        database.close()
    for place, name in enumerate(["one DELETE", "Superset's way"][:len(others)], 1):
        rates = [statistics.median(sides[side][0] for sides in rounds) for side in (0, place)]
        ratio = statistics.median(sides[0][0] / sides[place][0] for sides in rounds)
        print(f"{kind.name}: rows/s of prune_logs, of {name}|{rates[0]:.0f}|{rates[1]:.0f}|{ratio:.2f}|")
        wait, longest = (max(sides[side][1] for sides in rounds) for side in (0, place))
        # A server's writers wait for nobody else's rows.
        aim = "<=0.25" if kind is SQLite and place == 1 else ""
        print(f"{kind.name}: a writer's worst wait, ms, beside {name}|{wait * 1000:.0f}|{longest * 1000:.0f}|{wait / longest:.2f}|{aim}")
    print(f"{kind.name}: the same, beside nothing|{wait * 1000:.0f}|{alone * 1000:.0f}|{wait / alone:.1f}|")
    print(f"{kind.name}: peak memory of the task, MB|{max(sides[0][2] for sides in rounds):.1f}|||")


for backend in (SQLite, Postgres):
    compare(backend)
