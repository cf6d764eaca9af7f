"""Builds valid `pk-intake/1` submissions of made-up people; every number is a replacement number (day + 60)."""

import json
import uuid
from typing import Any

NAMESPACE = uuid.UUID("6f0d4f0e-5b1f-4a53-9a57-0d3c7a3b9b10")
FIRST_NAMES = ("Einer", "Mette", "Hanne", "Søren", "Åse", "Ida", "Bjørn", "Kirsten")
LAST_NAMES = ("Lauridsen", "Kjær", "Møller", "Østergaard", "Nygaard", "Holm", "Bæk", "Friis")


def submission_id(number: int) -> str:
    """A UUID that belongs to that number, the same on every run."""
    return str(uuid.uuid5(NAMESPACE, str(number)))


def replacement_number(number: int) -> str:
    """A replacement number of somebody born 1935-1994; a different one for every number below 10,000."""
    day, month, year = 1 + number % 28, 1 + number % 12, 35 + number % 60
    return f"{day + 60:02}{month:02}{year:02}{number % 4000:04}"


def submission(number: int = 1, **overrides: Any) -> dict[str, Any]:
    """A valid submission; keyword arguments replace whole top-level keys, `...` takes one away."""
    name = f"{FIRST_NAMES[number % 8]} Test {LAST_NAMES[number // 8 % 8]}"
    identifier = replacement_number(number)
    body: dict[str, Any] = {
        "schema": "pk-intake/1",
        "submission_id": submission_id(number),
        "source": {
            "system": "os2forms",
            "form_id": "patientkontoret_henvendelse",
            "serial": number,
            "channel": "self_service",
            "entered_by": None,
        },
        "received_at": "2026-11-20T13:09:02Z",
        "language": "da",
        "patient": {
            "identifier": {"type": "replacement", "value": identifier},
            "name": name,
            "birth_date": f"19{identifier[4:6]}-{identifier[2:4]}-{int(identifier[:2]) - 60:02}",
            "address": {"line": "Testgade 1", "postcode": "8800", "city": "Viborg", "municipality_code": "0791"},
            "address_protected": False,
            "region_of_residence": "1082",
        },
        "representative": None,
        "contact": {
            "phone": f"+4520{number % 1_000_000:06}",
            "alternative_phone": None,
            "email": None,
            "digital_post": "unknown",
            "sms_allowed": True,
            "interpreter_language": None,
        },
        "matter": {
            "topic": "faster_treatment",
            "free_text": "Jeg er henvist til operation i højre hånd og skal vente til marts.",
            "max_waiting_time_case": False,
        },
        "referral": {
            "hospital_text": "Regionshospitalet Viborg",
            "department_text": "Ortopædkirurgi",
            "treatment_text": "Karpaltunnel",
            "treatment_code": None,
            "referral_date_in_letter": "2026-10-29",
            "letter_date": None,
            "appointment_date": "2027-03-11",
            "appointment_changed_by_hospital": False,
            "preferred_providers": ["aleris-aarhus"],
            "max_distance_km": 60,
            "free_choice_already_used": None,
        },
        "call_windows": [
            {"weekday": 1, "from": "09:00", "to": "11:30"},
            {"weekday": 4, "from": "13:00", "to": "15:00"},
        ],
        "unavailable": [{"from": "2026-12-21", "to": "2027-01-03"}],
        "reply_channel": "phone",
        "consents": [{"type": "shl_51_4", "given": True, "mode": "written", "given_at": "2026-11-20T13:09:02Z"}],
        "attachments": [
            {
                "id": "4711",
                "filename": "brev.pdf",
                "media_type": "application/pdf",
                "size": 182044,
                "sha256": None,
                "fetch": "os2forms:file/4711",
            }
        ],
        "raw_sha256": None,
    }
    for key, value in overrides.items():
        if value is ...:
            del body[key]
        else:
            body[key] = value
    return body


def changed(body: dict[str, Any], pointer: str, value: Any) -> dict[str, Any]:
    """A copy of a submission with another value at a JSON pointer; `...` takes the key away."""
    copy: dict[str, Any] = json.loads(json.dumps(body))
    *way, last = pointer.lstrip("/").split("/")
    place: Any = copy
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if value is ...:
        del place[last]
    elif isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return copy


def minimal(number: int = 1) -> dict[str, Any]:
    """Only what is required: somebody without a number, no way to be reached, one topic."""
    return {
        "schema": "pk-intake/1",
        "submission_id": submission_id(number),
        "source": {"system": "os2forms", "form_id": "patientkontoret_henvendelse"},
        "received_at": "2026-11-20T14:09:02+01:00",
        "patient": {"identifier": {"type": "none"}},
        "contact": {},
        "matter": {"topic": "miscellaneous"},
    }


def encoded(body: object) -> bytes:
    """A body as it comes in: JSON in UTF-8."""
    return json.dumps(body, ensure_ascii=False).encode()
