"""Synthetic patients: replacement numbers (day of birth + 60), the middle name Test, numbers nobody can ring."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from pkui.domain.codes import IdentifierType
from pkui.domain.identifiers import REPLACEMENT_DAYS, Identifier, age_on
from pkui.domain.intake.values import Address, Patient
from pkui.services.demo import names

UNREACHABLE = ("83", "84", "85")
"""First digits of the telephone numbers: series of Denmark's eight-digit plan that are given to no operator, so a call
from the demo rings nowhere. They pass our check, which asks only for eight digits that do not begin with 0 or 1."""

ADULT = 18
REGION = "1082"
_PROTECTED, _INTERPRETER = 0.02, 0.04
_SERIALS = {False: (0, 2000), True: (4000, 500)}
"""Serial numbers by whether the birth is after 1999: the first one, and how many a day and sex (INTEGRATIONS 4.1)."""


@dataclass(frozen=True)
class Person:
    """A made-up patient, with what the form asks of her beside."""

    id: UUID
    patient: Patient
    age: int
    woman: bool
    interpreter: str | None
    phone: str
    email: str | None

    @property
    def minor(self) -> bool:
        """Whether somebody else has custody."""
        return self.age < ADULT


class Population:
    """Makes people one by one; no two share a number."""

    def __init__(self, chance: Random, today: date) -> None:
        self._chance, self._today = chance, today
        self._taken: dict[tuple[date, bool], int] = defaultdict(int)

    def person(self, id: UUID, *, child: bool, plain: bool = False, woman: bool = False) -> Person:
        """A new person, a `woman` where it must be one; a plain one is not protected and needs no interpreter."""
        chance = self._chance
        woman = woman or chance.random() < 0.56
        years = chance.uniform(1, 17.8) if child else chance.triangular(18, 94, 66)
        born = self._today - timedelta(days=int(years * 365.25) + 1)
        language = None
        if not plain and chance.random() < _INTERPRETER:
            language = chance.choice(tuple(names.ABROAD))
        first, last = self._name(born, woman, language)
        patient = Patient(
            identifier=Identifier(IdentifierType.REPLACEMENT, self._number(born, woman)),
            name=f"{first} Test {last}",
            birth_date=born,
            address=self._address(),
            address_protected=not plain and chance.random() < _PROTECTED,
            region_of_residence=REGION,
        )
        return Person(
            id=id,
            patient=patient,
            age=age_on(born, self._today),
            woman=woman,
            interpreter=language,
            phone=self.phone(),
            email=f"post{chance.randrange(10**6)}@example.invalid" if chance.random() < 0.4 else None,
        )

    def phone(self) -> str:
        """A telephone number that reaches nobody."""
        return f"+45{self._chance.choice(UNREACHABLE)}{self._chance.randrange(10**6):06}"

    def relative_name(self, person: Person, *, woman: bool) -> str:
        """A grown-up of the same family name."""
        pool = names.WOMEN_BEFORE_1995 if woman else names.MEN_BEFORE_1995
        return f"{self._chance.choice(pool)} Test {(person.patient.name or '').rsplit(' ', 1)[-1]}"

    def _name(self, born: date, woman: bool, language: str | None) -> tuple[str, str]:
        chance = self._chance
        if language is not None:
            women, men, last_names = names.ABROAD[language]
            return chance.choice(women if woman else men), chance.choice(last_names)
        pool: tuple[str, ...]
        if born.year < 1965:
            pool = names.WOMEN_BEFORE_1965 if woman else names.MEN_BEFORE_1965
        elif born.year < 1995:
            pool = names.WOMEN_BEFORE_1995 if woman else names.MEN_BEFORE_1995
        else:
            pool = names.GIRLS if woman else names.BOYS
        return chance.choice(pool), chance.choice(names.LAST_NAMES)

    def _number(self, born: date, woman: bool) -> str:
        first, most = _SERIALS[born.year > 1999]
        taken = self._taken[born, woman]
        self._taken[born, woman] += 1
        serial = first + 2 * ((born.toordinal() * 37 + taken) % most) + (not woman)
        return f"{born.day + REPLACEMENT_DAYS:02}{born.month:02}{born.year % 100:02}{serial:04}"

    def _address(self) -> Address:
        postcode, city, municipality = self._chance.choice(names.TOWNS)
        return Address(f"Testgade {self._chance.randint(1, 240)}", postcode, city, municipality)
