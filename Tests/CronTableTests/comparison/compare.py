# SPDX-License-Identifier: MIT
"""Compares instants with those of croniter.

  compare.py generate SEED COUNT            cases, a line each: dialect, expression, zone, instant
  compare.py judge < ANSWERS                the same lines with next and previous instant behind them, or "error"

What croniter and we decide otherwise on nights on which clocks are changed stands in docs/DECISIONS.md; there the judge
asks no croniter for the zone, but goes through the night minute by minute, by the rule as it is written down.
"""
import bisect
import datetime
import random
import sys
import zoneinfo
from importlib.metadata import version

from croniter import CroniterBadDateError, croniter

VERSION = version("croniter")
UTC = datetime.timezone.utc
ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Asuncion",
    "Africa/Cairo", "America/Los_Angeles", "Asia/Beirut", "America/Havana", "Africa/Casablanca", "Europe/Dublin",
    "Pacific/Apia", "America/Santiago", "Asia/Kathmandu", "Asia/Tehran"]
FIELDS = {
    "minute": (0, 59), "hour": (0, 23), "day": (1, 31), "month": (1, 12), "weekday": (0, 7), "second": (0, 59)}
NAMES = {
    "month": "jan feb mar apr may jun jul aug sep oct nov dec".split(),
    "weekday": "sun mon tue wed thu fri sat".split()}
