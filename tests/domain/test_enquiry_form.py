"""The help line's form: which questions, what may be shown, what is advised, and the submission it becomes."""

import json
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pkui.domain.codes import (
    Channel,
    ConsentType,
    FactSource,
    IdentifierType,
    ParentalCustody,
    RepresentativeBasis,
    Topic,
)
from pkui.domain.disclosure import May, may_be_said
from pkui.domain.facts import CUSTODY, facts_told
from pkui.domain.intake import Submission, parse_submission, parse_values
from pkui.domain.intake.form import ORDER, Advice, EnquiryForm, advice, asked, document, field_at, may_see
from pkui.domain.intake.form_reading import completed, form_of, patched
from pkui.domain.intake.painting import covered, erased, painted
from pkui.domain.windows import CallWindow
from tests.data.answers import every_pointer
from tests.data.submissions import changed, encoded, replacement_number, submission, submission_id

NOW = datetime(2026, 11, 23, 8, 15, tzinfo=UTC)
TODAY = NOW.date()
ADULT, CHILD, YOUNG = "6202360001", "6102164000", "6102114000"
"""Replacement numbers of people born in 1936, 2016 and 2011."""
ID = submission_id(7)


def form(**values: str) -> EnquiryForm:
    return EnquiryForm(ID, NOW, values)


def body(one: EnquiryForm, relation: str = "") -> dict[str, Any]:
    return document(one, NOW, relation=relation, entered_by="pia")


def read(one: EnquiryForm, relation: str = "") -> Submission:
    parsed = parse_values(body(one, relation), NOW, [])
    assert isinstance(parsed, Submission), parsed
    return parsed


def test_a_patient_with_a_replacement_number() -> None:
    typed = form(cpr="620236-0001", consent="yes", phone="20 30 40 50", topic="faster_treatment", text="Hånd",
                 hospital="Viborg", referred="29/10", appointment="11/3", changed="yes")  # fmt: skip
    one = read(EnquiryForm(ID, NOW, typed.values, (CallWindow(1, time(9), time(11, 30)),)))
    assert (one.submission_id, one.source.channel, one.source.entered_by) == (ID, Channel.HELP_LINE, "pia")
    assert (one.received_at, one.patient.identifier.type) == (NOW, IdentifierType.REPLACEMENT)
    assert one.referral and one.referral.referral_date_in_letter and one.referral.appointment_changed_by_hospital
    assert one.referral.referral_date_in_letter.isoformat() == "2026-10-29"
    assert one.referral.appointment_date and one.referral.appointment_date.isoformat() == "2027-03-11"
    assert [(one.type, one.given) for one in one.consents] == [(ConsentType.HEALTH_INFORMATION, True)]
    assert one.windows == (CallWindow(1, time(9), time(11, 30)),)
    assert body(typed) == body(typed), "typed once, sent twice: the same submission"


def test_cancer_or_heart_needs_no_topic() -> None:
    urgent = form(urgent="yes", phone="20304050")
    assert "topic" not in asked(urgent, TODAY)
    assert read(urgent).matter.topic is Topic.MAXIMUM_WAITING_TIME
    assert advice(urgent, TODAY)[0] is Advice.URGENT


@pytest.mark.parametrize("caller", ["gp", "hospital", "bereaved", "anonymous"])
def test_callers_without_a_patient(caller: str) -> None:
    typed = form(
        caller=caller, topic="rights_question", phone="20304050", caller_name="Lægehuset", caller_phone="86112233"
    )
    one = read(typed, "egen læge")
    assert one.patient.identifier.type is IdentifierType.NONE
    assert not may_see(typed, TODAY) and "consent" not in asked(typed, TODAY)
    assert (one.representative is None) == (caller == "anonymous")
    assert one.representative is None or (one.representative.basis, one.representative.phone) == (None, "+4586112233")
    assert one.consents == ()


