"""Places of treatment as commands give them."""

from datetime import date
from typing import Any

from pkui.base.words import _, catalogue, codes
from pkui.base.words import providers as words
from pkui.cli.output import as_json
from pkui.services.providers_ending import EndingView
from pkui.services.providers_import import ImportPreview
from pkui.services.providers_search import ProviderRow


def provider_row(row: ProviderRow) -> dict[str, Any]:
    """One place on the ladder; every key is there, null where nothing is known."""
    figure, verdict, agreement, slip = row.figure, row.verdict, row.agreement, row.slip
    return {
        "provider_id": row.provider_id,
        "name": row.entry.organization.name,
        "city": row.entry.location.city,
        "postcode": row.entry.location.postcode,
        "area": row.entry.service.area,
        "relation": row.standing.relation.value,
        "rung": verdict.rung,
        "rung_state": verdict.state.value,
        "why": words.why(verdict.why),
        "distance_km": None if row.distance_km is None else round(row.distance_km, 1),
        "weeks": figure.weeks if figure else None,
        "reported_on": as_json(figure.reported_on) if figure else None,
        "age_days": row.age_days,
        "illustrative": row.illustrative,
        "earliest_date": as_json(verdict.earliest),
        "meets_deadline": verdict.meets,
        "agreement": agreement
        and {
            "id": agreement.id,
            "valid_from": as_json(agreement.valid_from),
            "valid_to": as_json(agreement.valid_to),
        },
        "transport": words.transport(row.transport),
        "service_id": row.entry.service.id,
        "why_code": verdict.why.value,
        "source": figure.source if figure else None,
        "preferred": row.preferred,
        "beyond_travel_limit": row.too_far,
        "patient_limits": row.entry.service.patient_limits,
        "said_on_phone": slip
        and {"by": slip.told_by, "noted_by": slip.by, "at": as_json(slip.at), "until": as_json(slip.expires_at)},
    }


def provider_head() -> tuple[str, ...]:
    """The head of the ladder's columns."""
    return "", _("Place"), _("Relation"), _("Wait"), _("First date"), _("Limit"), _("Distance"), _("State"), _("Why")


def provider_cells(row: ProviderRow, today: date) -> tuple[str, ...]:
    """One place as text."""
    verdict = row.verdict
    return (
        str(verdict.rung),
        ", ".join(part for part in (row.entry.organization.name, row.entry.location.city) if part),
        codes.relation(row.standing.relation),
        words.weeks(row.figure),
        words.first_date(verdict.earliest, today, row.figure),
        words.meets(verdict.meets),
        words.distance(row.distance_km),
        words.state(verdict.state),
        words.why(verdict.why),
    )


def import_object(found: ImportPreview, *, written: bool) -> dict[str, Any]:
    """What an import would change, or has changed."""
    return {
        "written": written,
        "as_of": as_json(found.as_of),
        "counts": {name: dict(held) for name, held in found.counts.items()},
        "far_smaller": found.far_smaller,
        "warnings": [
            {"list": one.list, "row": one.row, "code": one.code, "value": one.value} for one in found.warnings
        ],
        "changes": [
            {"list": one.list, "key": one.key, "kind": one.kind.value, "fields": list(one.fields)}
            for one in found.changes
        ],
    }


def import_lines(found: ImportPreview, *, written: bool) -> list[str]:
    """The same as text: a line a list, then what looks wrong."""
    head = _("Taken in:") if written else _("This would change (nothing was written):")
    lines = [head]
    for name, held in found.counts.items():
        parts = [f"{count} {words.change(kind)}" for kind, count in held.items() if count]
        told = ", ".join(parts) or _("nothing")
        lines.append(f"  {words.list_name(name)}: {told}")
    if found.far_smaller:
        lines.append(_("Far fewer rows than before: look twice."))
    return [*lines, *(catalogue.warning(one) for one in found.warnings)]


def ending_object(found: EndingView) -> dict[str, Any]:
    """What an ended agreement touches."""
    return {
        "provider_id": found.organization_id,
        "name": found.name,
        "ends_on": as_json(found.ends_on),
        "team": found.team,
        "agreements": list(found.agreements),
        "segments": [as_json(one) for one in found.segments],
    }


def ending_lines(found: EndingView) -> list[str]:
    """The same as text: a line a course, open ones first."""
    text = _("{name}: no agreement from {day}; group: {team}")
    lines = [text.format(name=found.name, day=found.ends_on.isoformat(), team=found.team)]
    for one in found.segments:
        state = codes.segment_state(one.state) if one.state else _("nothing chosen")
        open_ = _("open") if one.closed_at is None else _("closed")
        lines.append(f"  {one.case_number} · {one.number} · {state} · {open_}")
    return [*lines, _("Nobody has a course there.")] if not found.segments else lines
