"""Person numbers: sorts, century rule, display, and the finder that guards against leaks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.domain.codes import IdentifierType as T
from pkui.domain.identifiers import (
    Identifier,
    age_on,
    birth_date,
    classify,
    display,
    find_cprs,
    masked,
)

TEST_CPRS = ("0201609995", "0201609996", "0201919990", "0504909995", "0107729995", "1502779995")


@pytest.mark.parametrize("number", TEST_CPRS)
@pytest.mark.parametrize("separator", ["", "-", " ", "\u00a0", "\u2011"])
def test_cpr_with_and_without_hyphen_or_blank(number: str, separator: str) -> None:
    assert classify(f" {number[:6]}{separator}{number[6:]}\n") == Identifier(T.CPR, number)


@pytest.mark.parametrize(
    ("text", "sort", "value"),
    [
        ("0703921VJ4", T.X_ECPR, "0703921VJ4"),
        ("070392-1vj4", T.X_ECPR, "0703921VJ4"),
        ("0703127VJ5", T.X_ECPR, "0703127VJ5"),
        ("1206550VK9", T.D_ECPR, "1206550VK9"),
        ("120655 5vk8", T.D_ECPR, "1206555VK8"),
        ("1206551V29", T.D_ECPR, "1206551V29"),
        ("6201609995", T.REPLACEMENT, "6201609995"),
        ("910160-9995", T.REPLACEMENT, "9101609995"),
    ],
)
def test_replacement_numbers(text: str, sort: T, value: str) -> None:
    assert classify(text) == Identifier(sort, value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "020160999",
        "02016099955",
        "020160--9995",
        "0201609995x",
        "3002609995",
        "0013609995",
        "0001609995",
        "6000609995",
        "9201609995",
        "9002609995",
        "6201609VJ4",
        "0201601VJK",
        "020160AVJ4",
        "٠٢٠١٦٠٩٩٩٥",
        "0703921ÆØ4",
        "2902000999",
        "0201609995\n0201609996",
    ],
)
def test_not_a_person_number(text: str) -> None:
    assert classify(text) is None


@pytest.mark.parametrize(
    ("mark", "year", "expected"),
    [
        (0, 0, 1900), (3, 99, 1999), (4, 0, 2000), (4, 36, 2036), (4, 37, 1937), (9, 36, 2036), (9, 37, 1937),
        (5, 57, 2057), (5, 58, 1858), (8, 0, 2000), (8, 99, 1899), (6, 58, 1858), (7, 57, 2057),
    ],
)  # fmt: skip
def test_century_rule(mark: int, year: int, expected: int) -> None:
    identifier = classify(f"6201{year:02}{mark}999")
    assert identifier is not None
    assert birth_date(identifier) == date(expected, 1, 2)


def test_29_february_needs_a_leap_year_of_the_right_century() -> None:
    assert classify("8902005999") == Identifier(T.REPLACEMENT, "8902005999")
    assert classify("8902003999") is None


def test_a_number_without_its_check_digit_is_as_good_as_any() -> None:
    numbers = [f"620160999{last}" for last in range(10)]
    assert all(classify(number) == Identifier(T.REPLACEMENT, number) for number in numbers)


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 3999))
def test_birth_date_comes_back_from_a_replacement_number(born: date, serial: int) -> None:
    identifier = classify(f"{born.day + 60:02}{born:%m%y}{serial:04}")
    assert identifier is not None
    assert identifier.type is T.REPLACEMENT
    assert birth_date(identifier) == born


@given(st.text(max_size=14))
def test_any_text_is_classified_or_refused(text: str) -> None:
    identifier = classify(text)
    if identifier is not None:
        assert len(identifier.value) == 10
        assert identifier.value == identifier.value.upper()
        assert birth_date(identifier) is not None
        assert classify(display(identifier)) == identifier


def test_shown_and_masked_and_never_in_a_repr() -> None:
    identifier = Identifier(T.REPLACEMENT, "6201609995")
    assert display(identifier) == "620160-9995"
    assert masked(identifier) == "620160-••••"
    assert "9995" not in repr(identifier)
    nobody = Identifier(T.NONE, "")
    assert (display(nobody), masked(nobody), birth_date(nobody)) == ("", "", None)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2010, 11, 23), date(2026, 11, 22), 15),
        (date(2010, 11, 23), date(2026, 11, 23), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@pytest.mark.parametrize("separator", ["", "-", " "])
@pytest.mark.parametrize("around", ["{}", "cpr={},", "a{}b", "({})", '"{}"', "_{}_", "\\n{}", "cpr:{}.", "1 {} 2"])
def test_finder_sees_a_number_in_any_surroundings(separator: str, around: str) -> None:
    number = TEST_CPRS[0]
    assert find_cprs(around.format(number[:6] + separator + number[6:])) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "6201609995",
        "+4520304050",
        "10201609995",
        "02016099951",
        "0.0201609995",
        "3f0201609995a0201609995b0201609995c",
        "ab020160-9995-4abc-8abc-0201609995ab",
        "f0201602-9995-4abc-8abc-000201609995",
    ],
)
def test_finder_passes_over_what_is_no_number(text: str) -> None:
    assert find_cprs(text) == []


def test_finder_sees_every_number_of_a_text() -> None:
    assert find_cprs(" ".join(TEST_CPRS)) == list(TEST_CPRS)


def test_finder_is_quick_on_long_digit_runs() -> None:
    assert find_cprs("1" * 2_000_000) == []
    assert find_cprs("0201609995-" * 10_000) == ["0201609995"] * 10_000


def test_age_counts_up_by_one_a_year() -> None:
    born = date(1960, 6, 1)
    days = [born + timedelta(days=n) for n in range(0, 30_000, 13)]
    ages = [age_on(born, day) for day in days]
    assert ages == sorted(ages)
    assert set(ages) == set(range(0, max(ages) + 1))
