"""Every refusal the program can make has a sentence, and no sentence stands there for nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from pkui.base.errors import BadInput, PkuiError, Refused, Stale
from pkui.base.words import errors_access, errors_database, errors_people, errors_security, errors_texts, use_language
from pkui.base.words.errors import _MESSAGES, message
from storage.failures import CODES as FAILURES

ROOT = Path(__file__).parents[2]
ERRORS = {"Refused": 0, "BadInput": 0, "Unreachable": 0}
"""Where each error names its code."""
HELPERS = {"_require_reason": 1, "reasoned": 1, "given_text": 1, "_reasoned": 1, "_text": 1, "_as": 2}
"""Where helpers of the services are given the code that they raise."""
NAMED_ELSEWHERE = {"stale", "password_too_short", "password_too_long", "password_too_easy"} | FAILURES


def codes_raised() -> Iterator[tuple[str, str]]:
    for folder in ("pkui", "screens", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            places = ERRORS | HELPERS if path.parent.name == "services" else ERRORS
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
                    place = places[node.func.id]
                    for constant in ast.walk(node.args[place]) if len(node.args) > place else ():
                        if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                            yield constant.value, f"{path.relative_to(ROOT)}:{node.lineno}"


def details_given() -> Iterator[tuple[str, set[str], str]]:
    for folder in ("pkui", "screens", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                    code = node.args[0] if node.args else None
                    if isinstance(code, ast.Constant) and all(one.arg for one in node.keywords):
                        given = {str(one.arg) for one in node.keywords}
                        yield str(code.value), given, f"{path.relative_to(ROOT)}:{node.lineno}"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("da")


def test_every_code_has_a_sentence() -> None:
    missing = {code: where for code, where in codes_raised() if code not in _MESSAGES}
    assert not missing
    assert set(FAILURES) <= set(_MESSAGES)


def test_a_code_has_one_sentence() -> None:
    parts = (errors_access, errors_database, errors_people, errors_security, errors_texts)
    overruled = [code for part in parts for code, text in part.MESSAGES.items() if _MESSAGES[code] != text]
    assert not overruled


def test_no_sentence_is_left_over() -> None:
    assert not set(_MESSAGES) - {code for code, _where in codes_raised()} - NAMED_ELSEWHERE


def test_every_error_carries_what_its_sentence_names() -> None:
    lacking = [
        (where, code)
        for code, given, where in details_given()
        if not {name for _text, name, *_rest in Formatter().parse(_MESSAGES[code]) if name} <= given
    ]
    assert not lacking


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Stale(based_on=3, now_at=4), "The case has changed since you read it (version 3, now 4); read it again."),
        (
            Refused("not_allowed", permission="move_cases"),
            "Your role may not move other people's cases; ask a colleague who may.",
        ),
        (
            BadInput("follow_up_on_a_closed_day", on="2026-11-28", next="2026-11-30"),
            "The office is closed on 28/11/2026; the next working day is 30/11/2026.",
        ),
        (BadInput("bad_fact", kind="yes_no"), "The value is not one the fact can take; write yes or no."),
    ],
)
def test_sentences_carry_their_parameters(error: PkuiError, sentence: str) -> None:
    assert message(error) == sentence
