"""What to say to the patient: the date she has against other places, in plain words; to read, copy or send."""

from collections.abc import Sequence
from datetime import date

from pkui.base.errors import BadInput
from pkui.base.words import N_, _
from pkui.base.words import providers as words
from pkui.base.words.dates import long_date
from pkui.domain.codes import EventKind
from pkui.domain.permissions import Permission
from pkui.domain.providers.ladder import RungState
from pkui.services.cases import open_for_change
from pkui.services.desk import Work, use_case
from pkui.services.outbox import add_draft
from pkui.services.providers_search import PatientContext, ProviderRow

MOST = 2
_MAY = {
    RungState.CLOSED: N_("As things stand, you cannot choose this place."),
    RungState.UNKNOWN: N_("It is not settled yet whether you can choose this place."),
}


def aloud(
    patient: PatientContext | None, chosen: Sequence[ProviderRow], ladder: Sequence[ProviderRow], today: date
) -> str:
    """The present date, then at most two places with date, distance and transport; careful about every right.

    `chosen` comes first, whatever its state, and the state is said; of the rest of the ladder only what is open.
    """
    rows = [row for row in chosen if not row.own]
    rows += [row for row in ladder if row.verdict.state is RungState.OPEN and not row.own and row not in rows]
    parts = []
    if patient is not None and patient.present_date is not None:
        where = patient.home_hospital or _("the hospital")
        parts.append(_("Your date now is {day} at {place}.").format(day=_day(patient.present_date, today), place=where))
    parts += [_place(row, today, judged=patient is not None) for row in rows[:MOST]]
    parts.append(_("You can also keep the date you have. You decide; nothing changes before you say so."))
    if any(row.illustrative for row in rows[:MOST]):
        parts.append(_("The waiting times are examples, not real ones."))
    return "\n\n".join(parts)


@use_case(Permission.WORK_CASES)
def draft_aloud(work: Work, queue_number: int, text: str) -> None:
    """Puts the text in the outbox as a draft to the patient."""
    case = open_for_change(work, queue_number, None)
    if not text.strip():
        raise BadInput("text_needed")
    add_draft(work, case, text=text, subject=_("Where you can go"))
    work.event(case, EventKind.DRAFT_MADE, what="places")


def _place(row: ProviderRow, today: date, *, judged: bool) -> str:
    name = ", ".join(part for part in (row.entry.organization.name, row.entry.location.city) if part)
    figure = row.figure
    if figure is not None and figure.weeks == 0 and figure.first_free is None:
        when = _("{place} can probably see you within a week.").format(place=name)
    elif row.verdict.earliest is not None:
        when = _("{place} can probably see you about {day}.").format(place=name, day=_day(row.verdict.earliest, today))
    else:
        when = _("{place} has not said how long the wait is.").format(place=name)
    away = (
        ""
        if row.distance_km is None
        else _("It is about {km} km away as the crow flies.").format(km=round(row.distance_km))
    )
    may = _MAY.get(row.verdict.state, "") if judged else ""
    return " ".join(part for part in (when, away, words.transport(row.transport), may and _(may)) if part)


def _day(day: date, today: date) -> str:
    return long_date(day) if day.year == today.year else f"{long_date(day)} {day.year}"
