"""Telephone numbers: what is kept, what a person must look at, and how a number is read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.domain.phones import display, normalise


@pytest.mark.parametrize(
    "text",
    ["20304050", "20 30 40 50", "2030-4050", "20.30.40.50", "+4520304050", "+45 20 30 40 50", "0045 20304050",
     "+45 (0) 20 30 40 50", "(+45) 20304050", "\t20\u00a030 40 50 ", "20\u201130\u201140\u201150"],
)  # fmt: skip
def test_danish_numbers(text: str) -> None:
    assert normalise(text) == "+4520304050"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+46 (0)70 123 45 67", "+46701234567"),
        ("0046701234567", "+46701234567"),
        ("+1 212 555 01 00", "+12125550100"),
        ("+29912345", "+29912345"),
    ],
)
def test_foreign_numbers_are_kept(text: str, number: str) -> None:
    assert normalise(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "112", "02030405", "12345678", "203040", "2030405060", "+45203040", "+4510304050", "+452030405060",
     "+0123456789", "+1234567", "+1234567890123456", "20304O50", "ring til min datter", "20304050 / 21222324",
     "٢٠٣٠٤٠٥٠", "++4520304050"],
)  # fmt: skip
def test_what_a_person_must_look_at(text: str) -> None:
    assert normalise(text) is None


@given(st.text(alphabet="0123456789+ -.()x", max_size=24))
def test_result_is_e164_and_stable(text: str) -> None:
    number = normalise(text)
    if number is not None:
        assert re.fullmatch(r"\+[1-9][0-9]{7,14}", number)
        assert normalise(number) == number
        assert normalise(display(number)) == number


def test_display() -> None:
    assert display("+4520304050") == "20 30 40 50"
    assert display("+46701234567") == "+46701234567"
