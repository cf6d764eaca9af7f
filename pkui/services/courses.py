"""The courses of a case: the one that is meant, and all of them as the case shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pkui.base.errors import BadInput
from pkui.base.keys import new_key
from pkui.domain.codes import SegmentState
from pkui.services.desk import Work
from storage.cases import read_segments
from storage.providers import read_area_names
from storage.tables.cases import Case
from storage.tables.records import Segment


@dataclass(frozen=True)
class SegmentView:
    """One course of the case; `queue_number` is that of the merged case it came with, None for the case's own.

    `area` is a code of the catalogue, or the letter's own words; `area_name` the catalogue's name for it.
    """

    number: int
    main: bool
    state: SegmentState | None
    area: str | None
    provider_name: str | None
    referring_hospital: str | None
    referring_department: str | None
    present_date: date | None
    confirmed_date: date | None
    queue_number: int | None = None
    area_name: str | None = None


def course_of(work: Work, case: Case, number: int | None) -> Segment:
    """The course meant: the one with the number, else the main one, else a first one. Raises BadInput('no_segment')."""
    held = read_segments(work.session, case.id)
    if number is not None:
        found = next((one for one in held if one.number == number), None)
        if found is None:
            raise BadInput("no_segment")
        return found
    main = next((one for one in held if one.main), held[0] if held else None)
    if main is None:
        main = Segment(id=new_key(work.now), case_id=case.id, number=1, main=True)
        work.session.add(main)
    return main


def further_course(work: Work, case: Case) -> Segment:
    """A course of its own beside those the case has; a first one where it has none."""
    held = read_segments(work.session, case.id)
    number = max((one.number for one in held), default=0) + 1
    course = Segment(id=new_key(work.now), case_id=case.id, number=number, main=not held)
    work.session.add(course)
    return course


def courses_shown(work: Work, case: Case, merged: Mapping[UUID, int]) -> tuple[SegmentView, ...]:
    """The case's own courses, then those of the cases merged into it (queue numbers by case)."""
    of = [(case.id, None), *merged.items()]
    found = [(one, number) for id, number in of for one in read_segments(work.session, id)]
    names = read_area_names(work.session, {one.area for one, _number in found if one.area})
    return tuple(_view(one, number, names.get(one.area or "")) for one, number in found)


def _view(one: Segment, number: int | None, area_name: str | None) -> SegmentView:
    return SegmentView(
        number=one.number,
        main=one.main,
        state=one.state,
        area=one.area,
        provider_name=one.provider_name,
        referring_hospital=one.referring_hospital,
        referring_department=one.referring_department,
        present_date=one.present_date,
        confirmed_date=one.confirmed_date,
        queue_number=number,
        area_name=area_name,
    )
