"""The ladder of an area, judged once and kept: what one types afterwards narrows it and changes no verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pkui.base.clock import local_date
from pkui.domain.codes import Topic
from pkui.domain.providers.figures import Figure, figure_for
from pkui.domain.providers.ladder import Place, RightsPicture, Verdict, judge
from pkui.domain.providers.limits import read_limits
from pkui.domain.providers.relation import Standing, region_of, relation_on
from pkui.domain.providers.segments import ASSESSMENT, DIAGNOSTIC, kind_of
from pkui.services.courses import SegmentView
from pkui.services.providers import Book, Entry
from storage.providers import Slip

OFFICE_REGION = "1082"
"""The region whose patients ask the office when nothing else is known of them."""


@dataclass(frozen=True, eq=False)
class PatientContext:
    """What a case brings to the search; every part may be unknown."""

    queue_number: int
    topic: Topic
    region: str
    postcode: str | None
    age: int | None
    home_hospital: str | None
    own: frozenset[str]
    area: str | None
    present_date: date | None
    preferred: tuple[str, ...]
    max_km: float | None
    courses: tuple[SegmentView, ...]
    rights: Mapping[tuple[str, bool], RightsPicture]
    """By the kind of re-referral, and whether the area is psychiatry: the catalogue knows that before the form does."""

    def deadline(self, book: Book, area: str | None) -> date | None:
        """The last day of the limit that counts for an area."""
        known = book.areas.get(area or "")
        kind = self.kind(imaging=known is not None and known.imaging)
        return self.rights[kind, known is not None and known.psychiatric].deadline

    def kind(self, *, imaging: bool) -> str:
        """The kind of re-referral in table 2."""
        return kind_of(self.topic, imaging=imaging)


@dataclass(frozen=True, slots=True)
class Judged:
    """One service of an area with its verdict; `number` is its place among the book's entries."""

    number: int
    entry: Entry
    standing: Standing
    verdict: Verdict
    figure: Figure | None
    slip: Slip | None
    fits: bool | None
    imaging: bool


class Ladders:
    """The ladders of one book for one patient (or none) on one day, each judged when it is first asked for."""

    def __init__(self, book: Book, patient: PatientContext | None, today: date) -> None:
        self.book, self.patient, self.today = book, patient, today
        self._judged: dict[tuple[str, int | None, float | None], list[Judged]] = {}

    def of(self, area: str, *, age: int | None = None, bmi: float | None = None) -> list[Judged]:
        """The places of an area, each judged among all of them; by the age typed, else the patient's."""
        key = area, age, bmi
        if key not in self._judged:
            self._judged[key] = self._judge(area, age, bmi)
        return self._judged[key]

    def warm(self) -> None:
        """Judges every area now, so that the first letter typed waits for nothing."""
        for area in self.book.by_area:
            self.of(area)

    def _judge(self, area: str, age: int | None, bmi: float | None) -> list[Judged]:
        book, patient, today = self.book, self.patient, self.today
        known = book.areas.get(area)
        imaging, psychiatric = known is not None and known.imaging, known is not None and known.psychiatric
        kind = patient.kind(imaging=imaging) if patient else DIAGNOSTIC if imaging else ""
        years = age if age is not None else patient.age if patient else None
        found = []
        for number in book.by_area.get(area, ()):
            entry = book.entries[number]
            standing = _standing(book, entry, patient, today)
            if standing is not None:
                slip = book.slips.get(entry.service.id)
                shown = _figure(entry, slip, examination=kind in (DIAGNOSTIC, ASSESSMENT))
                fits = read_limits(entry.service.patient_limits).allow(age=years, bmi=bmi)
                found.append((number, entry, standing, shown, slip, fits))
        places = [_place(entry, stands, shown, fits, patient, today) for _n, entry, stands, shown, _s, fits in found]
        verdicts = judge(places, patient.rights[kind, psychiatric] if patient else None, today)
        return [
            Judged(number, entry, standing, verdict, shown, slip, fits, imaging)
            for (number, entry, standing, shown, slip, fits), verdict in zip(found, verdicts, strict=True)
        ]


def _standing(book: Book, entry: Entry, patient: PatientContext | None, today: date) -> Standing | None:
    """How the place stands; one whose agreement was ended is still shown, as closed."""
    held = book.agreements.get(entry.organization.id, ())
    region = patient.region if patient else OFFICE_REGION
    home = patient.home_hospital if patient else None

    def on(day: date) -> Standing | None:
        """How the place stands on a day."""
        return relation_on(entry.organization, held, area=entry.service.area, region=region, home_hospital=home, on=day)

    now = on(today)
    ending = book.ended(entry.organization.id, today)
    if now is not None or ending is None:
        return now
    return on(date.fromordinal(ending.ends_on.toordinal() - 1))


def _figure(entry: Entry, slip: Slip | None, *, examination: bool) -> Figure | None:
    """What was said on the phone beats what was reported."""
    if slip is not None:
        return Figure(slip.weeks, local_date(slip.at), "phone", first_free=slip.first_free)
    return figure_for(entry.waiting, examination=examination) if entry.waiting else None


def _place(
    entry: Entry,
    standing: Standing,
    shown: Figure | None,
    fits: bool | None,
    patient: PatientContext | None,
    today: date,
) -> Place:
    own = patient is not None and entry.organization.id in patient.own
    if own and patient is not None and patient.present_date is not None:
        weeks = shown.weeks if shown else None
        shown = Figure(weeks, today, "letter", first_free=patient.present_date, present_date=True)
    region = patient.region if patient else OFFICE_REGION
    agreement = standing.agreement
    return Place(
        id=entry.service.id,
        relation=standing.relation,
        figure=shown,
        own=own,
        in_region=region_of(entry.organization.owner_region) == region,
        accepts_other_regions=entry.service.accepts_other_regions,
        cluster_open=standing.cluster_open,
        blocked=agreement is not None and not agreement.in_force(today),
        fits=fits,
    )