@pytest.mark.parametrize(
    ("text", "received"),
    [("20/11 14.30", "2026-11-20T13:30:00+00:00"), ("20/11", "2026-11-20T07:00:00+00:00"),
     ("23/10 1430", "2026-10-23T12:30:00+00:00"), ("fre 9", "2026-11-20T08:00:00+00:00")],
)  # fmt: skip
def test_a_letter_counts_from_when_it_came(text: str, received: str) -> None:
    letter = form(channel="letter", received=text, topic="authority_complaint", reply="letter")
    one = read(letter)
    assert (one.received_at.isoformat(), one.source.channel) == (received, Channel.LETTER)
    unreadable = parse_values(body(form(channel="letter", received="forleden", topic="miscellaneous")), NOW, [])
    assert not isinstance(unreadable, Submission)


@pytest.mark.parametrize(
    ("values", "sees", "says"),
    [
        ({"cpr": ADULT}, False, [Advice.ASK_CONSENT]),
        ({"cpr": ADULT, "consent": "yes"}, True, []),
        ({"cpr": ADULT, "consent": "no"}, False, [Advice.GENERAL_ONLY]),
        ({"cpr": ADULT, "caller": "relative", "basis": "none"}, False, [Advice.GENERAL_ONLY]),
        ({"cpr": ADULT, "caller": "relative", "basis": "none", "consent": "yes"}, False, [Advice.GENERAL_ONLY]),
        ({"cpr": ADULT, "caller": "relative", "consent": "yes"}, False, []),
        ({"cpr": ADULT, "caller": "relative", "basis": "power_of_attorney", "consent": "yes"}, True, []),
        ({"cpr": ADULT, "caller": "parent", "consent": "yes"}, False, [Advice.GENERAL_ONLY]),
        ({"cpr": CHILD, "consent": "yes"}, False, [Advice.CHILD_CALLS]),
        ({"cpr": CHILD, "caller": "parent", "consent": "yes"}, False, [Advice.ASK_CUSTODY]),
        ({"cpr": CHILD, "caller": "parent", "consent": "yes", "custody": "unclear"}, False, [Advice.CUSTODY_UNCLEAR]),
        ({"cpr": CHILD, "caller": "parent", "consent": "yes", "custody": "both_agree"}, True, []),
        ({"cpr": YOUNG, "consent": "yes"}, True, [Advice.YOUNG_CONSENTS]),
        ({"cpr": YOUNG, "caller": "parent", "consent": "yes"}, False, [Advice.GENERAL_ONLY, Advice.YOUNG_CONSENTS]),
        ({"cpr": YOUNG, "caller": "parent", "agrees": "yes"}, False, [Advice.YOUNG_CONSENTS]),
        ({"cpr": YOUNG, "caller": "parent", "agrees": "yes", "consent": "yes"}, True, [Advice.YOUNG_CONSENTS]),
        ({"cpr": CHILD, "caller": "parent", "agrees": "yes", "consent": "yes"}, False, [Advice.ASK_CUSTODY]),
        (
            {"cpr": CHILD, "caller": "relative", "basis": "none", "custody": "sole", "consent": "yes"},
            False,
            [Advice.GENERAL_ONLY],
        ),
        ({"born": "5.3.2016", "caller": "parent", "consent": "yes"}, False, [Advice.ASK_CUSTODY]),
        ({"caller": "gp", "consent": "yes"}, False, [Advice.PROFESSIONAL]),
        ({"caller": "anonymous"}, False, [Advice.ANONYMOUS]),
    ],
)
def test_consent_and_age_before_anything_is_shown(values: dict[str, str], sees: bool, says: list[Advice]) -> None:
    assert may_see(form(**values), TODAY) is sees
    assert list(advice(form(**values), TODAY)) == says


def test_a_relative_without_consent_is_taken_and_marked() -> None:
    one = read(
        form(caller="relative", basis="none", caller_name="Ida", caller_phone="86112233", topic="dissatisfaction")
    )
    assert one.representative and one.representative.basis is None
    assert [(one.type, one.given) for one in one.consents] == [(ConsentType.TALK_TO_RELATIVE, False)]
    parent = read(form(caller="parent", cpr=CHILD, custody="sole", consent="yes", caller_phone="86112233",
                       topic="faster_assessment"), "forælder")  # fmt: skip
    assert parent.representative and parent.representative.basis is RepresentativeBasis.PARENT
    assert parent.representative.custody is ParentalCustody.SOLE
    told = facts_told(parent)
    assert told == [(CUSTODY, "sole", FactSource.PATIENT)]


