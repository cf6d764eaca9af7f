"""A catalogue to practise on: real public hospitals, made-up private ones, and waiting times that are all invented."""

import json
from datetime import date, timedelta
from random import Random
from typing import Any
from zlib import crc32

from pkui.base.clock import local_date
from pkui.domain.providers.catalogue import RADIOLOGY, SCHEMA
from pkui.services.desk import Desk
from pkui.services.providers_ending import CHECKS, check_family, end_agreement
from pkui.services.providers_import import import_catalogue, parse

SOURCE = "opdigtet til øvelse"
AREAS = (
    ("MR", "MR-skanning", RADIOLOGY, "diagnostisk radiologi"),
    ("CT", "CT-skanning", RADIOLOGY, "diagnostisk radiologi"),
    ("UL", "Ultralydsundersøgelse", RADIOLOGY, "diagnostisk radiologi"),
    ("MAM", "Mammografi (klinisk)", RADIOLOGY, "diagnostisk radiologi"),
    ("KNEE", "Knækirurgi", "394801008", "ortopædisk kirurgi"),
    ("HIP", "Hoftekirurgi", "394801008", "ortopædisk kirurgi"),
    ("SHOULDER", "Skulder- og albuekirurgi", "394801008", "ortopædisk kirurgi"),
    ("BACK", "Rygkirurgi og rygudredning", "394801008", "ortopædisk kirurgi"),
    ("HAND", "Håndkirurgi", "394801008", "ortopædisk kirurgi"),
    ("FOOT", "Fod- og ankelkirurgi", "394801008", "ortopædisk kirurgi"),
    ("CATARACT", "Operation for grå stær", "394594003", "oftalmologi"),
    ("VARICES", "Åreknuder", "408463005", "karkirurgi"),
    ("SLEEP", "Søvnapnø", "394604002", "oto-rhino-laryngologi"),
    ("ENT", "Øre-, næse- og halskirurgi", "394604002", "oto-rhino-laryngologi"),
    ("CAP", "Børne- og ungdomspsykiatri", "394588006", "børne- og ungdomspsykiatri"),
    ("PSY", "Psykiatri, voksne", "394587001", "psykiatri"),
    ("CARD", "Hjerteudredning", "394579002", "kardiologi"),
    ("NEUROL", "Neurologi", "394591006", "neurologi"),
    ("RHEUM", "Reumatologi", "394810000", "reumatologi"),
    ("SURG", "Mave- og tarmkirurgi", "394609007", "kirurgi"),
    ("GYN", "Gynækologi", "394585009", "gynækologi og obstetrik"),
)
ORTHO = "KNEE HIP SHOULDER HAND FOOT"
IMAGING = "MR CT UL"
_Place = tuple[str, str, str, str, str, str]
PUBLIC: tuple[_Place, ...] = (
    ("auh", "Aarhus Universitetshospital", "8200", "Aarhus N", "DK-82",
     f"{IMAGING} MAM BACK CATARACT ENT SLEEP CARD NEUROL RHEUM SURG GYN HAND"),
    ("auh-psykiatrien", "AUH Psykiatrien", "8200", "Aarhus N", "DK-82", "CAP PSY"),
    ("rh-goedstrup", "Regionshospitalet Gødstrup", "7400", "Herning", "DK-82",
     f"{IMAGING} MAM {ORTHO} CATARACT ENT CARD NEUROL RHEUM SURG GYN"),
    ("psyk-goedstrup", "Psykiatrien Gødstrup", "7400", "Herning", "DK-82", "CAP PSY"),
    ("rh-viborg", "Regionshospitalet Viborg", "8800", "Viborg", "DK-82",
     f"{IMAGING} MAM {ORTHO} VARICES CARD NEUROL SURG GYN"),
    ("rh-silkeborg", "Regionshospitalet Silkeborg", "8600", "Silkeborg", "DK-82", f"{IMAGING} BACK KNEE HIP RHEUM"),
    ("rh-horsens", "Regionshospitalet Horsens", "8700", "Horsens", "DK-82", f"{IMAGING} {ORTHO} CARD SURG GYN"),
    ("rh-randers", "Regionshospitalet Randers", "8930", "Randers NØ", "DK-82",
     f"{IMAGING} MAM {ORTHO} CARD SURG GYN"),
    ("aauh", "Aalborg Universitetshospital", "9000", "Aalborg", "DK-81",
     f"{IMAGING} MAM {ORTHO} BACK CATARACT VARICES ENT SLEEP CARD NEUROL RHEUM SURG GYN"),
    ("vejle", "Vejle Sygehus", "7100", "Vejle", "DK-83", f"{IMAGING} {ORTHO} CATARACT ENT CARD RHEUM"),
    ("kolding", "Kolding Sygehus", "6000", "Kolding", "DK-83", f"{IMAGING} VARICES SURG GYN"),
    ("rygcenter", "Rygcenter Syddanmark, Middelfart", "5500", "Middelfart", "DK-83", "BACK MR"),
    ("ouh", "Odense Universitetshospital", "5000", "Odense C", "DK-83",
     f"{IMAGING} MAM {ORTHO} CATARACT ENT SLEEP CARD NEUROL RHEUM SURG GYN"),
    ("esbjerg", "Esbjerg Sygehus", "6700", "Esbjerg", "DK-83", f"{IMAGING} {ORTHO} CATARACT ENT CARD SURG GYN"),
)  # fmt: skip
SPECIAL: tuple[_Place, ...] = (("dansk-gigthospital", "Dansk Gigthospital", "6400", "Sønderborg", "", "RHEUM BACK"),)
PRIVATE: tuple[_Place, ...] = (
    ("aadalen", "Privathospitalet Ådalen", "8000", "Aarhus C", "", f"{IMAGING} MAM {ORTHO} ENT NEUROL GYN SURG"),
    ("hedehus", "Hedehus Privathospital", "8800", "Viborg", "", "MR SHOULDER BACK HAND FOOT"),
    ("bugten", "Privathospitalet Bugten", "8000", "Aarhus C", "", f"MR {ORTHO} BACK"),
    ("aasvinget", "Speciallægerne i Åsvinget", "8900", "Randers C", "", "CARD MR UL"),
    ("fjordblik", "Privathospitalet Fjordblik", "7100", "Vejle", "", f"MR CT {ORTHO} BACK"),
    ("fjordblik-aarhus", "Privathospitalet Fjordblik, Aarhus", "8000", "Aarhus C", "", "KNEE HIP SHOULDER BACK"),
    ("soevnlyng", "Søvnklinikken Lyngvej", "8600", "Silkeborg", "", "SLEEP"),
    ("lyngbakken", "Reumaklinikken Lyngbakken", "8000", "Aarhus C", "", "RHEUM BACK"),
    ("strandagre", "Privathospitalet Strandagre", "2820", "Gentofte", "", f"{ORTHO} GYN SURG"),
    ("birkelund", "Privathospitalet Birkelunden", "7800", "Skive", "", "PSY CAP"),
    ("oejen-aabrink", "Øjenklinikken Åbrinken", "8000", "Aarhus C", "", "CATARACT"),
    ("oejen-klit", "Øjenklinikken Klitrosen", "8000", "Aarhus C", "", "CATARACT"),
    ("mosevang", "Åreklinikken Mosevang", "8600", "Silkeborg", "", "VARICES"),
    ("isefjord", "Kirurgisk Klinik Isefjordsvej", "4000", "Roskilde", "", "SURG"),
    ("skyttehus", "Skyttehusets Privathospital", "8200", "Aarhus N", "", f"MR VARICES SLEEP BACK {ORTHO}"),
)
MIDT, GOEDSTRUP, EVERYWHERE = "Region Midtjylland", "Region Midtjylland (Gødstrup-klyngen)", "DK"
AGREEMENTS = (
    ("aadalen", "partner", MIDT, "HAND", "2024-10-04", "2027-12-31"),
    ("aadalen", "agreement", EVERYWHERE, f"{IMAGING} MAM {ORTHO} ENT NEUROL GYN SURG", "2025-01-01", "2026-12-31"),
    ("hedehus", "partner", GOEDSTRUP, "MR", "2024-01-01", None),
    ("hedehus", "partner", "Region Nordjylland", "SHOULDER BACK HAND FOOT", None, None),
    ("hedehus", "agreement", EVERYWHERE, "MR SHOULDER BACK HAND FOOT", "2025-01-01", "2026-12-31"),
    ("bugten", "agreement", EVERYWHERE, f"MR {ORTHO} BACK", "2025-01-01", "2026-12-31"),
    ("aasvinget", "partner", MIDT, "CARD", "2025-03-01", None),
    ("aasvinget", "agreement", EVERYWHERE, "MR UL", "2025-01-01", "2026-12-31"),
    ("fjordblik", "agreement", EVERYWHERE, f"MR CT {ORTHO} BACK", "2025-01-01", "2026-12-31"),
    ("fjordblik-aarhus", "agreement", EVERYWHERE, "KNEE HIP SHOULDER BACK", "2025-01-01", "2026-12-31"),
    ("soevnlyng", "tied", MIDT, "SLEEP", None, None),
    ("lyngbakken", "agreement", EVERYWHERE, "RHEUM BACK", "2025-01-01", "2026-12-31"),
    ("strandagre", "agreement", EVERYWHERE, f"{ORTHO} GYN SURG", "2025-01-01", "2026-12-31"),
    ("birkelund", "agreement", EVERYWHERE, "PSY CAP", "2025-01-01", "2026-12-31"),
    ("oejen-aabrink", "partner", MIDT, "CATARACT", "2025-09-15", None),
    ("oejen-klit", "partner", MIDT, "CATARACT", "2025-09-15", None),
    ("mosevang", "partner", MIDT, "VARICES", "2024-08-01", "2024-12-01"),
    ("mosevang", "agreement", EVERYWHERE, "VARICES", "2025-01-01", "2026-12-31"),
    ("isefjord", "agreement", EVERYWHERE, "SURG", "2025-01-01", "2026-12-31"),
    ("skyttehus", "agreement", EVERYWHERE, f"MR VARICES SLEEP BACK {ORTHO}", "2025-01-01", "2026-12-31"),
)
ENDED, HELPED = "lyngbakken", 3
"""The place whose agreement ends this morning, and the patients who have been helped so far."""
_LIMITS = {"strandagre": "BMI under 40, alder over 18", "hedehus": "Alder 15-80"}
_WEEKS = {"public": (6, 30), "association": (4, 16), "private": (1, 9)}
_NEWEST_DAYS, _SPREAD_DAYS = 2, 36


