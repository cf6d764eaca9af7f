"""Sorting and flagged words: what makes a case ordinary, whose it is, and which words somebody must see."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pkui.domain.codes import Complexity, Team, Topic
from pkui.domain.intake import Submission, flagged_words, parse_submission
from pkui.domain.sorting import SortingFacts, SortingReason, facts_of, sort_case
from tests.data.submissions import changed, encoded, minimal, submission

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
R = SortingReason
PLAIN = SortingFacts(
    topic=Topic.FASTER_TREATMENT,
    segments=1,
    common_area=True,
    facts_known=True,
    address_protected=False,
    consent_given=True,
    age=60,
    interpreter=False,
    psychiatry=False,
    free_choice_used=False,
    clinical_limit=False,
)


def sorted_reasons(body: dict[str, Any]) -> tuple[SortingReason, ...]:
    parsed = parse_submission(encoded(body), NOW)
    assert isinstance(parsed, Submission), parsed
    return sort_case(facts_of(parsed, NOW)).reasons


def test_a_plain_case_is_simple_and_everybodys() -> None:
    sorting = sort_case(PLAIN)
    assert (sorting.complexity, sorting.team, sorting.reasons) == (Complexity.SIMPLE, Team.GENERAL, ())
    assert sorted_reasons(submission()) == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"segments": 2}, R.SEVERAL_SEGMENTS),
        ({"common_area": False}, R.UNCOMMON_AREA),
        ({"facts_known": False}, R.FACTS_MISSING),
        ({"topic": Topic.SERVICE_COMPLAINT}, R.COMPLAINT),
        ({"topic": Topic.AUTHORITY_COMPLAINT}, R.COMPLAINT),
        ({"topic": Topic.DISSATISFACTION}, R.COMPLAINT),
        ({"topic": Topic.ACCEPTANCE_REQUEST}, R.NOT_ONE_COURSE),
        ({"address_protected": True}, R.ADDRESS_PROTECTED),
        ({"consent_given": False}, R.CONSENT_MISSING),
        ({"age": 17}, R.UNDER_18),
        ({"age": None}, R.AGE_UNKNOWN),
        ({"interpreter": True}, R.INTERPRETER),
        ({"psychiatry": True}, R.PSYCHIATRY),
        ({"free_choice_used": True}, R.FREE_CHOICE_USED),
        ({"clinical_limit": True}, R.CLINICAL_LIMIT),
    ],
)
def test_each_single_thing_makes_a_case_ordinary(change: dict[str, Any], reason: SortingReason) -> None:
    sorting = sort_case(replace(PLAIN, **change))
    assert sorting.complexity is Complexity.ORDINARY
    assert sorting.reasons == (reason,)
    assert sorting.team == Team.GENERAL


@pytest.mark.parametrize(
    ("topic", "group", "team"),
    [
        (Topic.MAXIMUM_WAITING_TIME, None, Team.MAXIMUM_WAITING_TIME),
        (Topic.MAXIMUM_WAITING_TIME, "child_psychiatry", Team.MAXIMUM_WAITING_TIME),
        (Topic.HEALTH_RECORD, None, Team.HEALTH_RECORD),
        (Topic.RECORD_PRIVATE_MARK, None, Team.HEALTH_RECORD),
        (Topic.FASTER_ASSESSMENT, "child_psychiatry", "child_psychiatry"),
        (Topic.MISCELLANEOUS, None, Team.GENERAL),
    ],
)
def test_team_by_topic(topic: Topic, group: str | None, team: str) -> None:
    sorting = sort_case(replace(PLAIN, topic=topic, working_group=group))
    assert sorting.team == team
    told = [reason for reason in sorting.reasons if reason.value.startswith("team_")]
    assert bool(told) == (team != Team.GENERAL)


def test_every_topic_has_a_team_and_only_courses_are_simple() -> None:
    simple = {topic for topic in Topic if sort_case(replace(PLAIN, topic=topic)).complexity is Complexity.SIMPLE}
    assert simple == {
        Topic.FASTER_IMAGING,
        Topic.FASTER_ASSESSMENT,
        Topic.FASTER_TREATMENT,
        Topic.OPERATION_CHANGED,
        Topic.CHOOSE_HOSPITAL,
    }


@pytest.mark.parametrize(
    ("pointer", "value", "reason"),
    [
        ("/referral/treatment_text", "Sjælden stofskiftesygdom", R.UNCOMMON_AREA),
        ("/referral/hospital_text", None, R.FACTS_MISSING),
        ("/referral/referral_date_in_letter", None, R.FACTS_MISSING),
        ("/referral/department_text", "Børne- og Ungdomspsykiatrisk Afdeling", R.PSYCHIATRY),
        ("/referral/free_choice_already_used", True, R.FREE_CHOICE_USED),
        ("/matter/free_text", "Jeg har en PACEMAKER", R.CLINICAL_LIMIT),
        ("/matter/free_text", "Mit BMI er 41", R.CLINICAL_LIMIT),
        ("/patient/address_protected", True, R.ADDRESS_PROTECTED),
        ("/patient/birth_date", "2008-11-24", R.UNDER_18),
        ("/contact/interpreter_language", "arabisk", R.INTERPRETER),
        ("/consents", [], R.CONSENT_MISSING),
        ("/consents/0/given", False, R.CONSENT_MISSING),
    ],
)
def test_what_a_fresh_enquiry_tells(pointer: str, value: Any, reason: SortingReason) -> None:
    assert sorted_reasons(changed(submission(), pointer, value)) == (reason,)


def test_an_adult_today_is_an_adult() -> None:
    assert sorted_reasons(changed(submission(), "/patient/birth_date", "2008-11-23")) == ()


def test_somebody_of_whom_nothing_is_known() -> None:
    assert sorted_reasons(minimal()) == (
        R.NOT_ONE_COURSE,
        R.UNCOMMON_AREA,
        R.FACTS_MISSING,
        R.CONSENT_MISSING,
        R.AGE_UNKNOWN,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jeg er bange for KRÆFT", ("kræft",)),
        ("mistanke om brystkræft, er i et kræftpakkeforløb", ("kræft", "pakkeforløb")),
        ("maaske kraeft", ("kræft",)),
        ("en knude i brystet", ("knude",)),
        ("Knuden vokser; cancer?", ("cancer", "knude")),
        (unicodedata.normalize("NFD", "i pakkeforløb på Skejby"), ("pakkeforløb",)),
        ("pakke-forløb", ("pakkeforløb",)),
        ("ustabil angina", ("hjertekrampe",)),
        ("åreknuder i begge ben", ()),
        ("jeg har ingen kræfter og kræftige smerter", ()),
        ("jeg har ikke fået det bekræftet", ()),
        ("et godt samarbejde", ()),
        ("", ()),
    ],
)
def test_flagged_words(text: str, words: tuple[str, ...]) -> None:
    assert flagged_words(text) == words
