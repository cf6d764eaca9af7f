"""The phone book in use: a file taken in whole, corrections with who and where from, and the entries of a case."""

import pytest

from pkui.base.errors import BadInput, Refused, Stale
from pkui.domain.codes import Role
from pkui.domain.phone_book import PhoneKind, PhoneRow
from pkui.services.desk import Desk
from pkui.services.phone_book import (
    edit_phone,
    end_phone,
    import_phones,
    parse_phone_file,
    phone_book,
    phone_history,
    preview_phones,
)
from tests.conftest import DeskAs
from tests.services.steps import received, stored

ROWS = [
    PhoneRow(PhoneKind.BOOKING, "Ortopædkirurgi, booking", "Regionshospitalet Viborg", "+4583000001"),
    PhoneRow(PhoneKind.PRIVATE_HOSPITAL, "Privathospitalet Ådalen", "Aarhus", "+4583000002"),
    PhoneRow(PhoneKind.TRANSPORT_OFFICE, "Kørselskontoret", "", "+4583000003"),
]
BY_HAND = {"kind": "interpreter", "name": "Tolk", "phone": "83 00 00 04"}


def names(desk: Desk, typed: str = "", **more: int) -> list[str]:
    return [one.row.name for one in phone_book(desk, typed, **more)]


def test_a_file_twice_is_once_and_what_it_lacks_ends(desk: Desk) -> None:
    assert len(preview_phones(desk, ROWS).added) == 3 and not names(desk)
    assert len(import_phones(desk, ROWS, source="liste 1").added) == 3
    again = import_phones(desk, ROWS, source="liste 1")
    assert not (again.added or again.changed or again.ended)
    edit_phone(desk, BY_HAND, source="ringet op")
    found = import_phones(desk, ROWS[:2], source="liste 2")
    assert [one.name for one in found.ended] == ["Kørselskontoret"]
    assert sorted(names(desk)) == ["Ortopædkirurgi, booking", "Privathospitalet Ådalen", "Tolk"]
    assert stored(desk.store, "SELECT count(*) FROM phone_book") == [4], "rows end, none is deleted"


def test_a_correction_says_who_and_where_from(desk_as: DeskAs) -> None:
    secretary = desk_as(Role.SECRETARY)
    id = edit_phone(secretary, BY_HAND, source="ringet op")
    (held,) = phone_book(secretary)
    edit_phone(secretary, BY_HAND | {"hours": "8-12"}, source="brev", id=id, version=held.version)
    with pytest.raises(Stale):
        edit_phone(secretary, BY_HAND, source="brev", id=id, version=held.version)
    end_phone(secretary, id, source="lukket")
    told = [(one.kind, one.by, one.source) for one in phone_history(secretary, id)]
    assert told == [(kind, secretary.person.name, source) for kind, source in
                    (("ended", "lukket"), ("changed", "brev"), ("added", "ringet op"))]  # fmt: skip
    assert not phone_book(secretary)
    with pytest.raises(BadInput, match="no_phone_entry"):
        end_phone(secretary, id, source="igen")


def test_what_cannot_be_used_is_refused(desk: Desk, desk_as: DeskAs) -> None:
    edit_phone(desk, BY_HAND, source="ringet op")
    with pytest.raises(Refused, match="phone_there_already"):
        edit_phone(desk, BY_HAND | {"name": "TOLK"}, source="ringet op")
    with pytest.raises(BadInput, match="bad_phone_entry"):
        edit_phone(desk, BY_HAND | {"phone": "12"}, source="ringet op")
    with pytest.raises(BadInput, match="source_of_row_needed"):
        edit_phone(desk, BY_HAND | {"name": "En anden"}, source=" ")
    with pytest.raises(BadInput, match="bad_phone_row"):
        parse_phone_file(b"kind,name,phone\nking,A,83000001\n")
    with pytest.raises(Refused, match="not_allowed"):
        edit_phone(desk_as(Role.LOG_REVIEWER), BY_HAND, source="x")


def test_a_case_has_its_own_first_and_typing_finds_all(desk: Desk) -> None:
    import_phones(desk, ROWS, source="liste")
    received(desk, 1, referral={"hospital_text": "Regionshospitalet Viborg", "department_text": "Ortopædkirurgi"})
    assert names(desk, queue_number=1) == ["Ortopædkirurgi, booking", "Kørselskontoret"]
    assert names(desk, "aadalen", queue_number=1) == ["Privathospitalet Ådalen"]
    assert names(desk, "kørsel") == ["Kørselskontoret"]
