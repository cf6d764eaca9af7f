"""A provider's limits for patients (age, BMI), as far as its own text says them in a way that can be read."""

import re
from dataclasses import dataclass
from functools import lru_cache

_AGE_SPAN = re.compile(r"\b(?:age|alder)\D{0,12}?(\d{1,3})\s*(?:-|–|til|to)\s*(\d{1,3})", re.I)
_AGE_FROM = re.compile(
    r"(?:\b(?:age|alder)\D{0,12}?(?:>=|≥|over|fra|from|min\.?)\s*(\d{1,3})|\b(\d{1,3})\s*(?:år)?\s*\+)", re.I
)
_AGE_TO = re.compile(r"\b(?:age|alder)\D{0,12}?(?:<=?|≤|under|til|max\.?|højst|up to)\s*(\d{1,3})", re.I)
_BMI_TO = re.compile(r"\bBMI\D{0,12}?(?:<=?|≤|under|op til|max\.?|højst|up to)\s*(\d{2})", re.I)


@dataclass(frozen=True, slots=True)
class Limits:
    """Years of age from and to, and the greatest BMI; None where the text says nothing of it."""

    age_from: int | None = None
    age_to: int | None = None
    bmi_to: int | None = None

    def allow(self, *, age: int | None, bmi: float | None) -> bool | None:
        """Whether a patient is inside; None where a limit stands and the patient's figure is not known."""
        inside: bool | None = True
        for limited, fits in (
            (self.age_from is not None or self.age_to is not None, _fits(age, self.age_from, self.age_to)),
            (self.bmi_to is not None, _fits(bmi, None, self.bmi_to)),
        ):
            if limited and fits is False:
                return False
            if limited and fits is None:
                inside = None
        return inside


@lru_cache(512)
def read_limits(text: str | None) -> Limits:
    """The limits a text names; what it says otherwise is for a person to read."""
    if not text:
        return Limits()
    span = _AGE_SPAN.search(text)
    first = _AGE_FROM.search(text)
    age_from = int(span[1]) if span else int(first[1] or first[2]) if first else None
    last = _AGE_TO.search(text)
    age_to = int(span[2]) if span else int(last[1]) if last else None
    bmi = _BMI_TO.search(text)
    return Limits(age_from, age_to, int(bmi[1]) if bmi else None)


def _fits(value: float | None, lowest: int | None, highest: int | None) -> bool | None:
    if value is None:
        return None
    return (lowest is None or value >= lowest) and (highest is None or value <= highest)
