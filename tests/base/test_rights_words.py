"""Words for rights: every code that a rule can give has a sentence, and dates read as everywhere else."""

import ast
from datetime import date
from pathlib import Path

import pytest

from pkui.base.calendar import public_holidays
from pkui.base.law import packaged_law
from pkui.base.words import rights, rights_facts, rights_reasons, use_language
from pkui.base.words.dates import plain_date
from pkui.domain.rights import counting
from pkui.domain.rights.answers import Answer
from pkui.domain.rights.engine import check
from pkui.domain.rights.facts import FIELDS, AskedOf
from pkui.domain.rights.reading import read_facts

RULES = Path(counting.__file__).parent
CALLS = {
    "bar": rights_reasons._REASONS,
    "review": rights_reasons._REASONS,
    "late_review": rights_reasons._REASONS,
    "clinical_reason": rights_reasons._REASONS,
    "note": rights_reasons._REASONS,
    "step": rights_reasons._STEPS,
}


def codes(path: Path) -> list[tuple[str, str]]:
    """The codes that a module gives, with the method they are given to."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
            found += [
                (node.func.attr, one.value)
                for one in ast.walk(node.args[0])
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
    return found


def test_every_code_of_every_rule_has_a_sentence() -> None:
    given = [pair for path in RULES.glob("*.py") for pair in codes(path)]
    assert len(given) > 60
    assert [code for method, code in given if code not in CALLS[method]] == []


def test_no_sentence_stands_there_for_nothing() -> None:
    text = "".join(path.read_text("utf-8") for path in RULES.glob("*.py"))
    told = rights_reasons._REASONS | rights_reasons._STEPS | rights_reasons._COUNT
    assert [code for code in told if f'"{code}"' not in text] == []


def test_every_field_has_a_name_and_a_question() -> None:
    assert set(FIELDS) == set(rights_facts._NAMES) == set(rights_facts._QUESTIONS)
    for name in FIELDS:
        assert rights.field_name(name) and rights.question(name).endswith("?")
    for who in AskedOf:
        assert rights.asked_of_words(who)


def test_every_answer_has_a_word_and_a_symbol_of_its_own() -> None:
    assert len({rights.answer_word(answer) for answer in Answer}) == 7
    assert len({rights.answer_symbol(answer) for answer in Answer}) == 7


@pytest.mark.parametrize("chosen", ["da", "en"])
def test_dates_read_as_everywhere_else(chosen: str) -> None:
    use_language(chosen)
    try:
        for day in (date(2026, 2, 3), date(2026, 11, 28), date(1999, 12, 31)):
            assert rights_facts.in_figures(day) == plain_date(day)
    finally:
        use_language("da")


def test_values_read_as_people_write_them() -> None:
    use_language("en")
    try:
        assert rights.value_words(True) == "yes" and rights.value_words(None) == "unknown"
        assert rights.value_words("2026-11-30") == "30/11/2026"
        assert rights.value_words("2026-99-99") == "2026-99-99"
        assert rights.value_words([{"from": "2026-11-28", "to": None, "cause": "health"}]) == "28/11/2026 health"
    finally:
        use_language("da")


def test_the_patients_summary_holds_no_note_of_the_offices() -> None:
    facts = read_facts({"case_kind": "assessment", "referral_received": "2026-11-02", "custodial_status": "none"})
    hints = check(facts, on=date(2026, 11, 23), law=packaged_law(), calendar=public_holidays())
    text = rights.summary_for_patient(hints, date(2026, 11, 23))
    assert rights.question("offered_date") in text
    for hint in hints:
        assert rights.patient_sentence(hint) in text
        assert all(rights.step_words(step) not in text for step in hint.steps)
    assert rights.question("referral_accepted") not in text
    assert rights.summary_for_patient([])