YEARS = (1996, 2045)


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        # Superset's croniter knows neither ranges that wrap around nor question marks.
        self.is_old = VERSION < "3"
        self.is_night = False

    def value(self, field):
        low, high = FIELDS[field]
        # The older one knows 7 only by itself, and not in every place.
        high = {"weekday": 6, "day": 28}.get(field, high) if self.is_old else high
        number = self.random.randint(low, high)
        if field in NAMES and self.random.random() < 0.3:
            name = NAMES[field][(number - low) % len(NAMES[field])]
            return number, self.random.choice([name, name.upper(), name.capitalize()])
        return number, str(number)

    def item(self, field, is_first):
        low, high = FIELDS[field]
        kind = self.random.random()
        # croniter looks for stars in the whole of a day field, crontab(5) at its beginning.
        if field in ("day", "weekday") and not is_first:
            kind = max(kind, 0.6) if kind >= 0.45 else kind
        step = self.random.randint(1, max(2, (high - low) // 2))
        # The older one stumbles over days that a month does not have: a value or a range up to 28 is left.
        if self.is_old and field == "day":
            kind = self.random.choice([0, 0.8])
        if kind < 0.45:
            return self.value(field)[1]
        if kind < 0.6:
            return f"*/{step}"
        first, first_text = self.value(field)
        if kind < 0.7:
            # For 2.0.5 a week that begins at 4 ends with 7, not with 6: 4/1 has the Sunday in it.
            return first_text if self.is_old and field == "weekday" else f"{first_text}/{step}"
        last, last_text = self.value(field)
        if field == "weekday":
            first, last = first % 7, last % 7
        # croniter takes 5-5 for the whole cycle.
        if first == last:
            return first_text
        if last < first and self.is_old:
            first_text, last_text, first, last = last_text, first_text, last, first
        if field == "day" and first < 31 and not self.is_old and self.random.random() < 0.1:
            return f"{first_text}-L"
        # croniter goes on one too far where a step leads over the end of the cycle.
        if kind < 0.85 or last < first:
            return f"{first_text}-{last_text}"
        return f"{first_text}-{last_text}/{step}"

    def field(self, field, openness):
        if field == "hour" and self.is_night and self.random.random() < 0.7:
            # Where clocks are changed, almost everywhere.
            return self.random.choice(["0", "1", "2", "3", "1-3", "0,2", "0-4", "*/2", "2-3", "23-1"])
        if self.random.random() < openness:
            return "?" if field in ("day", "weekday") and not self.is_old and self.random.random() < 0.1 else "*"
        return ",".join(self.item(field, index == 0) for index in range(self.random.choice([1, 1, 1, 2, 3])))

    def expression(self, dialect):
        if self.random.random() < 0.03:
            return self.random.choice(
                "@hourly @daily @midnight @weekly @monthly @yearly @annually @Daily".split())
        day, weekday = self.field("day", 0.6), self.field("weekday", 0.6)
        special = self.random.random()
        if special < 0.05:
            day = self.random.choice(["L", "1,L", "15,l"])
        elif special < 0.1:
            # Beside a day of the month croniter takes # and L5 for a further condition.
            day, number = "*", self.random.randint(0, 6)
            name = NAMES["weekday"][number]
            weekday = self.random.choice([f"{number}#{self.random.randint(1, 5)}", f"L{number}",
                                          f"{name}#{self.random.randint(1, 5)}", f"{name}#1,{name}#3", "mon-fri#1"])
        fields = [self.field("minute", 0.2), self.field("hour", 0.35), day, self.field("month", 0.6), weekday]
        if self.random.random() < 0.2:
            second = self.field("second", 0.2)
            fields = fields + [second] if dialect == "superset" else [second] + fields
        return " ".join(fields)

    def case(self):
        # The older one cannot be told to read as crontab(5) has it.
        dialect = "superset" if self.is_old else self.random.choice(["superset", "crontab"])
        zone = "UTC" if self.is_old else self.random.choice(ZONES)
        self.is_night = zone != "UTC" and self.random.random() < 0.4
        start, end = (int(datetime.datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in YEARS)
        instant = self.random.randint(start, end)
        if self.is_night and changes(zone):
            instant = self.random.choice(changes(zone)) + self.random.randint(-100000, 100000)
        if self.random.random() < 0.2:
            instant -= instant % self.random.choice([60, 1800, 3600, 86400])
        return dialect, self.expression(dialect), zone, instant


def offset(zone, instant):
    return int(datetime.datetime.fromtimestamp(instant, zoneinfo.ZoneInfo(zone)).utcoffset().total_seconds())


CHANGES = {}


def changes(zone):
    """The instants from which on the clocks of the zone are otherwise."""
    if zone not in CHANGES:
        start, end = (int(datetime.datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1990, 2110))
        found, before = [], offset(zone, start)
        for instant in range(start, end, 6 * 3600):
            now = offset(zone, instant)
            if now != before:
                low, high = instant - 6 * 3600, instant
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
                found.append(high)
            before = now
        CHANGES[zone] = found
    return CHANGES[zone]


def change_near(zone, instant):
    """A change within the time for which clocks show what they show twice or never: a day and some more."""
    all_changes = changes(zone)
    index = bisect.bisect_left(all_changes, instant - 100000)
    return index < len(all_changes) and all_changes[index] <= instant + 100000 and all_changes[index] or None


def reader(dialect, expression, start, **options):
    if dialect == "crontab":
        options |= {"implement_cron_bug": True, "second_at_beginning": True}
    return croniter(expression, start, **options)


def answer(dialect, expression, zone, instant, is_next):
    """croniter's own; None where it gives up, which it does after fifty years."""
    start = datetime.datetime.fromtimestamp(instant, UTC if zone == "UTC" else zoneinfo.ZoneInfo(zone))
    iterator = reader(dialect, expression, start, ret_type=float)
    try:
        return int(iterator.get_next() if is_next else iterator.get_prev())
    except CroniterBadDateError:
        return None


def is_rhythm(dialect, expression):
    fields = expression.split()
    if fields[0].startswith("@"):
        return fields[0].lower() == "@hourly"
    seconds = [] if len(fields) == 5 else [fields[5] if dialect == "superset" else fields[0]]
    if len(fields) == 6 and dialect == "crontab":
        fields = fields[1:]
    return any(field.startswith("*") for field in fields[:2] + seconds)


def by_the_rule(dialect, expression, zone, instant, is_next, change):
    """The rule, gone through second by second or minute by minute for two days on each side of the change."""
    step = 60 if len(expression.split()) < 6 else 1
    reach = 2 * 86400 if step == 60 else 30 * 3600
    first, last = change - reach, change + reach
    naive = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=first - 100000)
    named, limit = set(), last + 100000
    for moment in reader(dialect, expression, naive, ret_type=float).all_next(float):
        if moment > limit:
            break
        named.add(int(moment))
    due, shown, before = set(), set(), None
    missing = sorted(named)
    for now in range(first - first % step, last + 1, step):
        local = now + offset(zone, now)
        if is_rhythm(dialect, expression):
            if local in named:
                due.add(now)
        else:
            if local in named and local not in shown:
                due.add(now)
            if before is not None and local > before + step:
                skipped = missing[bisect.bisect_right(missing, before):bisect.bisect_left(missing, local)]
                if any(moment not in shown for moment in skipped):
                    due.add(now)
            shown.add(local)
        before = local
    due = sorted(moment for moment in due if (moment > instant if is_next else moment < instant))
    if due:
        return due[0] if is_next else due[-1]
    return "later" if is_next else "earlier", last if is_next else first


def judge(dialect, expression, zone, instant, is_next, ours):
    """Empty where all is well, "night" where the rule decided, otherwise what is wrong."""
    theirs = answer(dialect, expression, zone, instant, is_next)
    if ours == theirs:
        return ""
    if theirs is None:
        return "" if ours in ("error", "none") or abs(int(ours) - instant) > 49 * 366 * 86400 else "croniter finds none"
    if ours in ("error", "none"):
        return f"croniter finds {theirs}"
    for result in (ours, theirs):
        change = change_near(zone, result)
        if change is not None:
            rule = by_the_rule(dialect, expression, zone, instant, is_next, change)
            agrees = rule == ours or rule[0] == "later" and ours > rule[1] or rule[0] == "earlier" and ours < rule[1] \
                if isinstance(rule, tuple) else rule == ours
            return "night" if agrees else f"croniter finds {theirs}, and the rule {rule}"
    return f"croniter finds {theirs}"


def main():
    if sys.argv[1] == "generate":
        generator = Generator(int(sys.argv[2]))
        for _ in range(int(sys.argv[3])):
            print("\t".join(map(str, generator.case())))
        return
    nights = count = wrong = 0
    for line in sys.stdin:
        dialect, expression, zone, instant, *ours = line.rstrip("\n").split("\t")
        for is_next, mine in zip((True, False), ours):
            count += 1
            mine = mine if mine in ("error", "none") else int(mine)
            verdict = judge(dialect, expression, zone, int(instant), is_next, mine)
            nights += verdict == "night"
            if verdict not in ("", "night"):
                wrong += 1
                print(f"WRONG {dialect} '{expression}' {zone} {instant} {'next' if is_next else 'previous'}:"
                      f" we find {mine}, {verdict}")
    print(f"croniter {VERSION}: {count} instants, {nights} on nights by the rule, {wrong} wrong")


main()