@pytest.mark.parametrize(("agrees", "basis"), [("yes", RepresentativeBasis.SPOKEN_CONSENT), ("no", None), ("", None)])
def test_from_15_a_parent_speaks_where_the_young_person_agrees(agrees: str, basis: RepresentativeBasis | None) -> None:
    typed = form(caller="parent", cpr=YOUNG, agrees=agrees, caller_phone="86112233", topic="faster_assessment")
    assert "agrees" in asked(typed, TODAY) and "custody" not in asked(typed, TODAY)
    one = read(typed, "forælder")
    assert one.representative and (one.representative.basis, one.representative.custody) == (basis, None)
    given = [(ConsentType.TALK_TO_RELATIVE, agrees == "yes")] if agrees else []
    assert [(consent.type, consent.given) for consent in one.consents] == given


PARENT = RepresentativeBasis.PARENT


@pytest.mark.parametrize(
    ("age", "basis", "custody", "may"),
    [
        (10, PARENT, None, May.CUSTODY),
        (10, PARENT, ParentalCustody.SOLE, May.CUSTODY_SETTLED),
        (10, PARENT, ParentalCustody.UNCLEAR, May.CUSTODY_UNCLEAR),
        (10, RepresentativeBasis.SPOKEN_CONSENT, ParentalCustody.UNCLEAR, May.CUSTODY_UNCLEAR),
        (10, None, ParentalCustody.SOLE, May.GENERAL_ONLY),
        (15, PARENT, ParentalCustody.BOTH_AGREE, May.GENERAL_ONLY),
        (15, RepresentativeBasis.SPOKEN_CONSENT, None, May.SPEAKS),
        (40, RepresentativeBasis.POWER_OF_ATTORNEY, None, May.SPEAKS),
        (None, PARENT, None, May.GENERAL_ONLY),
    ],
)
def test_what_may_be_said_on_the_case(
    age: int | None, basis: RepresentativeBasis | None, custody: ParentalCustody | None, may: May
) -> None:
    said = may_be_said([basis], [], age=age, custody=custody, protected=False, today=TODAY)
    assert next(one.may for one in said if one.representative == 0) is may


def test_what_is_not_asked_is_not_sent() -> None:
    typed = form(caller="patient", caller_name="gammelt", basis="guardian", topic="miscellaneous", phone="20304050")
    assert read(typed).representative is None


