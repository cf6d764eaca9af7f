"""Every code that people see has its words in both languages, and a column's words fit their column."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from enum import Enum
from typing import Any

import pytest

from pkui.base.words import LANGUAGES, access, codes, settings, timeline, use_language
from pkui.domain import access_codes
from pkui.domain import codes as domain
from pkui.domain.facts import FACT_KINDS
from pkui.domain.office import OfficeSettings
from pkui.domain.permissions import Permission

SHORT = 20
EVERY: list[tuple[Callable[[Any], str], type[Enum]]] = [
    (codes.topic, domain.Topic),
    (codes.topic_short, domain.Topic),
    (codes.role, domain.Role),
    (codes.priority_class, domain.PriorityClass),
    (codes.complexity, domain.Complexity),
    (codes.team, domain.Team),
    (codes.state, domain.CaseState),
    (codes.party, domain.Party),
    (codes.result, domain.ContactResult),
    (codes.direction, domain.Direction),
    (codes.channel, domain.Channel),
    (codes.reply_channel, domain.ReplyChannel),
    (codes.digital_post, domain.DigitalPost),
    (codes.identifier_type, domain.IdentifierType),
    (codes.basis, domain.RepresentativeBasis),
    (codes.consent, domain.ConsentType),
    (codes.consent_mode, domain.ConsentMode),
    (codes.source, domain.FactSource),
    (codes.segment_state, domain.SegmentState),
    (codes.relation, domain.Relation),
    (codes.cause, domain.Cause),
    (codes.absence, domain.AbsenceKind),
    (codes.permission, Permission),
    (access.purpose, access_codes.Purpose),
    (access.access_kind, access_codes.AccessKind),
    (access.review_mark, access_codes.ReviewMark),
    (access.review_decision, access_codes.ReviewDecision),
]
DETAILS: dict[domain.EventKind, dict[str, Any]] = {
    domain.EventKind.RECEIVED: {"channel": "help_line"},
    domain.EventKind.ASSIGNED: {"to": "anna"},
    domain.EventKind.HANDED_OVER: {"to": "anna"},
    domain.EventKind.TAKEN_OVER: {"from": "anna"},
    domain.EventKind.CONTACT_LOGGED: {"party": "patient", "result": "reached", "direction": "outgoing"},
    domain.EventKind.WAITING: {"party": "gp", "until": "2026-11-25"},
    domain.EventKind.FACT_RECORDED: {"name": "offered_date", "source": "letter"},
    domain.EventKind.CORE_DATA_CHANGED: {"fields": ["phone", "protected"]},
    domain.EventKind.SORTED: {"before": "hearing_aid", "topic": "rehabilitation"},
    domain.EventKind.PROVIDER_CHOSEN: {"name": "Aleris Aarhus"},
    domain.EventKind.SEGMENT_CHANGED: {"number": 1, "state": "requested"},
    domain.EventKind.CALL_BOOKED: {"at": "2026-11-24T12:30:00+00:00", "agreed": True},
    domain.EventKind.CALL_CANCELLED: {"at": "2026-11-24T12:30:00+00:00"},
    domain.EventKind.MERGED: {"with_case": 12},
    domain.EventKind.SPLIT: {"with_case": 12},
    domain.EventKind.ROUTED: {
        "team": "general",
        "before_team": "health_record",
        "complexity": "ordinary",
        "before_complexity": "simple",
        "released": True,
    },
    domain.EventKind.MOVED: {"to": "anna"},
    domain.EventKind.DRAFT_DECIDED: {"what": "sent", "way": "letter", "party": "patient"},
    domain.EventKind.CLOSED: {"outcome": "rereferral.treatment.partner", "cause": None},
}


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("da")


def test_every_code_has_words_of_its_own() -> None:
    for words, kind in EVERY:
        texts = [words(code) for code in kind]
        assert all(texts)
        assert len(set(texts)) == len(texts), kind


def test_a_topic_fits_its_column() -> None:
    assert [text for text in map(codes.topic_short, domain.Topic) if len(text) > SHORT] == []


def test_outcomes_differ() -> None:
    assert len({codes.outcome(outcome) for outcome in domain.OUTCOMES}) == len(domain.OUTCOMES)


def test_a_working_group_keeps_its_name() -> None:
    assert codes.team("child_psychiatry") == "child_psychiatry"


@pytest.mark.parametrize("kind", domain.EventKind)
def test_every_event_has_a_sentence(kind: domain.EventKind) -> None:
    text = timeline.event(kind, DETAILS.get(kind, {}), by="Bo Holm", names={"anna": "Anna Berg"})
    assert "Bo Holm" in text
    assert "{" not in text


def test_taking_a_case_is_told_as_that(language: str) -> None:
    text = timeline.event(domain.EventKind.ASSIGNED, {"to": "anna"}, by="Anna Berg", names={"anna": "Anna Berg"})
    assert text == {"da": "Overtaget af Anna Berg", "en": "Taken by Anna Berg"}[language]


def test_facts_have_names_and_readable_values(language: str) -> None:
    assert len({timeline.fact_name(name) for name in FACT_KINDS}) == len(FACT_KINDS)
    assert timeline.fact_value(True) == {"da": "ja", "en": "yes"}[language]
    assert timeline.fact_value("2026-11-28") == {"da": "28.11.2026", "en": "28/11/2026"}[language]
    assert timeline.fact_value("Kolding-ab") == "Kolding-ab"


def test_every_setting_has_a_name_that_fits_its_column(language: str) -> None:
    names = {one.name: settings.setting_name(one.name) for one in fields(OfficeSettings)}
    assert not [key for key, name in names.items() if name == key or len(name) > 32]
    assert len(set(names.values())) == len(names)
