"""Every code of the intake has its sentence, and every field a problem can point at has a name."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.base.words import language, use_language
from pkui.base.words.intake import (
    field_name,
    problem_line,
    problem_sentence,
    sorting_words,
)
from pkui.domain.intake import Parked, ProblemCode, parse_submission
from pkui.domain.sorting import SortingReason
from tests.data.answers import every_pointer
from tests.data.submissions import changed, submission
from tests.domain.test_intake_robustness import NOW


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    use_language("en")
    yield
    use_language(before)


def test_every_code_has_a_sentence() -> None:
    sentences = [problem_sentence(code) for code in ProblemCode]
    assert len(set(sentences)) == len(ProblemCode)
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(sorting_words(tuple(SortingReason)).split(", ")) == len(SortingReason)
    with pytest.raises(ValueError):
        problem_sentence("unheard_of")


def test_a_line_names_field_entry_and_problem() -> None:
    assert problem_line("/call_windows/1/from", "invalid_time") == (
        "Call window, from (2): The time does not exist or is not written as hours:minutes."
    )
    assert problem_line("", "duplicate_key").startswith("The whole submission: ")
    with pytest.raises(KeyError):
        field_name("/patient/shoe_size")


PERSON = {"name": "x", "phone": "1", "relation": "x", "basis": "x", "identifier": {"type": "x", "value": "x"}}
BODY = submission(representative=PERSON)
LISTS: list[str] = [
    "/call_windows/0",
    "/unavailable/0",
    "/consents/0",
    "/attachments/0",
    "/referral/preferred_providers/0",
]
INNER = [f"{entry}/{key}" for entry in LISTS[:4] for key in BODY[entry.split("/")[1]][0]]
POINTERS = [*every_pointer(BODY), *LISTS, *INNER]


@given(st.sampled_from(POINTERS), st.sampled_from([[["x"]], {"x": 1}, "x" * 99_999, 10**30, True, ["x"] * 200, None]))
def test_every_problem_can_be_named(pointer: str, value: Any) -> None:
    parsed = parse_submission(json.dumps(changed(BODY, pointer, value)).encode(), NOW)
    if isinstance(parsed, Parked):
        for problem in parsed.problems:
            assert problem_line(problem.pointer, problem.code)
