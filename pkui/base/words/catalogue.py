"""The users' words for rows of the catalogue: what a row is called, its fields and values, what looks wrong."""

from collections.abc import Mapping
from datetime import date

from pkui.base.words import N_, _, ngettext, pgettext
from pkui.base.words.dates import plain_date
from pkui.base.words.providers import list_name
from pkui.domain.providers.catalogue import (
    Agreement,
    AgreementKind,
    Area,
    Location,
    Organization,
    Ownership,
    Row,
    Service,
    WaitingTime,
    WaitSource,
    plain,
)
from pkui.domain.providers.reading import CatalogueWarning

Rows = Mapping[str, Mapping[str, Row]]
"""Rows by list and key: what a row refers to is looked up there."""

_FIELDS = {
    "id": N_("Id"),
    "name": N_("Name"),
    "ownership": N_("Ownership"),
    "sor_id": N_("SOR id"),
    "shak": N_("SHAK code"),
    "cvr": N_("CVR number"),
    "alias": N_("Also called"),
    "owner": N_("Owner"),
    "owner_region": N_("Owner's region"),
    "part_of": N_("Part of"),
    "special": N_("Special hospital"),
    "active": N_("In use"),
    "confidence": N_("Confidence"),
    "source": N_("Source"),
    "note": N_("Note"),
    "notes": N_("Note"),
    "organization_id": N_("Place"),
    "line": N_("Street"),
    "postcode": N_("Postcode"),
    "city": N_("Town"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "phone": N_("Telephone"),
    "code": N_("Code"),
    "name_da": N_("Name"),
    "specialty_code": N_("Specialty code"),
    "specialty_da": N_("Specialty"),
    "sks_prefixes": N_("SKS codes"),
    "location_id": N_("Address"),
    "area": N_("Area"),
    "patient_limits": N_("Limits for patients"),
    "accepts_other_regions": N_("Takes patients of other regions"),
    "referral_method": N_("Referral"),
    "basis": N_("Basis"),
    "kind": N_("Kind"),
    "type": N_("Type"),
    "areas": N_("Areas"),
    "region_scope": N_("Region"),
    "cluster": N_("Cluster"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid to"),
    "capacity_per_month": N_("Patients a month"),
    "direct_referral": N_("Direct referral"),
    "service_id": N_("Service"),
    "reported_on": N_("Reported on"),
    "illustrative": N_("Invented"),
    "weeks_examination": N_("Weeks, examination"),
    "weeks_outpatient": N_("Weeks, out-patient"),
    "weeks_inpatient": N_("Weeks, in-patient"),
}
_KINDS: Mapping[str, str] = {
    AgreementKind.PARTNER: N_("Partner"),
    AgreementKind.AGREEMENT: N_("Agreement"),
    AgreementKind.TIED: N_("Tied"),
    AgreementKind.FRIKLINIK: N_("Friklinik"),
}
_OWNERSHIPS: Mapping[str, str] = {
    Ownership.PUBLIC: N_("Public"),
    Ownership.PRIVATE: N_("Private"),
    Ownership.ASSOCIATION: N_("Association"),
}
_SOURCES: Mapping[str, str] = {
    WaitSource.VENTEINFO: N_("Venteinfo"),
    WaitSource.AGREEMENT: N_("agreement"),
    WaitSource.PHONE: N_("telephone"),
    WaitSource.ILLUSTRATIVE: N_("example"),
}
_CAME_FROM = {
    "file": N_("from a file"),
    "feed": N_("from the feed"),
    "demo": N_("made up for practice"),
    "ended": N_("the agreement was ended"),
}
_CODES = {"kind": _KINDS, "ownership": _OWNERSHIPS, "source": _SOURCES}
_WARNINGS = {
    "unknown_area": N_("{list}, row {row}: the area {value} is not known."),
    "unknown_place": N_("{list}, row {row}: the place {value} is not in the catalogue."),
    "no_service": N_("{list}, row {row}: {value} is not in the catalogue."),
    "several_services": N_("{list}, row {row}: {value} stands at several addresses; nobody knows which one is meant."),
}


def agreement_kind(kind: AgreementKind) -> str:
    """What an agreement makes of a place."""
    return _(_KINDS[kind])


def wait_source(source: WaitSource | str) -> str:
    """Where a waiting time was read, inside a line."""
    return _(_SOURCES[source])


def field(name: str) -> str:
    """A field of a row."""
    return _(_FIELDS[name])


def value(name: str, given: object) -> str:
    """A value of a field, as people say it; nothing is 'not stated'. Takes values as rows or JSON hold them."""
    match given:
        case None | "" | [] | ():
            return _("not stated")
        case bool():
            return pgettext("value", "yes") if given else pgettext("value", "no")
        case list() | tuple():
            return ", ".join(str(one) for one in given)
        case str() if name in _CODES and given in _CODES[name]:
            return _(_CODES[name][given])
        case str() if name.startswith("valid_") or name == "reported_on":
            return plain_date(date.fromisoformat(given))
        case 0 if name.startswith("weeks"):
            return _("under a week")
        case int() if name.startswith("weeks"):
            return ngettext("%(n)s week", "%(n)s weeks", given) % {"n": given}
    return str(given)


def lines(before: Row | Mapping[str, object] | None, after: Row | Mapping[str, object] | None) -> list[str]:
    """A line for each value that is another: before and after; of a row that comes or goes what it says."""
    old, new = _values(before), _values(after)
    if not old or not new:
        return [f"{field(name)}: {value(name, one)}" for name, one in (new or old).items() if one not in (None, "", [])]
    return [
        f"{field(name)}: {value(name, old.get(name))} -> {value(name, new[name])}"
        for name in new
        if old.get(name) != new[name]
    ]


def change_source(source: str | None) -> str:
    """Where a change came from: the program's own codes in words, what a person wrote as it stands."""
    return _(_CAME_FROM[source]) if source in _CAME_FROM else source or "-"


def warning(one: CatalogueWarning) -> str:
    """What looks wrong, with the list and the row's number."""
    return _(_WARNINGS[one.code]).format(list=list_name(one.list), row=one.row, value=one.value)


def warning_means(one: CatalogueWarning) -> str:
    """What becomes of the row that looks wrong."""
    if one.list == "waiting_times":
        return _("The row is left out.")
    return _("The row is taken in as it is; nobody finds it by its area.")


def title(row: Row, rows: Rows) -> str:
    """What a row is called, by the names of what it belongs to."""
    match row:
        case Organization():
            return row.name
        case Area():
            return f"{row.name_da} ({row.code})"
        case Location():
            return " · ".join(part for part in (_name(row.organization_id, rows), row.line, row.city) if part)
        case Service():
            return f"{_place(row, rows)} · {row.area}"
        case Agreement():
            areas = ", ".join(row.areas)
            return f"{_name(row.organization_id, rows)} · {agreement_kind(row.kind)} · {areas}"
        case WaitingTime():
            service = rows["services"].get(row.service_id)
            return title(service, rows) if service else row.service_id


def _name(organization_id: str, rows: Rows) -> str:
    found = rows["organizations"].get(organization_id)
    return found.name if isinstance(found, Organization) else organization_id


def _place(service: Service, rows: Rows) -> str:
    location = rows["locations"].get(service.location_id)
    return _name(location.organization_id, rows) if isinstance(location, Location) else service.location_id


def _values(row: Row | Mapping[str, object] | None) -> Mapping[str, object]:
    if row is None:
        return {}
    return row if isinstance(row, Mapping) else plain(row)
