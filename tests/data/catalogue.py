"""Small catalogues of made-up places, as `pk-catalogue/1` documents that a test can change."""

import json
from typing import Any

TODAY = "2026-11-23"
REPORTED = "2026-11-16"


def organization(id: str, ownership: str = "private", **more: Any) -> dict[str, Any]:
    """An organization called after its id."""
    return {"id": id, "name": id.replace("-", " ").title(), "ownership": ownership} | more


def waiting(service: str, weeks: int | None, **more: Any) -> dict[str, Any]:
    """The same weeks for every kind of wait but in-patient."""
    return {
        "service_id": service,
        "weeks_examination": weeks,
        "weeks_outpatient": weeks,
        "reported_on": REPORTED,
        "source": "venteinfo",
    } | more


def document() -> dict[str, Any]:
    """Own hospital, another public one, one of another region, a partner and two agreement hospitals, for hands."""
    public = {"ownership": "public", "owner_region": "DK-82"}
    organizations = [
        organization("rh-viborg", name="Regionshospitalet Viborg", **public),
        organization("rh-horsens", name="Regionshospitalet Horsens", alias=["Horsens Sygehus"], **public),
        organization("ouh", name="Odense Universitetshospital", ownership="public", owner_region="DK-83"),
        organization("aaklinik", name="Åklinikken", alias=["Klinikken ved Åen"]),
        organization("bakkehus"),
        organization("engholm"),
    ]
    towns = {"rh-viborg": "8800", "rh-horsens": "8700", "ouh": "5000"}
    ids = [one["id"] for one in organizations]
    weeks = {"rh-viborg": 16, "rh-horsens": 14, "ouh": 12, "aaklinik": 6, "bakkehus": 2, "engholm": 9}
    return {
        "schema": "pk-catalogue/1",
        "as_of": TODAY,
        "organizations": organizations,
        "locations": [
            {"id": f"{id}-1", "organization_id": id, "postcode": towns.get(id, "8000"), "city": "Aarhus C"}
            for id in ids
        ],
        "areas": [
            {"code": "HAND", "name_da": "Håndkirurgi", "specialty_code": "394801008", "sks_prefixes": ["DG560"]},
            {"code": "MR", "name_da": "MR-skanning", "specialty_code": "394914008"},
        ],
        "services": [{"id": f"{id}-HAND", "location_id": f"{id}-1", "area": "HAND"} for id in ids],
        "agreements": [
            agreement("aaklinik-p", "aaklinik", "partner", region_scope="Region Midtjylland"),
            agreement("bakkehus-a", "bakkehus", "agreement"),
            agreement("engholm-a", "engholm", "agreement"),
        ],
        "waiting_times": [waiting(f"{id}-HAND", weeks[id]) for id in ids],
    }


def agreement(id: str, organization_id: str, kind: str, **more: Any) -> dict[str, Any]:
    """An agreement about hands, without an end."""
    return {
        "id": id,
        "organization_id": organization_id,
        "kind": kind,
        "areas": ["HAND"],
        "region_scope": "DK",
        "valid_from": "2025-01-01",
        "valid_to": None,
    } | more


def encoded(body: object) -> bytes:
    """A document as a file holds it."""
    return json.dumps(body, ensure_ascii=False).encode()
