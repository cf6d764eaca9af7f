"""Reading `pk-intake/1`: whatever comes in is understood, parked with reasons, or refused - and nothing raises."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from pkui.domain.codes import (
    Channel,
    ConsentType,
    DigitalPost,
    IdentifierType,
    ReplyChannel,
    RepresentativeBasis,
    Topic,
)
from pkui.domain.identifiers import Identifier, classify
from pkui.domain.intake import (
    Parked,
    Parsed,
    Submission,
    parse_submission,
)
from pkui.domain.windows import CallWindow, Unavailable
from tests.data.answers import assert_storable, every_pointer, problems
from tests.data.submissions import changed, encoded, minimal, replacement_number, submission, submission_id

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TEST_CPR = "0201609995"


def parse(body: object) -> Parsed:
    return parse_submission(encoded(body), NOW)


def understood(body: object) -> Submission:
    parsed = parse(body)
    assert isinstance(parsed, Submission), parsed
    return parsed


def test_a_whole_submission() -> None:
    parsed = understood(submission(7))
    assert parsed.submission_id == submission_id(7)
    assert parsed.source.system == "os2forms"
    assert parsed.source.channel is Channel.SELF_SERVICE
    assert parsed.received_at == datetime(2026, 11, 20, 13, 9, 2, tzinfo=UTC)
    assert parsed.patient.identifier == Identifier(IdentifierType.REPLACEMENT, replacement_number(7))
    assert parsed.patient.birth_date == date(1942, 8, 8)
    assert parsed.contact.phone == "+4520000007"
    assert parsed.matter.topic is Topic.FASTER_TREATMENT
    assert parsed.referral is not None
    assert parsed.referral.referral_date_in_letter == date(2026, 10, 29)
    assert parsed.referral.max_distance_km == 60
    assert parsed.windows == (CallWindow(1, time(9), time(11, 30)), CallWindow(4, time(13), time(15)))
    assert parsed.unavailable == (Unavailable(date(2026, 12, 21), date(2027, 1, 3)),)
    assert parsed.consents[0].type is ConsentType.HEALTH_INFORMATION
    assert parsed.attachments[0].filename == "brev.pdf"


def test_the_least_that_is_required() -> None:
    parsed = understood(minimal())
    assert parsed.patient.identifier == Identifier(IdentifierType.NONE, "")
    assert parsed.received_at == datetime(2026, 11, 20, 13, 9, 2, tzinfo=UTC)
    assert (parsed.language, parsed.reply_channel) == ("da", ReplyChannel.PHONE)
    assert parsed.contact.digital_post is DigitalPost.UNKNOWN
    assert (parsed.windows, parsed.unavailable, parsed.consents, parsed.attachments) == ((), (), (), ())
    assert parsed.representative is None and parsed.referral is None


REQUIRED = (
    "/schema",
    "/submission_id",
    "/source",
    "/source/system",
    "/source/form_id",
    "/received_at",
    "/patient",
    "/patient/identifier",
    "/patient/identifier/type",
    "/contact",
    "/matter",
    "/matter/topic",
)


@pytest.mark.parametrize("value", [..., None], ids=["absent", "null"])
@pytest.mark.parametrize("pointer", REQUIRED)
def test_required_keys(pointer: str, value: Any) -> None:
    assert problems(parse(changed(minimal(), pointer, value))) == [(pointer, "required")]


def test_every_other_key_may_be_absent_or_null() -> None:
    whole = submission()
    optional = [p for p in every_pointer(whole) if p not in (*REQUIRED, "/patient/identifier/value")]
    assert len(optional) == 40
    for pointer in optional:
        assert isinstance(parse(changed(whole, pointer, ...)), Submission), pointer
        assert isinstance(parse(changed(whole, pointer, None)), Submission), pointer


def test_no_key_takes_a_value_of_another_kind() -> None:
    whole = submission(representative={"name": "Ida", "phone": "20304050", "relation": "datter", "basis": "parent"})
    unchecked = {"/raw_sha256"}
    for pointer in every_pointer(whole):
        for odd in (["x"], {"x": 1}, 10**30, -1.5e300, True, "\ud800\u0000"):
            parsed = parse_submission(json.dumps(changed(whole, pointer, odd)).encode(), NOW)
            assert_storable(parsed)
            if isinstance(odd, list) and pointer not in unchecked | {"/referral/preferred_providers"}:
                assert isinstance(parsed, Parked), pointer


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/schema", "pk-intake/2", "unknown_schema"),
        ("/submission_id", "../../etc/passwd", "invalid_uuid"),
        ("/submission_id", "{5c6a0f0e-3d0b-4e0e-9c61-0c9a5d0b7a11}", "invalid_uuid"),
        ("/source/system", "os2/forms", "invalid_id"),
        ("/source/form_id", "..", "invalid_id"),
        ("/source/serial", -1, "out_of_range"),
        ("/source/serial", "1482", "wrong_type"),
        ("/source/channel", "pigeon", "unknown_code"),
        ("/received_at", "2026-11-20T13:09:02", "offset_missing"),
        ("/received_at", "2026-11-20", "invalid_timestamp"),
        ("/received_at", "2026-02-30T10:00:00Z", "invalid_timestamp"),
        ("/received_at", "0001-01-01T00:00:00+23:59", "invalid_timestamp"),
        ("/received_at", 1763644142, "wrong_type"),
        ("/received_at", "2026-11-24T08:00:01Z", "in_the_future"),
        ("/received_at", "1999-12-31T23:59:59Z", "out_of_range"),
        ("/language", "dansk, tak", "invalid_format"),
        ("/patient/identifier/type", "passport", "unknown_code"),
        ("/patient/identifier/value", "3213609995", "invalid_identifier"),
        ("/patient/identifier/value", 6201609995, "wrong_type"),
        ("/patient/identifier/value", None, "required"),
        ("/patient/birth_date", "2026-11-24", "out_of_range"),
        ("/patient/birth_date", "1849-12-31", "out_of_range"),
        ("/patient/birth_date", "20001-01-01", "invalid_date"),
        ("/patient/birth_date", "1960-02-30", "invalid_date"),
        ("/patient/birth_date", "1960W101", "invalid_date"),
        ("/patient/address_protected", "ja", "wrong_type"),
        ("/patient/region_of_residence", "Midt", "invalid_format"),
        ("/patient/name", "x" * 201, "too_long"),
        ("/contact/phone", "112", "invalid_phone"),
        ("/contact/phone", "9" * 300, "too_long"),
        ("/contact/email", "a@b", "invalid_email"),
        ("/contact/email", "a b@c.dk", "invalid_email"),
        ("/contact/digital_post", "maybe", "unknown_code"),
        ("/contact/sms_allowed", 1, "wrong_type"),
        ("/matter/topic", "teeth", "unknown_topic"),
        ("/matter/topic", "corona_rights", "unknown_topic"),
        ("/matter/topic", ["faster_treatment"], "wrong_type"),
        ("/matter/free_text", "x" * 50_001, "too_long"),
        ("/referral/appointment_date", "2027-13-01", "invalid_date"),
        ("/referral/referral_date_in_letter", "1066-10-14", "out_of_range"),
        ("/referral/max_distance_km", -1, "out_of_range"),
        ("/referral/preferred_providers", ["x"] * 51, "too_many"),
        ("/call_windows/0", {"weekday": 1, "from": "22:00", "to": "02:00"}, "across_midnight_or_empty"),
        ("/call_windows/0", {"weekday": 1, "from": "10:00", "to": "10:00"}, "across_midnight_or_empty"),
        ("/call_windows/0/weekday", 0, "invalid_weekday"),
        ("/call_windows/0/weekday", 8, "invalid_weekday"),
        ("/call_windows/0/weekday", 1.5, "invalid_weekday"),
        ("/call_windows/0/weekday", True, "wrong_type"),
        ("/call_windows/0/from", "9:00", "invalid_time"),
        ("/call_windows/0/to", "24:00", "invalid_time"),
        ("/call_windows/1", "mandag", "wrong_type"),
        ("/call_windows", {"weekday": 1}, "wrong_type"),
        ("/unavailable/0", {"from": "2027-01-03", "to": "2026-12-21"}, "period_reversed"),
        ("/unavailable/0/to", "2027-02-29", "invalid_date"),
        ("/reply_channel", "telepathy", "unknown_code"),
        ("/consents/0/type", "all", "unknown_code"),
        ("/consents/0/given", None, "required"),
        ("/attachments/0/id", "../4711", "invalid_id"),
        ("/attachments/0/size", -1, "out_of_range"),
        ("/attachments/0/sha256", "abc", "invalid_format"),
        ("/attachments/0/media_type", "application/pdf; rm -rf", "invalid_format"),
    ],
)  # fmt: skip
def test_an_invalid_value_parks_with_its_pointer(pointer: str, value: Any, code: str) -> None:
    parsed = parse(changed(submission(), pointer, value))
    assert problems(parsed) == [(pointer, code)]
    assert isinstance(parsed, Parked)
    key = (parsed.submission_id, parsed.source_system, parsed.form_id)
    whole = (submission_id(1), "os2forms", "patientkontoret_henvendelse")
    places = ("/submission_id", "/source/system", "/source/form_id")
    assert key == tuple(None if pointer == place else part for place, part in zip(places, whole, strict=True))


def test_a_cpr_number_with_an_impossible_date_goes_to_review_and_is_not_repeated() -> None:
    parsed = parse(changed(submission(), "/patient/identifier", {"type": "cpr", "value": "310260-9995"}))
    assert problems(parsed) == [("/patient/identifier/value", "invalid_identifier")]
    assert "9995" not in repr(parsed)


@pytest.mark.parametrize(
    ("declared", "value", "sort"),
    [
        ("cpr", "020160-9995", IdentifierType.CPR),
        ("cpr", " 020160 9995 ", IdentifierType.CPR),
        ("x_ecpr", "0703921vj4", IdentifierType.X_ECPR),
        ("d_ecpr", "1206550VK9", IdentifierType.D_ECPR),
        ("cpr", "6201609995", IdentifierType.REPLACEMENT),
        ("d_ecpr", "0703921VJ4", IdentifierType.X_ECPR),
    ],
)
def test_the_number_itself_says_what_it_is(declared: str, value: str, sort: IdentifierType) -> None:
    parsed = understood(changed(submission(), "/patient/identifier", {"type": declared, "value": value}))
    assert parsed.patient.identifier == classify(value)
    assert parsed.patient.identifier.type is sort


def test_nobody_with_a_number_is_a_contradiction() -> None:
    parsed = parse(changed(submission(), "/patient/identifier/type", "none"))
    assert problems(parsed) == [("/patient/identifier/value", "invalid_identifier")]


def test_birth_date_from_the_number_where_none_is_given() -> None:
    parsed = understood(changed(submission(), "/patient/birth_date", None))
    assert parsed.patient.birth_date == date(1936, 2, 2)


def test_a_maximum_waiting_time_case_carries_that_topic() -> None:
    parsed = understood(changed(submission(), "/matter/max_waiting_time_case", True))
    assert parsed.matter.topic is Topic.MAXIMUM_WAITING_TIME


def test_overlapping_windows_are_merged_and_unknown_keys_passed_over() -> None:
    windows = [
        {"weekday": 1, "from": "09:00", "to": "10:30", "note": {"deep": [1]}},
        {"weekday": 1, "from": "10:00:00", "to": "11:00:00"},
    ]
    matter = {"topic": "miscellaneous", "mood": 3}
    parsed = understood(submission(call_windows=windows, extra={"a": [None]}, matter=matter))
    assert parsed.windows == (CallWindow(1, time(9), time(11)),)


def test_a_representative() -> None:
    person = {"name": " Ida  Test ", "phone": "21 22 23 24", "relation": "datter", "basis": "spoken_consent",
              "identifier": {"type": "replacement", "value": "620190-0001"}}  # fmt: skip
    parsed = understood(submission(representative=person)).representative
    assert parsed is not None
    assert (parsed.name, parsed.phone, parsed.basis) == ("Ida Test", "+4521222324", RepresentativeBasis.SPOKEN_CONSENT)
    assert parsed.identifier == Identifier(IdentifierType.REPLACEMENT, "6201900001")
    assert problems(parse(changed(submission(representative=person), "/representative/phone", "1"))) == [
        ("/representative/phone", "invalid_phone")
    ]


def test_several_problems_are_all_told_up_to_a_number() -> None:
    body = submission(matter={"topic": "x"}, contact=[], call_windows=[{}])
    assert problems(parse(body)) == [
        ("/contact", "wrong_type"),
        ("/matter/topic", "unknown_topic"),
        ("/call_windows/0/weekday", "required"),
        ("/call_windows/0/from", "required"),
        ("/call_windows/0/to", "required"),
    ]
    assert len(problems(parse(submission(call_windows=[{}] * 100)))) == 50
    assert problems(parse(submission(call_windows=[{}] * 101))) == [("/call_windows", "too_many")]


def test_text_from_outside_steers_nothing() -> None:
    text = "Linje 1\r\nLinje\t2\x1b[2J\u202e\x00 [b]fed[/b]\x85\ud83d"
    body = submission(matter={"topic": "miscellaneous", "free_text": text})
    body["patient"]["name"] = "Mette\n\u202eTest\u200b  \u0007Kja\u0308r\u00ad"
    body["attachments"][0]["filename"] = "..\\..\\C:\\tmp/../.brev\u202efdp.pdf "
    parsed = parse_submission(json.dumps(body).encode(), NOW)
    assert isinstance(parsed, Submission)
    assert parsed.matter.free_text == "Linje 1\nLinje\t2[2J [b]fed[/b]\ufffd"
    assert parsed.patient.name == "Mette Test Kj\u00e4r"
    assert parsed.attachments[0].filename == "brevfdp.pdf"
    assert_storable(parsed)


@pytest.mark.parametrize("name", ["..", "/", "a/..", "\u202e", "...", "\\"])
def test_a_filename_that_is_none(name: str) -> None:
    assert understood(changed(submission(), "/attachments/0/filename", name)).attachments[0].filename is None
