"""Templates: every field known, nothing private where others listen, gaps marked, and the length of an SMS."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.base.texts import packaged_texts
from pkui.domain.identifiers import find_cprs
from pkui.domain.texts import (
    FIELDS,
    HEARD_BY_OTHERS,
    BadTemplate,
    TemplateVersion,
    TextKind,
    check_template,
    fields_for,
    fields_in,
    fill,
    has_gap,
    in_force,
    sms_length,
)

HEALTH = ("navn", "område", "sted", "afdeling", "hospital", "frist", "mangler", "begrundelse", "tolk")
LONGEST_VALUES = {"ringetid": "onsdag 25. november kl. 13-15", "kontorets_telefon": "78 41 04 44", "kønummer": "104120"}


@pytest.mark.parametrize("kind", TextKind)
def test_every_kind_comes_with_a_wording_that_can_be_used(kind: TextKind) -> None:
    held = packaged_texts()[kind]
    check_template(kind, held.text, held.subject)
    filled = fill(held.text, dict.fromkeys(FIELDS, "ord"))
    assert not filled.missing and not has_gap(filled.text) and "{" not in filled.text
    assert not find_cprs(held.text)


def test_the_packaged_sms_is_one_sms_with_the_longest_values() -> None:
    length = sms_length(fill(packaged_texts()[TextKind.SMS].text, LONGEST_VALUES).text)
    assert length.fits and not length.outside, length


@pytest.mark.parametrize("kind", sorted(HEARD_BY_OTHERS))
@pytest.mark.parametrize("field", sorted(HEALTH))
def test_nothing_of_name_or_health_where_others_listen(kind: TextKind, field: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        check_template(kind, f"Hej {{{field}}}")
    assert (refused.value.code, refused.value.fields) == ("private_field", (field,))
    check_template(TextKind.NOT_REACHED, f"Hej {{{field}}}")
    assert field not in fields_for(kind)


@pytest.mark.parametrize(
    ("text", "code", "fields"),
    [
        ("Kære {patient}, {navn}, {dato} {hospitl}", "unknown_field", ("patient", "hospitl")),
        ("Kære { navn}", "unknown_field", (" navn",)),
        ("Kære {navn", "stray_brace", ()),
        ("Kære navn}", "stray_brace", ()),
        ("  \n", "empty", ()),
        ("x" * 8001, "too_long", ()),
    ],
)
def test_a_template_that_cannot_be_used_says_why(text: str, code: str, fields: tuple[str, ...]) -> None:
    with pytest.raises(BadTemplate) as refused:
        check_template(TextKind.NO_RIGHT, text)
    assert (refused.value.code, refused.value.fields) == (code, fields)


def test_what_is_missing_is_marked_and_named_once() -> None:
    filled = fill("Til {afdeling}\n\n{navn} og {navn} fra {afdeling}", {"navn": "Åse {dato}"})
    assert filled.text == "Til [mangler: afdeling]\n\nÅse {dato} og Åse {dato} fra [mangler: afdeling]"
    assert filled.missing == ("afdeling",)
    assert has_gap(filled.text)


def test_an_optional_paragraph_goes_when_it_is_empty() -> None:
    text = "A\n\n{tolk}\n\nB"
    assert fill(text, {}).text == "A\n\nB"
    assert fill(text, {"tolk": "Tolk: arabisk"}).text == "A\n\nTolk: arabisk\n\nB"


@given(st.text(max_size=200), st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=20)))
@settings(max_examples=60)
def test_filling_never_fails_on_what_was_checked(text: str, values: dict[str, str]) -> None:
    try:
        check_template(TextKind.NO_RIGHT, text)
    except BadTemplate:
        return
    filled = fill(text, values)
    assert set(filled.missing) <= set(fields_in(text))


@pytest.mark.parametrize(
    ("text", "used", "most", "outside"),
    [
        ("", 0, 160, ""),
        ("Kønummer 4120: æøå ÆØÅ éü", 25, 160, ""),
        ("[20 €]", 9, 160, ""),
        ("9–11", 4, 70, "–"),
        ("’’👩", 4, 70, "’👩"),
        ("x" * 160, 160, 160, ""),
        ("x" * 161, 161, 160, ""),
    ],
)
def test_the_length_of_an_sms(text: str, used: int, most: int, outside: str) -> None:
    length = sms_length(text)
    assert (length.used, length.most, length.outside) == (used, most, outside)
    assert length.fits is (used <= most)


def version(first: int, last: int | None = None, text: str = "") -> TemplateVersion:
    to = date(2026, 11, last) if last else None
    return TemplateVersion(TextKind.SMS, "", text, date(2026, 11, first), to)


def test_the_latest_first_day_holds_and_of_two_the_one_written_last() -> None:
    held = [version(1, text="a"), version(10, 12, text="b"), version(10, 12, text="c"), version(20, text="d")]
    days = {day: in_force(held, date(2026, 11, day)) for day in (1, 9, 10, 12, 13, 20)}
    assert {day: one.text for day, one in days.items() if one} == {1: "a", 9: "a", 10: "c", 12: "c", 13: "a", 20: "d"}
    assert in_force(held[1:], date(2026, 11, 1)) is None
