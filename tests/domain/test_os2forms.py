"""Submissions of OS2forms: what real forms send, what is strange, and what is hostile; always one of three answers."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.domain.codes import IdentifierType, Topic
from pkui.domain.intake import (
    BadMapping,
    Parked,
    Parsed,
    ProblemCode,
    Rejected,
    Submission,
    Translated,
    neutral_bytes,
    parse_os2forms,
    parse_submission,
    read_mapping,
)
from pkui.domain.windows import CallWindow
from tests.data.answers import assert_storable, problems
from tests.data.os2forms import MAPPING, encoded, os2forms
from tests.data.submissions import submission_id

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
FORM = read_mapping(MAPPING)
SUFFIX = " (Navne- og adressebeskyttelse)"


def translated(body: object) -> Translated:
    return parse_os2forms(body if isinstance(body, bytes) else encoded(body), FORM, NOW)


def parse(body: object) -> Parsed:
    return translated(body).parsed


def read(body: object) -> Submission:
    parsed = parse(body)
    assert isinstance(parsed, Submission), parsed
    return parsed


def test_the_form_as_it_comes() -> None:
    one = read(os2forms())
    assert (one.submission_id, one.source.system, one.source.serial) == (submission_id(1), "os2forms", 1)
    assert one.received_at == datetime(2026, 11, 20, 13, 9, 2, tzinfo=UTC)
    assert one.patient.identifier.type is IdentifierType.REPLACEMENT
    assert (one.patient.name, one.patient.address_protected) == ("Mette Test Lauridsen", False)
    assert (one.contact.phone, one.contact.email, one.representative) == ("+4520304050", None, None)
    assert one.matter.topic is Topic.FASTER_TREATMENT
    assert one.referral and one.referral.appointment_date == date(2027, 3, 11)
    assert (one.referral.preferred_providers, one.referral.max_distance_km) == (("aleris_aarhus",), 60.0)
    assert one.windows == (CallWindow(1, time(9), time(11, 30)), CallWindow(4, time(13), time(15)))
    assert one.unavailable[0].last == date(2027, 1, 3)
    assert [consent.given for consent in one.consents] == [True]
    (file,) = one.attachments
    assert (file.filename, file.size, file.fetch) == ("brev.pdf", 182044, "os2forms:file/4711")


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"navn": "Einer Test" + SUFFIX}, "the name"),
        ({"postnummer": "8800" + SUFFIX}, "the postcode alone"),
        ({"adresse": f"Testgade 1{SUFFIX} (adresse beskyttelse)"}, "two suffixes"),
        ({"by_": "Viborg (Name and address protection)"}, "in English"),
        ({"navn": "Navn og adresse er beskyttet"}, "a child's name replaced"),
        ({"os2forms_nemid_elements_nemid_address_protected": True}, "the flag"),
        ({"os2forms_nemid_elements_nemid_address_protected": "1"}, "the flag as a text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_protection_is_seen_on_every_field_and_its_mark_is_stripped(fields: dict[str, Any], what: str) -> None:
    one = read(os2forms(**fields))
    assert one.patient.address_protected, what
    assert one.patient.address
    kept = [one.patient.name, one.patient.address.line, one.patient.address.postcode, one.patient.address.city]
    assert not any("beskyt" in (text or "") or "(" in (text or "") for text in kept)


def test_a_bracket_that_is_no_mark_stays() -> None:
    one = read(os2forms(navn="Einer (Test) Holm", beskriv_din_henvendelse="Hud (solbeskyttelse)"))
    assert (one.patient.name, one.patient.address_protected) == ("Einer (Test) Holm", False)
    assert one.matter.free_text == "Hud (solbeskyttelse)"


def test_windows_of_the_other_style() -> None:
    one = read(os2forms(ringetider="", ringetid_mandag=["8-10", "10-12", ""], ringetid_torsdag="10-12"))
    assert one.windows == (CallWindow(1, time(8), time(12)), CallWindow(4, time(10), time(12)))
    assert problems(parse(os2forms(ringetid_mandag=["6-8"]))) == [
        ("/call_windows/2/from", "invalid_time"),
        ("/call_windows/2/to", "required"),
    ]


@pytest.mark.parametrize("empty", [[], "", None, {}, [{"ugedag": "", "fra": "", "til": ""}]])
def test_empty_is_written_in_many_ways(empty: object) -> None:
    one = read(os2forms(ringetider=empty, kan_ikke_traeffes=empty))
    assert (one.windows, one.unavailable) == ((), ())


def test_php_writes_an_empty_object_as_a_list() -> None:
    body = os2forms(linked=[])
    assert len(read(body).attachments) == 1
    body["data"] = []
    assert problems(parse(body)) == [("/matter/topic", "required")]


@pytest.mark.parametrize(("files", "ids"), [("4711", ["4711"]), (["4711", "4712"], ["4711", "4712"]), ("", [])])
def test_one_file_or_many(files: object, ids: list[str]) -> None:
    assert [file.id for file in read(os2forms(indkaldelsesbrev=files)).attachments] == ids


def test_the_instant_that_counts() -> None:
    epoch = os2forms(entity={"completed": [{"value": "1795180142"}]})
    assert read(epoch).received_at == datetime(2026, 11, 20, 13, 9, 2, tzinfo=UTC)
    created = os2forms(entity={"completed": []})
    assert read(created).received_at == datetime(2026, 11, 20, 13, 2, 44, tzinfo=UTC)
    assert ("/received_at", "required") in problems(parse(os2forms(entity={"completed": [], "created": []})))


def test_a_draft_is_refused_and_not_remembered() -> None:
    assert translated(os2forms(entity={"in_draft": [{"value": True}]})) == Translated(Rejected(ProblemCode.DRAFT), None)


def test_somebody_who_writes_for_another() -> None:
    for_another: dict[str, Any] = {
        "henvender_du_dig_for_en_anden_": "Ja",
        "dit_navn": "Ida Test",
        "grundlag": "fuldmagt",
    }
    one = read(os2forms(**for_another))
    assert one.representative and (one.representative.name, one.representative.basis) == (
        "Ida Test",
        "power_of_attorney",
    )
    assert read(os2forms(**for_another | {"henvender_du_dig_for_en_anden_": "Nej"})).representative is None
    assert read(os2forms(maa_vi_se_i_din_journal="Nej")).consents[0].given is False


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (os2forms(ringetider=[{"ugedag": "mandag", "fra": "22:00", "til": "02:00"}]),
         ("/call_windows/0", "across_midnight_or_empty")),
        (os2forms(ringetider=["mandag"]), ("/call_windows/0/weekday", "required")),
        (os2forms(henvisningsdato="2026-02-30"), ("/referral/referral_date_in_letter", "invalid_date")),
        (os2forms(hvad_drejer_det_sig_om="noget_nyt"), ("/matter/topic", "unknown_topic")),
        (os2forms(hvad_drejer_det_sig_om=["ventetid_behandling"]), ("/matter/topic", "wrong_type")),
        (os2forms(maa_vi_se_i_din_journal="Måske"), ("/consents/0/given", "wrong_type")),
        (os2forms(cpr="0000000000"), ("/patient/identifier/value", "invalid_identifier")),
        (os2forms(indkaldelsesbrev="../../etc/passwd"), ("/attachments/0/id", "invalid_id")),
        (os2forms(entity={"uuid": [{"value": "../" + submission_id(1)}]}), ("/submission_id", "invalid_uuid")),
        (os2forms(entity={"webform_id": [{"target_id": "en_anden"}]}), ("/source/form_id", "other_form")),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_what_is_strange_is_parked_and_kept_in_our_own_format(body: dict[str, Any], expected: tuple[str, str]) -> None:
    found = translated(body)
    assert expected in problems(found.parsed)
    assert found.neutral is not None
    assert json.loads(neutral_bytes(found.neutral)) == json.loads(json.dumps(found.neutral))


def test_a_body_that_can_be_read_means_the_same_in_our_own_format() -> None:
    found = translated(os2forms(navn="Einer Test" + SUFFIX))
    assert found.neutral is not None
    assert parse_submission(neutral_bytes(found.neutral), NOW) == found.parsed


def test_hostile_bodies_have_a_clear_answer() -> None:
    assert parse(b"[" * 10_000) in (Rejected(ProblemCode.NOT_JSON), Rejected(ProblemCode.NOT_AN_OBJECT))
    assert parse(b" " * 26_000_000) == Rejected(ProblemCode.TOO_LARGE)
    deep = encoded(os2forms())[:-1] + b', "x": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"}"
    assert ("", "too_deep") in problems(parse(deep))
    twice = encoded(os2forms()).replace(b'"cpr":', b'"cpr": "x", "cpr":')
    assert ("", "duplicate_key") in problems(parse(twice))
    latin = json.dumps(os2forms(), ensure_ascii=False).encode("latin-1")
    assert ("", "not_utf8") in problems(parse(latin))
    steering = read(os2forms(navn="Ein\u202eer\x1b[31m Test\x00", beskriv_din_henvendelse="a\u2066b\x07"))
    assert_storable(steering)
    assert (steering.patient.name, steering.matter.free_text) == ("Einer[31m Test", "ab")


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
    | st.sampled_from(["Ja", "mandag", "8-10", "2026-13-40", "24:00", SUFFIX, "\ud800", "../x", "1795180142"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["value", "target_id", "ugedag", "fra", "til", "4711", "x"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*os2forms()["data"], "ringetid_mandag"]), ODD, max_size=6),
    st.dictionaries(st.sampled_from([*os2forms()["entity"]]), ODD, max_size=3),
)
def test_whatever_stands_in_a_field_is_answered(data: dict[str, Any], entity: dict[str, Any]) -> None:
    body = os2forms(entity=entity)
    body["data"] |= data
    found = parse_os2forms(json.dumps(body).encode(), FORM, NOW)
    assert_storable(found.parsed)
    if isinstance(found.parsed, Parked):
        assert found.neutral is not None
        json.loads(neutral_bytes(found.neutral))
        assert found.parsed.problems


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | ODD.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_answered(raw: bytes) -> None:
    assert_storable(parse_os2forms(raw, FORM, NOW).parsed)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("[fields]", "[fields", ""),
        ("pk-os2forms/1", "pk-os2forms/2", "schema"),
        ('form_id = "patientkontoret_henvendelse"', "form_id = 7", "form_id"),
        ('"patient.name"', '"patient.nam"', "fields.navn"),
        ("ringetid_mandag = 1", "ringetid_mandag = 8", "call_windows.days.ringetid_mandag"),
        ('"08:00-10:00"', '"8-10"', "call_windows.choices.8-10"),
        ('weekday = "ugedag"', "", "call_windows"),
        ('files = ["indkaldelsesbrev"]', 'files = "indkaldelsesbrev"', "files"),
        ("files = [", "filer = [", "filer"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_where(old: str, new: str, place: str) -> None:
    assert old in MAPPING
    with pytest.raises(BadMapping) as refusal:
        read_mapping(MAPPING.replace(old, new))
    assert refusal.value.place == place
