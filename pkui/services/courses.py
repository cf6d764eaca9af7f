"""The courses of a case: the one that is meant."""

from pkui.base.errors import BadInput
from pkui.base.keys import new_key
from pkui.services.desk import Work
from storage.cases import read_segments
from storage.tables.cases import Case
from storage.tables.records import Segment


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
