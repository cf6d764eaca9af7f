"""Searching the catalogue: by area, words typed wrong, distance and limits; with a case, the whole offer ladder."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pkui.base.calendar import public_holidays
from pkui.base.errors import BadInput
from pkui.domain.codes import Relation
from pkui.domain.folding import fold, fold_words
from pkui.domain.identifiers import age_on
from pkui.domain.permissions import Permission
from pkui.domain.providers.area_words import area_in
from pkui.domain.providers.catalogue import Agreement, Ownership
from pkui.domain.providers.distance import Point, between
from pkui.domain.providers.figures import Figure
from pkui.domain.providers.hints import picture_of
from pkui.domain.providers.ladder import RightsPicture, RungState, Verdict, Why
from pkui.domain.providers.relation import Standing
from pkui.domain.providers.segments import REREFERRALS
from pkui.domain.providers.transport import Transport, transport_for
from pkui.domain.rights.engine import check
from pkui.services.courses import courses_shown
from pkui.services.desk import Work, use_case
from pkui.services.openings import open_to_read
from pkui.services.providers import Book, Entry, read_book
from pkui.services.providers_ladder import OFFICE_REGION, Judged, Ladders
from pkui.services.providers_ladder import PatientContext as PatientContext
from pkui.services.standing import facts_on
from storage.cases import patient_of, read_facts, read_segments
from storage.merges import family_of
from storage.providers import Slip
from storage.tables.cases import Case

NEAR_ENOUGH = 78
"""How alike a typed word and a known one must be, of 100 (rapidfuzz ratio)."""
SURE = 88
KINDS: Mapping[str, frozenset[Relation]] = {
    "public": frozenset({Relation.PUBLIC, Relation.SPECIAL}),
    "partner": frozenset({Relation.PARTNER, Relation.TIED}),
    "agreement": frozenset({Relation.AGREEMENT}),
}
"""The kinds of places one looks for, by the relations each means."""
_SHORTEST_FUZZY = 4
_FAR = 1e9


@dataclass(frozen=True)
class Wanted:
    """What is searched for; nothing set gives every service."""

    area: str | None = None
    text: str = ""
    postcode: str | None = None
    relations: frozenset[Relation] = frozenset()
    max_km: float | None = None
    accepts_other_regions: bool = False
    age: int | None = None
    bmi: float | None = None
    limit: int | None = None
    patient: PatientContext | None = None
    postcodes: Mapping[str, Point] = field(default_factory=dict)


@dataclass(frozen=True)
class ProviderRow:
    """One service on the ladder, with everything a screen or a command tells of it."""

    entry: Entry
    standing: Standing
    verdict: Verdict
    figure: Figure | None
    slip: Slip | None
    transport: Transport
    distance_km: float | None
    age_days: int | None
    old: bool
    preferred: bool
    too_far: bool | None
    fits: bool | None
    imaging: bool

    @property
    def provider_id(self) -> str:
        """The organization's id, by which courses know it."""
        return self.entry.organization.id

    @property
    def agreement(self) -> Agreement | None:
        """The agreement that the relation rests on."""
        return self.standing.agreement

    @property
    def own(self) -> bool:
        """Whether the patient is referred here."""
        return self.verdict.why is Why.OWN_HOSPITAL

    @property
    def illustrative(self) -> bool:
        """Whether the figure is invented."""
        return self.figure is not None and self.figure.illustrative


@use_case(Permission.CATALOGUE)
def patient_context(work: Work, queue_number: int) -> PatientContext:
    """What a case brings to the search; the look-up is logged."""
    case = open_to_read(work, queue_number, "places")
    return context_of(work, case, read_book(work))


def context_of(work: Work, case: Case, book: Book) -> PatientContext:
    """The case's part of the search, inside a unit of work."""
    patient = patient_of(work.session, case)
    facts = {name: fact.value for name, fact in read_facts(work.session, family_of(work.session, case.id)).items()}
    segments = read_segments(work.session, case.id)
    main = next((one for one in segments if one.main), segments[0] if segments else None)
    hospital = facts.get("letter_hospital") or (main.referring_hospital if main else None)
    own = own_hospital(book, hospital)
    offered = facts.get("offered_date")
    present = date.fromisoformat(offered) if isinstance(offered, str) else main.present_date if main else None
    names = {code: (area.name_da, area.sks_prefixes) for code, area in book.areas.items()}
    treatment = " ".join(str(facts[name]) for name in ("letter_treatment",) if facts.get(name))
    return PatientContext(
        queue_number=case.queue_number,
        topic=case.topic,
        region=patient.region_of_residence or OFFICE_REGION,
        postcode=patient.postcode,
        age=age_on(patient.birth_date, work.today) if patient.birth_date else None,
        home_hospital=book.organizations[own].name if own else hospital,
        own=book.parts_of(own) if own else frozenset(),
        area=area_in(treatment, names, facts.get("treatment_code")),
        present_date=present,
        preferred=_preferred(str(facts.get("preferred_providers") or "")),
        max_km=_number(facts.get("max_distance_km")),
        courses=courses_shown(work, case, {}),
        rights=_pictures(work, case, facts),
    )


def _pictures(work: Work, case: Case, facts: Mapping[str, Any]) -> dict[tuple[str, bool], RightsPicture]:
    found: dict[tuple[str, bool], RightsPicture] = {}
    for psychiatric in (False, True):
        known = {"psychiatric": psychiatric} | {name: value for name, value in facts.items() if value is not None}
        relied_on = facts_on(work, case, known, work.today)
        hints = check(relied_on, on=work.today, law=work.law, calendar=public_holidays())
        found |= {(kind, psychiatric): picture_of(hints, kind) for kind in REREFERRALS}
    return found


