"""The law as data: what the packaged numbers say, what is refused on load, and the office's own values."""

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest

from pkui.base.law import law_text, packaged_law
from pkui.domain.rights.law import BadLaw, OfficeValue, parse_law

HEAD = """
version = "1"
home_regions = []
skin_words = []
skin_covered_words = []
skin_outside_words = []
expiry_days = []
doubtful_days = []
children_under = 18
pension_from_age = 18
"""
RULE = '[[rule]]\nid = "a"\nkey_event = "x"\nunit = "days"\ncitations = ["§ 1"]\n'
OFFICE = '[[office]]\nrule = "b"\nfrom = 2021-01-01\nvalue = 1\nsource = "s"\nset_by = "n"\nset_on = 2021-01-01\n'
FIRST = '{from = 2020-01-01, to = 2020-12-31, value = 30, confidence = "H", sources = []}'


def rows(*more: str, extra: str = "") -> str:
    return f"{HEAD}{RULE}{extra}rows = [{', '.join((FIRST, *more))}]\n"


def row(begins: str, ends: str | None = None, **other: Any) -> str:
    to = f", to = {ends}" if ends else ""
    return f'{{from = {begins}{to}, value = 60, confidence = "H", sources = []}}'


def test_every_number_has_dates_source_confidence_and_citation() -> None:
    for rule in packaged_law().rules.values():
        assert rule.citations and rule.rows and rule.key_event
        for one in rule.rows:
            assert one.value is not None or one.note, rule.id
            assert one.sources or one.confidence == "", rule.id
            assert one.suspended is None or one.value is not None


@pytest.mark.parametrize(
    ("name", "value", "outer"),
    [
        ("assessment_right_somatic", 30, None), ("assessment_right_psychiatry", 30, None), ("duf_assessment", 30, None),
        ("duf_treatment_somatic", 30, None), ("duf_treatment_psychiatry", 30, None), ("duf_diagnostic", 30, None),
        ("duf_changed_surgery_date", 0, None), ("information_duty", 8, None), ("max_wait.first_exam", 14, None),
        ("max_wait.surgery", 14, 28), ("max_wait.medical_first", 14, 28), ("max_wait.radiotherapy_first", 14, 28),
        ("max_wait.after_treatment", 14, 28), ("max_wait.left_main_by_angiography", 10, 14),
        ("max_wait.documented_unstable_angina", 14, 21), ("max_wait.angina_after_infarction", 21, 35),
        ("complaint_treatment", 2, 5), ("complaint_rights", 4, None), ("compensation", 3, 10),
        ("transport_distance", 50, None), ("month", 30, 60),
    ],
)  # fmt: skip
def test_the_numbers_in_force_today(name: str, value: int, outer: int | None) -> None:
    found = packaged_law().in_force(name, date(2026, 11, 23))
    assert found is not None and (found.value, found.outer) == (value, outer)


SPANS: list[tuple[str, str, str | None, int, str | None]] = [
    ("assessment_right_somatic", "2013-09-01", "2020-03-18", 30, None),
    ("assessment_right_somatic", "2020-03-19", "2021-02-28", 30, "covid"),
    ("assessment_right_somatic", "2021-03-01", "2022-01-02", 30, None),
    ("assessment_right_somatic", "2022-01-03", "2022-01-20", 30, "covid"),
    ("assessment_right_somatic", "2022-01-21", None, 30, None),
    ("assessment_right_psychiatry", "2014-09-01", "2015-08-31", 60, None),
    ("assessment_right_psychiatry", "2015-09-01", "2020-03-18", 30, None),
    ("assessment_right_psychiatry", "2020-03-19", "2020-08-31", 30, "covid"),
    ("assessment_right_psychiatry", "2020-09-01", None, 30, None),
    ("duf_assessment", "2016-10-01", None, 30, None),
    ("duf_treatment_somatic", "2008-11-07", "2009-06-30", 30, "statute"),
    ("duf_treatment_somatic", "2013-01-01", "2016-09-30", 30, None),
    ("duf_treatment_somatic", "2016-10-01", "2020-03-18", 30, None),
    ("duf_treatment_somatic", "2020-03-19", "2021-02-28", 30, "covid"),
    ("duf_treatment_somatic", "2021-03-01", "2022-01-02", 30, None),
    ("duf_treatment_somatic", "2022-01-03", "2022-01-20", 30, "covid"),
    ("duf_treatment_somatic", "2022-01-21", "2023-05-31", 30, None),
    ("duf_treatment_somatic", "2023-06-01", "2024-12-31", 60, None),
    ("duf_treatment_somatic", "2025-01-01", None, 30, None),
    ("duf_treatment_psychiatry", "2014-09-01", "2016-09-30", 30, None),
    ("duf_treatment_psychiatry", "2016-10-01", "2020-03-18", 30, None),
    ("duf_treatment_psychiatry", "2020-03-19", "2020-08-31", 30, "covid"),
    ("duf_treatment_psychiatry", "2020-09-01", None, 30, None),
    ("duf_diagnostic", "2013-01-01", "2020-03-18", 30, None),
    ("duf_diagnostic", "2020-03-19", "2021-02-28", 30, "covid"),
    ("duf_diagnostic", "2022-01-21", None, 30, None),
    ("duf_changed_surgery_date", "2013-01-01", "2020-03-18", 0, None),
    ("information_duty", "2016-10-01", "2020-03-18", 8, None),
    ("information_duty", "2020-03-19", "2021-02-28", 8, "covid"),
    ("information_duty", "2021-03-01", None, 8, None),
    ("max_wait.first_exam", "2015-04-28", None, 14, None),
]


