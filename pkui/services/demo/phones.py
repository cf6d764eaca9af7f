"""A phone book to practise on: made-up numbers that nobody has, for the demo's own hospitals and clinics."""

from collections.abc import Iterator
from random import Random

from pkui.domain.phone_book import PhoneKind, PhoneRow
from pkui.services.demo.catalogue import PRIVATE, PUBLIC, SOURCE
from pkui.services.desk import Desk
from pkui.services.phone_book import import_phones

OFFICE_PHONE = "+4583000000"
_DEPARTMENTS = ("Ortopædkirurgi", "Røntgen og skanning", "Medicin", "Kirurgi")
_OF_A_DEPARTMENT = (
    (PhoneKind.VISITATION, "visitation", "8-12"),
    (PhoneKind.BOOKING, "booking", "8-15"),
    (PhoneKind.PATHWAY_COORDINATOR, "forløbskoordinator", "9-14"),
)


def write_phones(desk: Desk, chance: Random) -> None:
    """Fills the phone book of a new demo."""
    import_phones(desk, list(_rows()), source=SOURCE, chance=chance)


def _rows() -> Iterator[PhoneRow]:
    numbers = _numbers()
    yield PhoneRow(PhoneKind.OFFICE, "Patientkontoret", "", OFFICE_PHONE, "8.30-15.30")
    for _id, hospital, _postcode, _city, region, _areas in PUBLIC:
        if region == "DK-82" and "sykiatri" not in hospital:
            for department in _DEPARTMENTS:
                for kind, what, hours in _OF_A_DEPARTMENT:
                    yield PhoneRow(kind, f"{department}, {what}", hospital, next(numbers), hours)
    for _id, name, _postcode, city, *_more in PRIVATE:
        yield PhoneRow(PhoneKind.PRIVATE_HOSPITAL, name, city, next(numbers), "8-16")
    yield PhoneRow(PhoneKind.TRANSPORT_OFFICE, "Kørselskontoret", "", next(numbers), "9-14")
    yield PhoneRow(PhoneKind.INTERPRETER, "Tolkebestilling", "", next(numbers), "døgnet rundt", "telefon og video")


def _numbers() -> Iterator[str]:
    """Numbers of a series that is given to no operator (services.demo.patients)."""
    number = int(OFFICE_PHONE)
    while True:
        number += 1
        yield f"+{number}"
