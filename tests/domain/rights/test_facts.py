"""Reading facts: every field by its type, faults with their place, and who can tell what is missing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.domain.rights.facts import FIELDS, AskedOf, RightsFacts, asked_of, plain
from pkui.domain.rights.reading import BadFacts, read_facts
from tests.domain.rights.strategies import documents

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("document", "pointer", "code"),
    [
        ([], "/", "not_an_object"),
        ({"wish": 1}, "/wish", "unknown_name"),
        ({"a/b~": 1}, "/a~1b~0", "unknown_name"),
        ({"referral_received": "1/2 2026"}, "/referral_received", "not_a_date"),
        ({"referral_received": "2026-02-30"}, "/referral_received", "not_a_date"),
        ({"referral_received": 20260201}, "/referral_received", "not_a_date"),
        ({"referral_received": "20260201"}, "/referral_received", "not_a_date"),
        ({"psychiatric": "yes"}, "/psychiatric", "not_true_or_false"),
        ({"psychiatric": 1}, "/psychiatric", "not_true_or_false"),
        ({"age": True}, "/age", "not_a_whole_number"),
        ({"age": 9.5}, "/age", "not_a_whole_number"),
        ({"age": -1}, "/age", "out_of_range"),
        ({"fare_chosen": "44"}, "/fare_chosen", "not_a_number"),
        ({"fare_chosen": float("inf")}, "/fare_chosen", "out_of_range"),
        ({"case_kind": "other"}, "/case_kind", "unknown_value"),
        ({"case_kind": 1}, "/case_kind", "not_a_text"),
        ({"letter_content": "x"}, "/letter_content", "not_a_list"),
        ({"letter_content": [1]}, "/letter_content/0", "not_a_text"),
        ({"postponements": {}}, "/postponements", "not_a_list"),
        ({"postponements": [1]}, "/postponements/0", "not_an_object"),
        ({"postponements": [{"from": "x"}]}, "/postponements/0/from", "not_a_date"),
        ({"postponements": [{}, {"start": None}]}, "/postponements/1/start", "unknown_name"),
        ({"surgery_date_history": [{"at": "home"}]}, "/surgery_date_history/0/at", "unknown_value"),
    ],
)
def test_a_fault_is_named_with_its_place(document: Any, pointer: str, code: str) -> None:
    with pytest.raises(BadFacts) as fault:
        read_facts(document)
    assert (fault.value.pointer, fault.value.code) == (pointer, code)


def test_absent_null_and_unknown_are_the_same() -> None:
    assert read_facts({}) == read_facts(dict.fromkeys(FIELDS)) == RightsFacts()
    assert read_facts({"specialty_level": "unknown", "case_kind": "unknown"}) == RightsFacts()


@given(documents())
def test_facts_survive_the_way_to_json_and_back(document: dict[str, Any]) -> None:
    facts = read_facts(document)
    assert read_facts({name: plain(getattr(facts, name)) for name in FIELDS}) == facts


@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), json_values, max_size=4))
def test_whatever_is_given_only_a_named_fault_comes_out(document: dict[str, Any]) -> None:
    try:
        read_facts(document)
    except BadFacts as fault:
        assert fault.pointer.startswith("/") and fault.code


def test_every_field_can_be_asked_of_somebody() -> None:
    assert len(FIELDS) == 64
    assert {asked_of(name) for name in FIELDS} == set(AskedOf)
    assert asked_of("social_pension") is AskedOf.PATIENT
    assert asked_of("referral_received") is AskedOf.DEPARTMENT
    assert asked_of("professional_reason_recorded") is AskedOf.RECORD
