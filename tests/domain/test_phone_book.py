"""The phone book: found while one types, misspelt too; a file's changes; whom a case needs."""

import pytest

from pkui.domain.phone_book import (
    BadPhoneRow,
    PhoneKind,
    PhoneRow,
    for_case,
    matches,
    phone_changes,
    read_rows,
)

VIBORG, GOEDSTRUP = "Regionshospitalet Viborg", "Regionshospitalet Gødstrup"


def entry(kind: PhoneKind, name: str, place: str = "", number: int = 1) -> PhoneRow:
    return PhoneRow(kind, name, place, f"+45830000{number:02}")


ORTHO = [
    entry(PhoneKind.VISITATION, "Ortopædkirurgi, visitation", VIBORG, 1),
    entry(PhoneKind.BOOKING, "Ortopædkirurgi, booking", VIBORG, 2),
    entry(PhoneKind.PATHWAY_COORDINATOR, "Ortopædkirurgi, forløbskoordinator", VIBORG, 3),
]
OTHERS = [
    entry(PhoneKind.BOOKING, "Ortopædkirurgi, booking", GOEDSTRUP, 4),
    entry(PhoneKind.BOOKING, "Medicin, booking", VIBORG, 5),
    entry(PhoneKind.PRIVATE_HOSPITAL, "Privathospitalet Ådalen", "Aarhus C", 6),
    entry(PhoneKind.PRIVATE_HOSPITAL, "Hedehus Privathospital", "Viborg", 7),
    entry(PhoneKind.TRANSPORT_OFFICE, "Kørselskontoret", "", 8),
    entry(PhoneKind.INTERPRETER, "Tolkebestilling", "", 9),
    entry(PhoneKind.OFFICE, "Patientkontoret", "", 10),
]


@pytest.mark.parametrize("typed", ["ortop vib", "ORTOPÆD", "otropæd viborg", "ortopædkirugi", "83 00 00 01", ""])
def test_found_while_one_types(typed: str) -> None:
    assert matches(typed, ORTHO[0])


@pytest.mark.parametrize("typed", ["ortop gød", "kirurgisk", "83 00 00 02", "xyz"])
def test_not_found(typed: str) -> None:
    assert not matches(typed, ORTHO[0])


def test_the_words_of_a_kind_find_it_too() -> None:
    assert matches("kørsel", entry(PhoneKind.TRANSPORT_OFFICE, "Kontoret"), "Kørselskontor")


def test_a_case_gets_its_department_its_place_transport_and_interpreter() -> None:
    found = for_case(
        [*OTHERS, *ORTHO],
        hospital="Reg.hosp. Viborg",
        department="Ortopædkirurgisk ambulatorium, Ortopædkirurgi",
        place="Privathospitalet Ådalen",
        interpreter=True,
    )
    assert [one.phone[-2:] for one in found] == ["03", "02", "01", "06", "08", "09"]


def test_a_case_that_knows_nothing_gets_transport_alone() -> None:
    found = for_case([*ORTHO, *OTHERS], hospital="", department="", place="", interpreter=False)
    assert [one.kind for one in found] == [PhoneKind.TRANSPORT_OFFICE]


def test_a_file_adds_changes_and_ends_but_not_what_a_person_wrote() -> None:
    held = [(ORTHO[0], False), (ORTHO[1], True), (OTHERS[4], False)]
    spelt = PhoneRow(PhoneKind.VISITATION, "ORTOPÆDKIRURGI, visitation", VIBORG, "+4583000099")
    found = phone_changes(held, [spelt, OTHERS[5]])
    assert found.added == (OTHERS[5],)
    assert found.changed == ((ORTHO[0], spelt),)
    assert found.ended == (OTHERS[4],)


def test_both_formats_give_the_same_rows() -> None:
    comma = 'kind,name,place,phone\nbooking,"Medicin, booking",Viborg,83000001\n'
    json = '[{"kind":"booking","name":" Medicin,  booking","place":"Viborg","phone":"+45 83 00 00 01"}]'
    assert read_rows(comma.encode("utf-8-sig")) == read_rows(json.encode())


@pytest.mark.parametrize(
    ("raw", "row", "field"),
    [
        (b"\xff", 0, "file"),
        (b"[1]", 0, "file"),
        (b"{}", 0, "file"),
        (b"[" * 100_000, 0, "file"),
        (b'kind,name\n"x', 0, "file"),
        (b"kind,name,phone\nbooking,A,83000001\nking,B,83000001\n", 2, "kind"),
        (b"kind,name,phone\nbooking,,83000001\n", 1, "name"),
        (b"kind,name,phone\nbooking,A,12\n", 1, "phone"),
        (b"kind,name,phone\nbooking,A,83000001\nbooking,a,83000002\n", 2, "name"),
        (b'[{"kind":"booking","name":"A","phone":83000001}]', 1, "phone"),
        (b'[{"kind":"booking","name":"A","phone":"83000001","fax":"1"}]', 1, "fax"),
        (b"kind,name,phone\nbooking," + b"x" * 201 + b",83000001\n", 1, "name"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(raw: bytes, row: int, field: str) -> None:
    with pytest.raises(BadPhoneRow) as told:
        read_rows(raw)
    assert (told.value.row, told.value.field) == (row, field)
