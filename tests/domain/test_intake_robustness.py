"""Robustness of the intake: broken bytes, hostile JSON, damaged submissions; always one of three answers."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.domain.identifiers import find_cprs
from pkui.domain.intake import (
    LIMIT_BYTES,
    Parked,
    Parsed,
    Problem,
    ProblemCode,
    Rejected,
    Submission,
    body_hash,
    parse_submission,
)
from tests.data.answers import assert_storable, every_pointer, problems
from tests.data.submissions import changed, encoded, submission, submission_id

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TEST_CPR = "0201609995"


def parse(body: object) -> Parsed:
    return parse_submission(encoded(body), NOW)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not_json"),
        (b"hello", "not_json"),
        (b"{", "not_json"),
        (b'{"schema": "pk-intake/1"} {}', "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
        (b'"{}"', "not_an_object"),
        (b"NaN", "not_an_object"),
        (b"9" * 10_000, "not_an_object"),
        (b"[" * 10_000 + b"]" * 10_000, "not_an_object"),
        (b" " * (LIMIT_BYTES + 1), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:12].decode("latin-1"),
)
def test_what_is_no_json_object_is_rejected(raw: bytes, code: str) -> None:
    assert parse_submission(raw, NOW) == Rejected(ProblemCode(code))


def test_thirty_megabytes_are_answered_and_twenty_four_are_read() -> None:
    huge = submission(extra="x" * 24_000_000)
    assert isinstance(parse(huge), Submission)
    assert parse(submission(extra="x" * 30_000_000)) == Rejected(ProblemCode.TOO_LARGE)
    assert problems(parse(submission(matter={"topic": "miscellaneous", "free_text": "x" * 24_000_000}))) == [
        ("/matter/free_text", "too_long")
    ]


def test_a_byte_order_mark_is_passed_over() -> None:
    assert isinstance(parse_submission(b"\xef\xbb\xbf" + encoded(submission()), NOW), Submission)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "utf-32"])
def test_an_object_that_is_not_utf8_is_parked_or_rejected(encoding: str) -> None:
    raw = json.dumps(submission(), ensure_ascii=False).encode(encoding)
    parsed = parse_submission(raw, NOW)
    if encoding == "utf-16-le":
        assert isinstance(parsed, Parked | Rejected)
    else:
        assert ("", "not_utf8") in problems(parsed)
        assert isinstance(parsed, Parked) and parsed.submission_id == submission_id(1)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"language": "da"', b'"language": "da", "language": "en"', "duplicate_key"),
        (b'"city": "Viborg"', b'"city": "Viborg", "city": "Viborg"', "duplicate_key"),
        (b'"size": 182044', b'"size": NaN', "not_a_number"),
        (b'"size": 182044', b'"size": -Infinity', "not_a_number"),
    ],
)
def test_what_json_does_not_say_clearly_is_parked(old: bytes, new: bytes, code: str) -> None:
    raw = encoded(submission())
    assert old in raw
    parsed = parse_submission(raw.replace(old, new), NOW)
    assert problems(parsed) == [("", code)]
    assert isinstance(parsed, Parked) and parsed.submission_id == submission_id(1)


@pytest.mark.parametrize("number", [b"9" * 5_000, b"-" + b"9" * 5_000, b"1e999", b"1e-999", b"0." + b"1" * 5_000])
def test_huge_numbers(number: bytes) -> None:
    raw = encoded(submission())
    for old in (b'"size": 182044', b'"max_distance_km": 60', b'"weekday": 1', b'"serial": 1'):
        assert old in raw
        key = old.split(b":")[0]
        parsed = parse_submission(raw.replace(old, key + b": " + number), NOW)
        assert_storable(parsed)
        if not number.startswith((b"0", b"1e-")):
            assert isinstance(parsed, Parked)


@pytest.mark.parametrize("depth", [65, 500, 10_000, 100_000])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_nesting_too_deep_is_parked(depth: int, opens: str, closes: str) -> None:
    deep = opens * depth + "1" + closes * depth
    raw = encoded(submission())[:-1] + b', "extra": ' + deep.encode() + b"}"
    parsed = parse_submission(raw, NOW)
    assert ("", "too_deep") in problems(parsed)
    assert body_hash(raw) == body_hash(raw)


def test_nesting_within_reason_is_read() -> None:
    deep = "[" * 60 + "]" * 60
    assert isinstance(parse_submission(encoded(submission())[:-1] + b', "x": ' + deep.encode() + b"}", NOW), Submission)


def test_raw_line_breaks_within_texts_are_let_through() -> None:
    raw = encoded(submission()).replace("hånd og".encode(), "hånd\nog".encode())
    parsed = parse_submission(raw, NOW)
    assert isinstance(parsed, Submission)
    assert parsed.matter.free_text is not None and "hånd\nog" in parsed.matter.free_text


def test_problems_never_carry_values() -> None:
    secret = "hemmeligt-ord"
    for pointer in every_pointer(submission()):
        raw = json.dumps(changed(submission(), pointer, [secret, TEST_CPR])).encode()
        parsed = parse_submission(raw, NOW)
        if isinstance(parsed, Parked):
            assert secret not in repr(parsed)
            assert find_cprs(repr(parsed)) == []


def test_hash_is_of_the_meaning() -> None:
    body = submission()
    turned = dict(reversed(body.items()))
    same = [encoded(body), json.dumps(body).encode(), json.dumps(turned, indent=3).encode()]
    same.append(b"\xef\xbb\xbf\n" + encoded(body))
    assert len({body_hash(raw) for raw in same}) == 1
    assert body_hash(encoded(submission(2))) != body_hash(same[0])
    assert body_hash(encoded(changed(body, "/extra", 1))) != body_hash(same[0])
    assert body_hash(b"hello") != body_hash(b"hello ")
    assert body_hash(b'{"a": 1, "a": 2}') != body_hash(b'{"a": 3, "a": 2}')
    assert len(body_hash(b"")) == 64


def check(raw: bytes) -> None:
    parsed = parse_submission(raw, NOW)
    assert isinstance(parsed, Rejected | Parked | Submission)
    assert_storable(parsed)
    if isinstance(parsed, Parked):
        assert parsed.problems
        assert all(isinstance(problem, Problem) for problem in parsed.problems)
    assert len(body_hash(raw)) == 64


@given(st.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    check(raw)


def any_text() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=()), max_size=12)


def any_json() -> st.SearchStrategy[Any]:
    plain = st.none() | st.booleans() | st.integers() | st.floats() | any_text()
    return st.recursive(
        plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text(), inner, max_size=4)
    )


@given(any_json())
def test_any_json(body: Any) -> None:
    check(json.dumps(body).encode())


LIST_POINTERS = (
    "/call_windows/0",
    "/call_windows/0/from",
    "/consents/0/type",
    "/attachments/0/id",
    "/unavailable/0/to",
)
POINTERS = (*every_pointer(submission()), *LIST_POINTERS)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(POINTERS), any_json() | st.just(...)), min_size=1, max_size=4))
def test_any_change_of_a_valid_submission(changes: list[tuple[str, Any]]) -> None:
    body = submission()
    for pointer, value in changes:
        try:
            body = changed(body, pointer, value)
        except (KeyError, IndexError, TypeError, ValueError):
            continue
    check(json.dumps(body).encode())


@settings(max_examples=300)
@given(st.integers(0, 1700), st.integers(0, 40), st.binary(max_size=12))
def test_any_damage_to_the_bytes(at: int, length: int, patch: bytes) -> None:
    raw = encoded(submission())
    check(raw[:at] + patch + raw[at + length :])
