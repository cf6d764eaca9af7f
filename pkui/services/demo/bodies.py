"""A submission written back as the `pk-intake/1` body it would have come as, and bodies that nobody can understand."""

import json
from typing import Any

from pkui.domain.intake.values import SCHEMA, Submission


def body_of(submission: Submission) -> bytes:
    """The body that reads as exactly this submission."""
    return json.dumps(_values(submission), ensure_ascii=False).encode()


def parked_bodies(like: Submission) -> list[bytes]:
    """Five bodies that a person must look at: like a good one, each with something wrong."""
    spoiled: tuple[tuple[str, str, Any], ...] = (
        ("matter", "topic", "knee_pain"),
        ("patient", "birth_date", "1958-02-30"),
        ("contact", "phone", "12"),
        ("referral", "appointment_date", "11/3"),
        ("source", "channel", "pigeon"),
    )
    bodies = []
    for number, (part, key, value) in enumerate(spoiled, 1):
        body = _values(like)
        body["submission_id"] = f"{like.submission_id[:-2]}{number:02d}"
        body[part] = {**(body[part] or {}), key: value}
        bodies.append(json.dumps(body, ensure_ascii=False).encode())
    return bodies


def _values(one: Submission) -> dict[str, Any]:
    referral, person, address = one.referral, one.representative, one.patient.address
    return {
        "schema": SCHEMA,
        "submission_id": one.submission_id,
        "source": _plain(one.source, "system", "form_id", "serial", "channel", "entered_by"),
        "received_at": one.received_at.isoformat(),
        "language": one.language,
        "patient": {
            "identifier": _plain(one.patient.identifier, "type", "value"),
            "name": one.patient.name,
            "birth_date": _iso(one.patient.birth_date),
            "address": _plain(address, "line", "postcode", "city", "municipality_code") if address else None,
            "address_protected": one.patient.address_protected,
            "region_of_residence": one.patient.region_of_residence,
        },
        "representative": _plain(person, "name", "phone", "relation", "basis") if person else None,
        "contact": _plain(
            one.contact, "phone", "alternative_phone", "email", "digital_post", "sms_allowed", "interpreter_language"
        ),
        "matter": _plain(one.matter, "topic", "free_text", "max_waiting_time_case"),
        "referral": {
            **_plain(referral, "hospital_text", "department_text", "treatment_text", "treatment_code"),
            **{
                name: _iso(getattr(referral, name))
                for name in ("referral_date_in_letter", "letter_date", "appointment_date")
            },
            **_plain(
                referral,
                "appointment_changed_by_hospital",
                "preferred_providers",
                "max_distance_km",
                "free_choice_already_used",
            ),
        }
        if referral
        else None,
        "call_windows": [
            {"weekday": window.weekday, "from": f"{window.start:%H:%M}", "to": f"{window.end:%H:%M}"}
            for window in one.windows
        ],
        "unavailable": [{"from": _iso(period.first), "to": _iso(period.last)} for period in one.unavailable],
        "reply_channel": one.reply_channel,
        "consents": [
            {**_plain(consent, "type", "given", "mode"), "given_at": _iso(consent.given_at)} for consent in one.consents
        ],
        "attachments": [
            _plain(file, "id", "filename", "media_type", "size", "sha256", "fetch") for file in one.attachments
        ],
    }


def _plain(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _iso(value: Any) -> str | None:
    return value.isoformat() if value is not None else None
