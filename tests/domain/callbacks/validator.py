"""Checks a plan against its instance from the two JSON documents alone; shares nothing with the planner."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

Document = dict[str, Any]


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian rule."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def danish_holidays(year: int) -> set[date]:
    """Public holidays; the fourth Friday after Easter is one up to 2023."""
    sunday = easter(year)
    offsets = [-3, -2, 0, 1, 39, 49, 50] + ([26] if year < 2024 else [])
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    return fixed | {sunday + timedelta(days=offset) for offset in offsets}


def local(text: str, zone: ZoneInfo) -> datetime:
    """An aware moment from a wall time; the wall time must exist."""
    moment = datetime.fromisoformat(text).replace(tzinfo=zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValueError(f"{text} does not exist")
    return moment


def clock(text: str) -> int:
    """Minutes after midnight."""
    return int(text[:2]) * 60 + int(text[3:])


def is_working(day: date, closed: set[date]) -> bool:
    """Monday to Friday and not closed."""
    return day.weekday() < 5 and day not in closed


def days_late(day: date, due: date, closed: set[date]) -> int:
    """Working days after due up to and including the day."""
    late, at = 0, due
    while at < day:
        at += timedelta(days=1)
        late += is_working(at, closed)
    return late


class Office:
    """What the instance says, in look-up tables."""

    def __init__(self, instance: Document) -> None:
        self.document = instance
        self.zone = ZoneInfo(instance["timezone"])
        self.closed = {date.fromisoformat(day) for day in instance["closed_days"]}
        self.advisers = {adviser["id"]: adviser for adviser in instance["advisers"]}
        self.cases = {case["id"]: case for case in instance["cases"]}
        self.taken: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for booking in instance["bookings"]:
            span = (clock(booking["start"]), clock(booking["end"]))
            self.taken[booking["adviser"], booking["date"]].append(span)

    def at_work(self, adviser: str, day: str, start: int, end: int) -> bool:
        """Whether the adviser is there, not on a break and not booked."""
        for shift in self.advisers[adviser]["shifts"]:
            inside = shift["date"] == day and clock(shift["start"]) <= start and end <= clock(shift["end"])
            if inside and not any(clock(rest[0]) < end and start < clock(rest[1]) for rest in shift["breaks"]):
                return not any(a < end and start < b for a, b in self.taken[adviser, day])
        return False

    def still_there(self, case: Document) -> bool:
        """Whether an agreed call's adviser is still free for it."""
        agreed = case["confirmed"]
        day, start = agreed["start"].split("T")
        minute = clock(start)
        return day in self.document["horizon_days"] and self.at_work(
            agreed["adviser"], day, minute, minute + case["duration"]
        )


def violations(instance: Document, plan: Document) -> list[str]:
    """Everything a plan does that it may not, as `rule case`."""
    office, found = Office(instance), []
    seen: set[str] = set()
    desks: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    for row in plan["placed"]:
        case = office.cases[row["case"]]
        if row["case"] in seen:
            found.append(f"twice {row['case']}")
        seen.add(row["case"])
        day, start = row["start"].split("T")
        begin = clock(start)
        desks[row["adviser"], day].append((begin, begin + case["duration"], row["case"]))
        agreed = case["confirmed"]
        if agreed and (agreed["adviser"], agreed["start"]) == (row["adviser"], row["start"]):
            continue
        if agreed and office.still_there(case):
            found.append(f"agreed_moved {row['case']}")
        found += _broken_by(office, case, row["adviser"], day, begin)
    for row in plan["unplaced"]:
        if row["case"] in seen:
            found.append(f"twice {row['case']}")
        seen.add(row["case"])
        case = office.cases[row["case"]]
        if case["confirmed"] and office.still_there(case):
            found.append(f"agreed_dropped {row['case']}")
    found += [f"missing {case}" for case in office.cases if case not in seen]
    for calls in desks.values():
        calls.sort()
        found += [f"overlap {b[2]}" for a, b in pairwise(calls) if b[0] < a[1]]
    return found


def _broken_by(office: Office, case: Document, adviser: str, day: str, begin: int) -> list[str]:
    """The rules that one call breaks."""
    instance, on = office.document, date.fromisoformat(day)
    start = f"{day}T{begin // 60:02d}:{begin % 60:02d}"
    end = begin + case["duration"]
    person = office.advisers[adviser]
    earliest = [local(instance["now"], office.zone)]
    if case["not_before"]:
        earliest.append(local(case["not_before"], office.zone))
    rules = {
        "horizon": day in instance["horizon_days"],
        "closed": is_working(on, office.closed) and on not in danish_holidays(on.year),
        "grid": begin % instance["slot_min"] == 0,
        "window": any(
            weekday == on.weekday() and clock(a) <= begin and end <= clock(b) for weekday, a, b in case["windows"]
        ),
        "at_work": office.at_work(adviser, day, begin, end),
        "skill": case["skill"] in person["skills"] and (not person["new_staff"] or case["skill"] == "simple"),
        "too_early": local(start, office.zone) >= max(earliest),
        "attempts": case["attempts_used"] < case["max_attempts"],
    }
    return [f"{rule} {case['id']}" for rule, kept in rules.items() if not kept]


def objective(instance: Document, plan: Document) -> tuple[int, int]:
    """Class-1 calls late or left out, and weighted tardiness, counted from the documents."""
    closed = {date.fromisoformat(day) for day in instance["closed_days"]}
    last = date.fromisoformat(instance["horizon_days"][-1])
    starts = {row["case"]: date.fromisoformat(row["start"][:10]) for row in plan["placed"]}
    late_first = weighted = 0
    for case in instance["cases"]:
        due = date.fromisoformat(case["due"])
        if case["id"] in starts:
            late = days_late(starts[case["id"]], due, closed)
        else:
            beyond = days_late(last, due, closed) - days_late(due, last, closed)
            late = max(1, beyond + instance["unscheduled_extra_days"])
        late_first += case["class"] == 1 and late > 0
        weighted += instance["class_weight"][str(case["class"])] * late
    return late_first, weighted