def own_hospital(book: Book, text: str | None) -> str | None:
    """The public hospital a letter names; None where none or several could be meant."""
    from rapidfuzz import fuzz

    if not text:
        return None
    wanted = fold(text).strip()
    public = [one for one in book.organizations.values() if one.ownership is Ownership.PUBLIC]
    exact = [one.id for one in public if wanted in (fold(one.name), *(fold(alias) for alias in one.alias))]
    if exact:
        return exact[0] if len(exact) == 1 else None
    scored = sorted(((fuzz.ratio(wanted, fold(one.name)), one.id) for one in public), reverse=True)
    if not scored or scored[0][0] < SURE or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return scored[0][1]


def search(book: Book, wanted: Wanted, today: date, ladders: Ladders | None = None) -> list[ProviderRow]:
    """The services that fit, in the order of the ladder. Raises BadInput for an area nobody knows, naming the nearest.

    The ladder of an area is judged as a whole: narrowing by words or distance hides rows and changes no verdict.
    `ladders`: what was judged before, kept by who searches again and again.
    """
    area_wanted = None if wanted.area is None else known_area(book, wanted.area)
    typed = matching(book, wanted.text)
    numbers = book.by_area.get(area_wanted, ()) if area_wanted is not None else range(len(book.entries))
    areas = {book.entries[number].service.area for number in numbers if typed is None or number in typed}
    rows = []
    if ladders is None or (ladders.book, ladders.patient) != (book, wanted.patient):
        ladders = Ladders(book, wanted.patient, today)
    for area in sorted(areas):
        judged = ladders.of(area, age=wanted.age, bmi=wanted.bmi)
        found = (_row(one, wanted, today) for one in judged if typed is None or one.number in typed)
        rows += [row for row in found if _wanted(row, wanted)]
    rows.sort(key=_order)
    return rows[: wanted.limit]


def known_area(book: Book, typed: str) -> str:
    """The code of an area, however its letters are typed. Raises BadInput naming the nearest."""
    found = next((code for code in book.areas if code.casefold() == typed.strip().casefold()), None)
    if found is None:
        raise BadInput("unknown_area", nearest=", ".join(nearest_areas(book, typed)))
    return found


def nearest_areas(book: Book, typed: str, count: int = 3) -> list[str]:
    """The codes and names most like what was typed."""
    from rapidfuzz import fuzz, process

    names = {code: fold(f"{code} {area.name_da}") for code, area in book.areas.items()}
    found = process.extract(fold(typed), names, scorer=fuzz.WRatio, limit=count)
    return [f"{code} ({book.areas[code].name_da})" for _name, _score, code in found]


def matching(book: Book, text: str) -> frozenset[int] | None:
    """The services that every typed word finds, also when it is typed wrong; None where nothing is typed."""
    from rapidfuzz import fuzz, process

    found: frozenset[int] | None = None
    known = list(book.words)
    for typed in fold_words(text):
        near = {word for word in known if word.startswith(typed)}
        if not near and len(typed) >= _SHORTEST_FUZZY:
            near = {
                word
                for word, _score, _at in process.extract(
                    typed, known, scorer=fuzz.ratio, limit=None, score_cutoff=NEAR_ENOUGH
                )
            }
        numbers = frozenset[int]().union(*(book.words[word] for word in near))
        found = numbers if found is None else found & numbers
    return found


def _row(one: Judged, wanted: Wanted, today: date) -> ProviderRow:
    patient, location, figure = wanted.patient, one.entry.location, one.figure
    home = wanted.postcode or (patient.postcode if patient else None)
    at = (location.latitude, location.longitude)
    point = (at[0], at[1]) if at[0] is not None and at[1] is not None else None
    distance = between(wanted.postcodes, home, location.postcode, point)
    max_km = patient.max_km if patient else None
    return ProviderRow(
        entry=one.entry,
        standing=one.standing,
        verdict=one.verdict,
        figure=figure,
        slip=one.slip,
        transport=transport_for(one.standing.relation, own=one.verdict.why is Why.OWN_HOSPITAL),
        distance_km=distance,
        age_days=figure.age_days(today) if figure else None,
        old=figure is not None and figure.old(today),
        preferred=_is_preferred(one.entry, patient.preferred if patient else ()),
        too_far=None if max_km is None or distance is None else distance > max_km,
        fits=one.fits,
        imaging=one.imaging,
    )


def _is_preferred(entry: Entry, preferred: Collection[str]) -> bool:
    """Whether the patient has asked for it: every word she used is one of the place's names ('Aleris', 'Horsens')."""
    if not preferred:
        return False
    one = entry.organization
    names = set(fold_words(" ".join((one.id, one.name, *one.alias))))
    return any(names.issuperset(words) for wish in preferred if (words := fold_words(wish)))


def _wanted(row: ProviderRow, wanted: Wanted) -> bool:
    if wanted.relations and row.standing.relation not in wanted.relations:
        return False
    if wanted.accepts_other_regions and row.entry.service.accepts_other_regions is False:
        return False
    return wanted.max_km is None or row.distance_km is None or row.distance_km <= wanted.max_km


def _order(row: ProviderRow) -> tuple[object, ...]:
    """The ladder: rung, what is open first, the earliest date, the nearest, the name."""
    states = {RungState.OPEN: 0, RungState.UNKNOWN: 1, RungState.CLOSED: 2}
    verdict = row.verdict
    return (
        verdict.rung,
        states[verdict.state],
        verdict.earliest or date.max,
        row.distance_km if row.distance_km is not None else _FAR,
        row.entry.organization.name,
        row.entry.service.id,
    )


def _preferred(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
