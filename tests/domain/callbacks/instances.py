"""Small offices made up from a seed, in the format `callback-instance/1`."""

from datetime import date, timedelta
from random import Random
from typing import Any

Document = dict[str, Any]

MONDAYS = (
    date(2026, 3, 23),  # the clocks go forward the Sunday after
    date(2026, 3, 30),  # Easter week
    date(2026, 5, 11),  # Ascension and the day after
    date(2026, 6, 1),  # Constitution Day
    date(2026, 10, 19),  # the clocks go back the Sunday after
    date(2026, 12, 21),  # Christmas
    date(2027, 2, 1),
)
CLOSED = (
    date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 15), date(2026, 5, 25),
    date(2026, 6, 5), date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1),
)  # fmt: skip
SKILLS = ("simple", "general", "urgent", "children")


def hhmm(minute: int) -> str:
    """Minutes after midnight as HH:MM."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def make_instance(seed: int, calls: int = 30, advisers: int = 3, days: int = 4) -> Document:
    """An office with everything the format can hold, among it calls that cannot be placed and agreed ones."""
    rnd = Random(seed)
    monday = rnd.choice(MONDAYS)
    working = [day for n in range(40) if (day := monday + timedelta(n)).weekday() < 5 and day not in CLOSED][:days]
    people = [_adviser(rnd, number, working) for number in range(advisers)]
    bookings = [
        {"adviser": rnd.choice(people)["id"], "date": day.isoformat(), "start": hhmm(at), "end": hhmm(at + 45)}
        | {"kind": "meeting"}
        for day in working
        for at in [rnd.randrange(8 * 60, 14 * 60, 5)]
    ]
    cases = [_case(rnd, number, monday, people) for number in range(calls)]
    document: Document = {
        "format": "callback-instance/1",
        "name": f"made_{seed}",
        "seed": seed,
        "timezone": "Europe/Copenhagen",
        "slot_min": 5,
        "now": f"{working[0].isoformat()}T{rnd.choice(('07:30', '09:02', '11:00'))}",
        "horizon_days": [day.isoformat() for day in working],
        "closed_days": [day.isoformat() for day in CLOSED],
        "class_weight": {"1": 20, "2": 3, "3": 1},
        "unscheduled_extra_days": 5,
        "advisers": people,
        "bookings": bookings,
        "cases": cases,
    }
    hours = [(person["id"], day) for person in people for day in document["horizon_days"]]
    agreed = min(calls // 10, len(hours))
    for case, (adviser, day) in zip(rnd.sample(cases, agreed), rnd.sample(hours, agreed), strict=True):
        _agree(rnd, case, adviser, day)
    return document


def _adviser(rnd: Random, number: int, working: list[date]) -> Document:
    new = number > 0 and rnd.random() < 0.25
    skills = ["simple"] if new else ["simple", "general", *rnd.sample(SKILLS[2:], rnd.randrange(3))]
    shifts = []
    for day in working:
        if rnd.random() < 0.85 or number == 0:
            start, end = rnd.choice((480, 510, 540)), rnd.choice((780, 900, 945))
            pause = rnd.randrange(675, 735, 15)
            breaks = [[hhmm(pause), hhmm(pause + 30)]]
            shifts.append({"date": day.isoformat(), "start": hhmm(start), "end": hhmm(end), "breaks": breaks})
    return {"id": f"A{number}", "skills": sorted(skills), "new_staff": new, "shifts": shifts}


def _windows(rnd: Random) -> list[list[object]]:
    if rnd.random() < 0.3:
        return [[weekday, "08:00", "16:00"] for weekday in range(5)]
    found: list[list[object]] = []
    for _ in range(rnd.randrange(0, 5)):
        start = rnd.randrange(7 * 60, 16 * 60, 15)
        weekday, length = rnd.randrange(7), rnd.choice((10, 30, 60, 120))
        found.append([weekday, hhmm(start), hhmm(start + length)])
        if rnd.random() < 0.2:
            found.append([weekday, hhmm(start + length), hhmm(start + length + 30)])
    return found


def _case(rnd: Random, number: int, monday: date, people: list[Document]) -> Document:
    rank = rnd.choices((1, 2, 3), (1, 5, 8))[0]
    max_attempts = rnd.choice((1, 3))
    not_before = monday + timedelta(rnd.randrange(-3, 5))
    created = monday - timedelta(rnd.randrange(1, 9))
    return {
        "id": f"C{number:04d}",
        "class": rank,
        "category": "made_up",
        "skill": "urgent" if rank == 1 else rnd.choice(("simple", "simple", "general", "general", "children")),
        "duration": rnd.choice((10, 10, 15, 15, 20, 25, 30, 35, 40)),
        "created": f"{created.isoformat()}T{hhmm(rnd.randrange(1440))}",
        "due": (monday + timedelta(rnd.randrange(-4, 8))).isoformat(),
        "windows": _windows(rnd),
        "max_attempts": max_attempts,
        "min_gap_min": rnd.choice((0, 240, 1440)),
        "attempts_used": rnd.choice((0, 0, 0, 0, max_attempts)),
        "not_before": f"{not_before.isoformat()}T{hhmm(_existing(rnd.randrange(1440)))}"
        if rnd.random() < 0.3
        else None,
        "previous_adviser": rnd.choice(people)["id"] if rnd.random() < 0.3 else None,
        "confirmed": None,
    }


def _existing(minute: int) -> int:
    """A minute that every day has: the hour from two is missing on one Sunday in March."""
    return minute + 60 if 2 * 60 <= minute < 3 * 60 else minute


def _agree(rnd: Random, case: Document, adviser: str, day: str) -> None:
    """A time the patient agreed to, which an absence or a meeting may have taken since."""
    case["confirmed"] = {"adviser": adviser, "start": f"{day}T{hhmm(rnd.randrange(8 * 60, 15 * 60, 5))}"}