@pytest.mark.parametrize(("name", "first", "last", "value", "suspended"), SPANS)
def test_each_row_holds_from_its_first_day_to_its_last(
    name: str, first: str, last: str | None, value: int, suspended: str | None
) -> None:
    law, day = packaged_law(), timedelta(1)
    begins = date.fromisoformat(first)
    row = law.in_force(name, begins)
    assert row is not None and (row.value, row.suspended) == (value, suspended)
    assert law.in_force(name, begins + day) is row and law.in_force(name, begins - day) is not row
    if last is None:
        assert row.end is None and law.in_force(name, date(2099, 1, 1)) is row
        return
    ends = date.fromisoformat(last)
    assert law.in_force(name, ends) is law.in_force(name, ends - day) is row
    assert law.in_force(name, ends + day) is not row


@pytest.mark.parametrize("name", ["child_psychiatry_start", "young_adult_start", "young_adult_reply"])
def test_bills_are_there_and_off(name: str) -> None:
    assert packaged_law().rule(name).switch is not None
    assert packaged_law().in_force(name, date(2026, 11, 23)) is None
    on = OfficeValue(name, date(2026, 8, 1), 30, "Lov nr. 1", "Vicekontorchef", date(2026, 11, 1))
    confirmed = packaged_law().with_office([on]).in_force(name, date(2026, 11, 23))
    assert confirmed is not None and confirmed.value == 30


@pytest.mark.parametrize(
    ("text", "pointer", "code"),
    [
        ("no toml at all", "/", "not_toml"),
        (rows(row("2020-12-31")), "/rule/0/rows/1/from", "overlaps"),
        (rows(row("2021-01-02")), "/rule/0/rows/1/from", "undeclared_gap"),
        (rows(row("2021-01-01", "2020-06-01")), "/rule/0/rows/1/to", "ends_before_it_starts"),
        (rows(row("2021-01-01"), row("2022-01-01")), "/rule/0/rows/2/from", "overlaps"),
        (rows().replace('confidence = "H"', 'confidence = "X"'), "/rule/0/rows/0/confidence", "unknown_confidence"),
        (rows().replace("value = 30, ", ""), "/rule/0/rows/0/value", "missing"),
        (rows().replace("value = 30", "value = -1"), "/rule/0/rows/0/value", "not_a_whole_number"),
        (rows().replace("from = 2020-01-01", 'from = "2020-01-01"'), "/rule/0/rows/0/from", "not_a_date"),
        (rows().replace('"days"', '"fortnights"'), "/rule/0/unit", "unknown_unit"),
        (rows() + RULE + f"rows = [{FIRST}]\n", "/rule", "twice"),
        (rows().replace('version = "1"', ""), "/version", "missing"),
        (rows() + OFFICE, "/office/0/rule", "unknown_rule"),
    ],
)  # fmt: skip
def test_a_law_that_cannot_be_right_is_refused_with_its_place(text: str, pointer: str, code: str) -> None:
    with pytest.raises(BadLaw) as refused:
        parse_law(text)
    assert (refused.value.pointer, refused.value.code) == (pointer, code)


def test_a_declared_gap_is_accepted_and_has_no_row() -> None:
    law = parse_law(rows(row("2021-02-01"), extra="gaps = [{from = 2021-01-01, to = 2021-01-31}]\n"))
    assert law.in_force("a", date(2021, 1, 15)) is None
    assert law.in_force("a", date(2021, 2, 1)) is not None
    assert law.in_force("a", date(2019, 12, 31)) is None


def test_an_office_value_is_laid_over_and_the_old_one_stays() -> None:
    law = parse_law(rows(row("2021-01-01")))
    value = OfficeValue("a", date(2021, 3, 1), 45, "Lov nr. 2", "Vicekontorchef", date(2021, 2, 1), date(2021, 6, 30))
    changed = law.with_office([value])
    seen = {day: changed.in_force("a", date.fromisoformat(day)) for day in ("2021-02-28", "2021-03-01", "2021-07-01")}
    assert [one.value for one in seen.values() if one is not None] == [60, 45, 60]
    assert changed.replaced["a"] == (law.rule("a").rows[1],)
    assert changed.office == (value,) and law.office == ()


def test_office_values_can_stand_in_the_file() -> None:
    text = law_text() + (
        '\n[[office]]\nrule = "transport_minimum_others"\nfrom = 2025-01-01\nto = 2025-12-31\nvalue = 118\n'
        'source = "Cirkulære"\nset_by = "Vicekontorchef"\nset_on = 2026-11-01\n'
    )
    found = parse_law(text).in_force("transport_minimum_others", date(2025, 6, 1))
    assert found is not None and (found.value, found.firm) == (118, True)


def test_the_file_names_nothing_twice_and_is_plain_toml() -> None:
    document = tomllib.loads(law_text())
    ids = [rule["id"] for rule in document["rule"]]
    assert len(set(ids)) == len(ids) == len(packaged_law().rules)
