"""Which look-ups a reviewer sees: those that carry a mark, and a random sample of the others, week by week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from pkui.domain.access_codes import ReviewMark
from pkui.domain.folding import fold_words

MANY_CASES, MANY_WITHIN = 30, timedelta(hours=1)
"""So many different patients looked up within so long is marked."""
STRONG = frozenset(ReviewMark) - {ReviewMark.NO_TASK, ReviewMark.MANY}
"""Marks that every look-up with one is reviewed for; the others are drawn from first."""


@dataclass(frozen=True)
class Pair:
    """One person's look-ups of one patient in a week, and what is known of the two."""

    staff_id: UUID
    patient_id: UUID
    times: tuple[datetime, ...]
    staff_name: str
    patient_name: str | None
    is_self: bool = False
    is_colleague: bool = False
    same_address: bool = False
    break_glass: bool = False
    had_task: bool = True


@dataclass(frozen=True)
class Drawn:
    """A pair to be reviewed, with its marks; none where chance drew it."""

    pair: Pair
    marks: tuple[ReviewMark, ...]


def monday(day: date) -> date:
    """The first day of the week."""
    return day - timedelta(days=day.weekday())


def marks_of(pair: Pair, busy: frozenset[UUID]) -> tuple[ReviewMark, ...]:
    """Every mark of a pair, the gravest first; `busy` are people who looked at many within an hour."""
    mine, hers = fold_words(pair.staff_name), fold_words(pair.patient_name or "")
    holds = {
        ReviewMark.OWN_CASE: pair.is_self,
        ReviewMark.OWN_NAME: not pair.is_self and bool(hers) and mine == hers,
        ReviewMark.COLLEAGUE: pair.is_colleague and not pair.is_self,
        ReviewMark.SAME_ADDRESS: pair.same_address and not pair.is_self,
        ReviewMark.SAME_SURNAME: bool(hers and mine) and mine != hers and mine[-1] == hers[-1],
        ReviewMark.BREAK_GLASS: pair.break_glass,
        ReviewMark.MANY: pair.staff_id in busy,
        ReviewMark.NO_TASK: not pair.had_task,
    }
    return tuple(mark for mark in ReviewMark if holds[mark])


def looked_at_many(pairs: Iterable[Pair]) -> frozenset[UUID]:
    """Who looked at `MANY_CASES` different patients within `MANY_WITHIN`."""
    by_person: dict[UUID, list[tuple[datetime, UUID]]] = {}
    for pair in pairs:
        by_person.setdefault(pair.staff_id, []).extend((at, pair.patient_id) for at in pair.times)
    return frozenset(person for person, seen in by_person.items() if _many(sorted(seen, key=lambda one: one[0])))


def _many(seen: Sequence[tuple[datetime, UUID]]) -> bool:
    first = 0
    for last, (at, _patient) in enumerate(seen):
        while at - seen[first][0] > MANY_WITHIN:
            first += 1
        if last - first + 1 >= MANY_CASES and len({one for _at, one in seen[first : last + 1]}) >= MANY_CASES:
            return True
    return False


def draw(pairs: Sequence[Pair], sample: int, chance: Random) -> list[Drawn]:
    """Every pair with a strong mark; then `sample` of those with a weak one, and `sample` of the rest."""
    busy = looked_at_many(pairs)
    judged = [Drawn(pair, marks_of(pair, busy)) for pair in pairs]
    strong = [one for one in judged if STRONG & set(one.marks)]
    weak = [one for one in judged if one.marks and not STRONG & set(one.marks)]
    rest = [one for one in judged if not one.marks]
    return [
        *strong,
        *chance.sample(weak, min(sample, len(weak))),
        *chance.sample(rest, min(sample, len(rest))),
    ]