def span(day: int, start: int, length: int) -> CallWindow:
    """So many quarters of an hour from so many after 8."""
    end = start + length
    return CallWindow(day, time(8 + start // 4, start % 4 * 15), time(8 + end // 4, end % 4 * 15))


SPAN = st.builds(span, st.integers(1, 5), st.integers(0, 20), st.integers(1, 10))


@settings(max_examples=80, deadline=None)
@given(st.lists(SPAN, max_size=6), SPAN)
def test_painting_adds_exactly_and_rubbing_out_takes_exactly(windows: list[CallWindow], one: CallWindow) -> None:
    quarters = [CallWindow(day, time(h, q * 15), time(h + (q == 3), (q + 1) % 4 * 15))
                for day in range(1, 6) for h in range(8, 17) for q in range(4)]  # fmt: skip
    before = painted(windows, windows[0]) if windows else ()
    inside = [one.weekday == q.weekday and one.start <= q.start and q.end <= one.end for q in quarters]
    was = [covered(before, q) for q in quarters]
    assert [covered(painted(before, one), q) for q in quarters] == [a or b for a, b in zip(was, inside, strict=True)]
    assert [covered(erased(before, one), q) for q in quarters] == [
        a and not b for a, b in zip(was, inside, strict=True)
    ]


def test_a_parked_submission_fills_the_form_and_the_form_mends_it() -> None:
    parked = changed(submission(3), "/matter/topic", "knee_pain")
    filled = form_of(parked, id=ID, begun_at=NOW)
    assert (filled.get("cpr"), filled.get("phone")) == (replacement_number(3), "20 00 00 03")
    assert (filled.get("consent"), filled.caller.value, len(filled.windows)) == ("yes", "patient", 2)
    mended, problems, left_out = completed(
        parked, body(filled.with_value("topic", "faster_treatment")), NOW, id=UUID(ID)
    )
    assert mended is not None and not problems and not left_out
    assert mended == parse_submission(encoded(submission(3)), NOW), "nothing else has changed on the way"


@pytest.mark.parametrize(
    ("pointer", "value", "left_out"),
    [
        ("/attachments/0/id", "../../etc/passwd", "/attachments/0/id"),
        ("/source/channel", "pigeon", "/source/channel"),
        ("/unavailable/0/to", "2026-13-01", "/unavailable/0/to"),
        ("/contact/email", "x", "/contact/email"),
        ("/attachments/0/id", ..., "/attachments/0/id"),
        ("/patient/region_of_residence", "Midt", "/patient/region_of_residence"),
    ],
)
def test_what_nobody_asked_for_and_nobody_can_read_is_left_out(pointer: str, value: Any, left_out: str) -> None:
    parked = changed(submission(3), pointer, value)
    mended, _problems, out = completed(parked, body(form_of(parked, id=ID, begun_at=NOW)), NOW, id=UUID(ID))
    assert mended is not None and out == (left_out,)


def test_an_entry_with_two_faults_takes_no_other_with_it() -> None:
    periods = [{"from": "x", "to": "y"}, {"from": "2026-12-21", "to": "2027-01-03"}, {"from": "z", "to": "z"}]
    parked = submission(3, unavailable=periods)
    mended, _problems, out = completed(parked, body(form_of(parked, id=ID, begun_at=NOW)), NOW, id=UUID(ID))
    assert mended is not None and len(mended.unavailable) == 1
    assert set(out) == {f"/unavailable/{number}/{part}" for number in (0, 2) for part in ("from", "to")}


def test_what_was_asked_for_must_be_right() -> None:
    parked = changed(submission(3), "/matter/topic", "knee_pain")
    mended, problems, _out = completed(parked, {"matter": {"topic": "still_none"}}, NOW, id=UUID(ID))
    assert mended is None and [one.pointer for one in problems] == ["/matter/topic"]
    mended, problems, _out = completed(changed(parked, "/received_at", "i går"), {}, NOW, id=UUID(ID))
    assert mended is None and "/received_at" in [one.pointer for one in problems]


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
POINTERS = sorted(every_pointer(submission(3)))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(POINTERS), ODD), max_size=3))
@example([("/source/form_id", "")])
def test_whatever_was_parked_can_be_shown_and_completed(damage: list[tuple[str, Any]]) -> None:
    parked = submission(3)
    for pointer, value in damage:
        try:
            parked = changed(parked, pointer, value)
        except (KeyError, IndexError, TypeError, ValueError):
            continue
    filled = form_of(parked, id=ID, begun_at=NOW)
    for name, text in {"topic": "miscellaneous", "phone": "20304050", "cpr": "", "received": "20/11"}.items():
        filled = filled.with_value(name, text)
    good = {
        name: text
        for name, text in filled.values.items()
        if name in ORDER and name not in ("born", "referred", "appointment")
    }
    mended, problems, _out = completed(parked, body(EnquiryForm(ID, NOW, good, (), ID)), NOW, id=UUID(ID))
    assert mended is not None or problems
    if mended is None:
        assert all(field_at(one.pointer) for one in problems), problems


def test_a_merge_patch() -> None:
    assert patched({"a": {"b": 1, "c": 2}, "d": [1]}, {"a": {"b": None, "e": 3}, "d": [2], "f": None}) == {
        "a": {"c": 2, "e": 3},
        "d": [2],
    }
    json.dumps(patched({"a": 1}, {"a": {"b": {"c": None}}}))
