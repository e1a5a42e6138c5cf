# SPDX-License-Identifier: MIT
"""measure.py WORK PROGRAMS RECORDED ROUNDS [URL]: the time beyond the SQL of every recorded case, by group, and the ratios.

The lines of the table at the end go to WORK/numbers."""

import json
import statistics
import sys

from cases import recorded, statements
from sides import Peer, Place, Resident, Spawned, Statements

work, programs, directory, rounds = sys.argv[1:5]
url = sys.argv[5] if len(sys.argv) > 5 else None
configuration = f"{work}/spool.toml"
cases = list(recorded(directory, f"{work}/metadata.db"))
alone = Statements(f"{work}/statements", f"{work}/examples.db")
spawned = Spawned(Place(f"{work}/spawned", programs, configuration))
resident = Resident(Place(f"{work}/resident", programs, configuration))
peer = Peer(url) if url else None

for case in list(cases):
    case.texts = []
    # A range that begins now is one no more once its end has passed.
    if spawned.seconds(case) is None:
        print(f"{case.name} fails and is left out", file=sys.stderr)
        cases.remove(case)
    elif case.asks_for_rows:
        if spawned.seconds(case, case.told_in_full()) is None:
            sys.exit(f"{case.name}: no answer that tells its SQL")
        case.texts = list(statements(json.loads(spawned.place.answer())))
    case.times = {side: [] for side in ("sql", "spawned", "resident", "peer")}


def ask(case):
    """The seconds of everybody, one beside the other."""
    times = {"sql": alone.seconds(case.texts), "spawned": spawned.seconds(case), "resident": resident.seconds(case)}
    return times | ({"peer": peer.seconds(case)} if peer else {})


def note(case):
    for side, seconds in ask(case).items():
        case.times[side].append(seconds * 1000)


for number in range(int(rounds) + 1):
    for case in cases:
        # The first round warms everybody up.
        note(case) if number else ask(case)
    print(f"round {number} of {rounds}", file=sys.stderr)
# It stands alone below, with nothing to even it out.
first = next(case for case in cases if case.name == "001-groupby-one")
for _ in range(20):
    note(first)
resident.end()
alone.end()

for case in cases:
    # The best of the rounds on each side: what else the machine does counts for nobody.
    case.sql = min(case.times["sql"])
    if not peer:
        case.times["peer"] = [case.recorded]
    case.beyond = {side: min(case.times[side]) - case.sql for side in ("spawned", "resident", "peer")}
    case.beyond["recorded"] = case.recorded - case.sql


def show(name, group):
    sums, medians = ({side: f([case.beyond[side] for case in group]) for side in group[0].beyond}
                     for f in (sum, statistics.median))
    cells = [f"{name:<18}{len(group):>5}{sum(case.sql for case in group):>9.0f}"]
    cells += [f"{sums[side]:>10.0f}{medians[side]:>8.1f}" for side in ("spawned", "resident", "peer", "recorded")]
    cells += [f"{sums[side] / sums['peer']:>10.3f}" for side in ("spawned", "resident")]
    print("".join(cells))
    return sums


print("milliseconds beyond the SQL, which is shown first: the sum, and the median of a case; what we take of the peer's")
if not peer:
    print("no Superset was measured: the peer's numbers are those of the recording")
heads = "".join(f"{side:>10}{'':>8}" for side in ("spawned", "resident", "peer", "recorded"))
print(f"{'group':<18}{'cases':>5}{'sql':>9}{heads}{'spawned/':>10}{'resident/':>10}")
for group in dict.fromkeys(case.group for case in cases):
    show(group, [case for case in cases if case.group == group])
sums = show("all", cases)

print("where we take the largest part:")
for case in sorted(cases, key=lambda case: case.beyond["spawned"] / case.beyond["peer"])[:-6:-1]:
    print(f"  {case.name}: sql {case.sql:.1f}, " + ", ".join(f"{side} {ms:.1f}" for side, ms in case.beyond.items()))
whose = "Superset" if peer else "recorded"
# What the worker of a real Superset took for this one, with 18 for the SQL.
worker = 50 - 18
with open(f"{work}/numbers", "w") as file:
    for side, limit in (("spawned", 0.25), ("resident", 0.1)):
        ours, theirs = sums[side] / len(cases), sums["peer"] / len(cases)
        print(f"charts beyond the SQL, {side}|{ours:.1f} ms|{whose}: {theirs:.1f} ms|{ours / theirs:.3f}|<={limit}", file=file)
        ours = first.beyond[side]
        print(f"one chart's, {side}|{ours:.1f} ms|recorded worker: {worker} ms|{ours / worker:.3f}|<={limit}", file=file)