def take_in_catalogue(desk: Desk, chance: Random) -> int:
    """Takes the catalogue in as a person does, and says how many services it has."""
    document = demo_catalogue(local_date(desk.clock.now()))
    import_catalogue(desk, parse({"catalogue.json": json.dumps(document).encode()}), source="demo", chance=chance)
    return len(document["services"])


def end_one_agreement(desk: Desk, chance: Random) -> None:
    """A place ends its agreement: its patients are on a list, and the first of them have been helped."""
    ending = end_agreement(desk, ENDED, on=local_date(desk.clock.now()), chance=chance)
    open_ones = [one for one in ending.segments if one.closed_at is None]
    for place, segment in enumerate(open_ones[:HELPED]):
        for what in CHECKS[: place + 1]:
            check_family(desk, ENDED, segment.segment_id, what)


def demo_catalogue(today: date) -> dict[str, Any]:
    """The catalogue as `pk-catalogue/1`, its reports of different age; the same on every call for a day."""
    kinds = (("public", PUBLIC), ("association", SPECIAL), ("private", PRIVATE))
    places = [(ownership, place) for ownership, held in kinds for place in held]
    services = [(ownership, place, area) for ownership, place in places for area in place[5].split()]
    return {
        "schema": SCHEMA,
        "as_of": today.isoformat(),
        "organizations": [_organization(ownership, place) for ownership, place in places],
        "locations": [
            {"id": f"{id}-1", "organization_id": id, "postcode": postcode, "city": city}
            for _ownership, (id, _name, postcode, city, _region, _areas) in places
        ],
        "areas": [
            {"code": code, "name_da": name, "specialty_code": specialty, "specialty_da": words}
            for code, name, specialty, words in AREAS
        ],
        "services": [
            {
                "id": f"{place[0]}-1-{area}",
                "location_id": f"{place[0]}-1",
                "area": area,
                "patient_limits": _LIMITS.get(place[0]),
            }
            for _ownership, place, area in services
        ],
        "agreements": [
            {
                "id": f"{id}-a{number}",
                "organization_id": id,
                "kind": kind,
                "areas": areas.split(),
                "region_scope": scope,
                "valid_from": first,
                "valid_to": last,
                "source": SOURCE,
            }
            for number, (id, kind, scope, areas, first, last) in enumerate(AGREEMENTS, start=1)
        ],
        "waiting_times": [_waiting(ownership, f"{place[0]}-1-{area}", today) for ownership, place, area in services],
    }


def _organization(ownership: str, place: _Place) -> dict[str, Any]:
    id, name, _postcode, _city, region, _areas = place
    return {
        "id": id,
        "name": name,
        "ownership": ownership,
        "owner_region": region or None,
        "special": ownership == "association",
        "source": None if ownership == "public" else SOURCE,
    }


def _waiting(ownership: str, service_id: str, today: date) -> dict[str, Any]:
    """Invented weeks that hang on the service's id alone, so that every database of the demo shows the same."""
    dice = crc32(service_id.encode())
    shortest, longest = _WEEKS[ownership]
    weeks = shortest + dice % (longest - shortest + 1)
    reported = today - timedelta(days=_NEWEST_DAYS + dice // 97 % _SPREAD_DAYS)
    return {
        "service_id": service_id,
        "weeks_examination": max(0, weeks - 2),
        "weeks_outpatient": weeks,
        "reported_on": reported.isoformat(),
        "source": "illustrative",
        "illustrative": True,
    }
