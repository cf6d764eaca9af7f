"""Builds submissions as OS2forms sends them, of made-up people, and the mapping file of that form."""

import json
from typing import Any

from tests.data.submissions import FIRST_NAMES, LAST_NAMES, replacement_number, submission_id

FORM = "patientkontoret_henvendelse"
MAPPING = """
schema = "pk-os2forms/1"
form_id = "patientkontoret_henvendelse"
files = ["indkaldelsesbrev"]

[fields]
cpr = "patient.identifier"
navn = "patient.name"
adresse = "patient.address.line"
postnummer = "patient.address.postcode"
by_ = "patient.address.city"
telefon = "contact.phone"
e_mail_ = "contact.email"
henvender_du_dig_for_en_anden_ = "representative.present"
dit_navn = "representative.name"
dit_telefonnummer = "representative.phone"
relation = "representative.relation"
grundlag = "representative.basis"
hvad_drejer_det_sig_om = "matter.topic"
beskriv_din_henvendelse = "matter.free_text"
hospital_i_brevet = "referral.hospital_text"
afdeling_i_brevet = "referral.department_text"
behandling_i_brevet = "referral.treatment_text"
henvisningsdato = "referral.referral_date_in_letter"
moededato = "referral.appointment_date"
oensket_behandlingssted = "referral.preferred_providers"
max_afstand_km = "referral.max_distance_km"

[values."matter.topic"]
ventetid_behandling = "faster_treatment"
aflyst_tid = "operation_changed"

[values."representative.basis"]
fuldmagt = "power_of_attorney"

[call_windows]
list = "ringetider"
weekday = "ugedag"
from = "fra"
to = "til"

[call_windows.days]
ringetid_mandag = 1
ringetid_torsdag = 4

[call_windows.choices]
"8-10" = "08:00-10:00"
"10-12" = "10:00-12:00"

[unavailable]
list = "kan_ikke_traeffes"
from = "fra"
to = "til"

[consents]
maa_vi_se_i_din_journal = "shl_51_4"
"""


def os2forms(number: int = 1, *, entity: dict[str, Any] | None = None, **data: Any) -> dict[str, Any]:
    """A valid submission; keyword arguments replace fields of the form, `...` takes one away."""
    name = f"{FIRST_NAMES[number % 8]} Test {LAST_NAMES[number // 8 % 8]}"
    fields: dict[str, Any] = {
        "cpr": replacement_number(number),
        "navn": name,
        "adresse": "Testgade 1, 8800 Viborg",
        "postnummer": "8800",
        "by_": "Viborg",
        "telefon": "20 30 40 50",
        "e_mail_": "",
        "henvender_du_dig_for_en_anden_": "Nej",
        "dit_navn": "",
        "hvad_drejer_det_sig_om": "ventetid_behandling",
        "beskriv_din_henvendelse": "Jeg skal vente til marts.",
        "hospital_i_brevet": "Regionshospitalet Viborg",
        "afdeling_i_brevet": "Ortopædkirurgi",
        "behandling_i_brevet": "Karpaltunnel",
        "henvisningsdato": "2026-10-29",
        "moededato": "2027-03-11",
        "oensket_behandlingssted": ["", "aleris_aarhus"],
        "max_afstand_km": "60",
        "maa_vi_se_i_din_journal": "Ja",
        "ringetider": [
            {"ugedag": "mandag", "fra": "09:00:00", "til": "11:30:00"},
            {"ugedag": "torsdag", "fra": "13:00", "til": "15:00"},
        ],
        "kan_ikke_traeffes": [{"fra": "2026-12-21", "til": "2027-01-03"}],
        "indkaldelsesbrev": ["4711"],
        "linked": {
            "indkaldelsesbrev": {
                "4711": {
                    "id": "4711",
                    "url": "https://selvbetjening.example/system/files/webform/x/90211/brev.pdf",
                    "mime_type": "application/pdf",
                    "size": "182044",
                }
            }
        },
    }
    for key, value in data.items():
        if value is ...:
            del fields[key]
        else:
            fields[key] = value
    about = {
        "serial": [{"value": number}],
        "sid": [{"value": 90_000 + number}],
        "uuid": [{"value": submission_id(number)}],
        "created": [{"value": "2026-11-20T13:02:44+00:00", "format": "Y-m-d\\TH:i:sP"}],
        "completed": [{"value": "2026-11-20T13:09:02+00:00", "format": "Y-m-d\\TH:i:sP"}],
        "in_draft": [{"value": False}],
        "webform_id": [{"target_id": FORM}],
    }
    return {"entity": about | (entity or {}), "data": fields}


def encoded(body: object) -> bytes:
    """A body as it comes in."""
    return json.dumps(body, ensure_ascii=False).encode()
