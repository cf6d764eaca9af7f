"""Published decisions and vignettes: what was held lies among the answers that the rules give."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.domain.rights.judging import find, judge

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "rights_cases.toml").read_text("utf-8")
)["case"]


def test_every_case_is_there_once() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) == 41


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_answers_hold_for_what_was_decided(case: dict[str, Any]) -> None:
    hints = judge(case["on"], **case["facts"])
    if not case["expect"]:
        assert hints == []
    for expected in case["expect"]:
        hint = find(hints, expected["right"], expected.get("limb"))
        assert hint is not None, expected
        assert hint.answer in expected["answers"], hint
        if "deadline" in expected:
            assert hint.deadline == date.fromisoformat(expected["deadline"])
        if "breached" in expected:
            assert hint.breached is expected["breached"]
        if expected.get("not_breached"):
            assert hint.breached is not True
        if "reason" in expected:
            assert expected["reason"] in {reason.code for reason in hint.reasons}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_more_than_one_answer_is_explained(case: dict[str, Any]) -> None:
    doubtful = any(set(one["answers"]) - {"yes", "likely"} and len(one["answers"]) > 1 for one in case["expect"])
    assert case.get("doubt") or not doubtful
