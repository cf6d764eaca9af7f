"""What a place shows in the list and below it."""

from datetime import date

from textual.content import Content

from pkui.base.clock import local_date
from pkui.base.words import _, codes
from pkui.base.words import providers as words
from pkui.base.words.dates import clock_time, plain_date, short_date
from pkui.domain.providers.ladder import RungState
from pkui.services.providers import Book
from pkui.services.providers_search import PatientContext, ProviderRow
from screens.widgets.cells import Cell, Column, RowCells, plain

_STYLES = {
    RungState.OPEN: "snapshot-list--strong",
    RungState.CLOSED: "snapshot-list--muted",
    RungState.UNKNOWN: "",
}
WISHED = "★"
"""Before the name of a place the patient has asked for."""
MARKED = "»"
"""Before the name of the place that is to be seen beside another."""
TOO_FAR = "◂"
"""After kilometres beyond what the patient wants to travel."""


def columns() -> list[Column]:
    """The list's columns; the rung in words only where there is room."""
    return [
        Column("rung", "", 1),
        Column("rung_words", _("Rung"), 12, min_terminal_width=100),
        Column("place", _("Place"), 20, grow=2),
        Column("wait", _("Wait"), 18),
        Column("date", _("First date"), 13),
        Column("limit", _("Limit"), 17, min_terminal_width=100),
        Column("distance", _("Km"), 5, align="right"),
        Column("state", _("State"), 11),
    ]


def cells(row: ProviderRow, today: date, *, marked: bool = False) -> RowCells:
    """One place as a line of the list; `marked`: to be seen beside another."""
    verdict, style = row.verdict, "snapshot-list--marked" if marked else _STYLES[row.verdict.state]
    signs = (MARKED if marked else "", WISHED if row.preferred else "")
    name = " ".join((*(sign for sign in signs if sign), plain(row.entry.organization.name)))
    return (
        Cell(str(verdict.rung)),
        Cell(words.rung(verdict.rung)),
        Cell(name, style),
        Cell(words.weeks(row.figure, short=True), "snapshot-list--warning" if row.old else ""),
        Cell(words.first_date(verdict.earliest, today, row.figure)),
        Cell(words.meets(verdict.meets)),
        _distance(row),
        Cell(words.state(verdict.state), style),
    )


def _distance(row: ProviderRow) -> Cell:
    if row.distance_km is None:
        return Cell("?")
    km = str(round(row.distance_km))
    return Cell(f"{km} {TOO_FAR}", "snapshot-list--warning") if row.too_far else Cell(f"{km}  ")


def head(area: str | None, book: Book, patient: PatientContext | None, postcode: str | None) -> str:
    """Area, from where, until when, for which case."""
    parts = [book.areas[area].name_da if area is not None and area in book.areas else _("Places of treatment")]
    if postcode:
        parts.append(_("from %(postcode)s") % {"postcode": postcode})
    if patient is not None:
        parts.append(_("queue no. %(n)s") % {"n": patient.queue_number})
    return " · ".join(parts)


def limit_line(patient: PatientContext | None, deadline: date | None, shown: int, book: Book) -> str:
    """The patient's limit and present date, how many places, and how old the catalogue is."""
    parts = []
    if patient is not None:
        if deadline is None:
            parts.append(_("no limit known"))
        else:
            parts.append(_("limit %(day)s") % {"day": short_date(deadline, local_date(book.read_at))})
        if patient.present_date is not None:
            parts.append(_("date now %(day)s") % {"day": plain_date(patient.present_date)})
    parts.append(_("%(n)s places") % {"n": shown})
    if book.taken_in_at is None:
        parts.append(_("no catalogue taken in"))
    elif book.feed is not None and book.feed.failure is not None:
        parts.append(_("the feed fails; catalogue %(age)s") % {"age": _age(book, local_date(book.read_at))})
    else:
        parts.append(_("catalogue %(age)s") % {"age": _age(book, local_date(book.read_at))})
    return " · ".join(parts)


def _age(book: Book, today: date) -> str:
    fresh = book.feed.fetched_at if book.feed is not None else None
    last = max(at for at in (book.taken_in_at, fresh) if at is not None) if book.taken_in_at else None
    return words.age((today - local_date(last)).days if last else None, old=False)


def detail(row: ProviderRow) -> Content:
    """Why the place stands so, the figure and its age, the agreement, transport; what was said on the phone first."""
    lines = [_standing(row)]
    if row.slip is not None:
        said = _("%(who)s said on %(day)s at %(time)s (noted by %(by)s), counts until %(until)s: %(text)s") % {
            "who": plain(row.slip.told_by),
            "day": plain_date(local_date(row.slip.at)),
            "time": clock_time(row.slip.at),
            "by": plain(row.slip.by),
            "until": plain_date(row.slip.expires_at.date()),
            "text": plain(row.slip.text or words.weeks(row.figure)),
        }
        lines.append(Content.styled(said, "bold"))
    lines.append(Content(_figure(row)))
    lines.append(Content(_agreement(row)))
    lines.append(Content(_way(row)))
    return Content("\n").join(line for line in lines if str(line))


def beside(rows: list[ProviderRow], today: date) -> Content:
    """Two places side by side, a line each for what differs."""
    labels = (
        (_("Place"), [plain(row.entry.organization.name) for row in rows]),
        (_("Town"), [plain(row.entry.location.city or "") for row in rows]),
        (_("Relation"), [codes.relation(row.standing.relation) for row in rows]),
        (_("State"), [words.state(row.verdict.state) for row in rows]),
        (_("Wait"), [words.weeks(row.figure) for row in rows]),
        (_("Age of the figure"), [words.age(row.age_days, old=row.old) for row in rows]),
        (_("First date"), [words.first_date(row.verdict.earliest, today, row.figure) for row in rows]),
        (_("Limit"), [words.meets(row.verdict.meets) for row in rows]),
        (_("Distance"), [words.distance(row.distance_km) for row in rows]),
    )
    lines = [f"{label:<18} {left[:24]:<24} {right[:24]}" for label, (left, right) in labels]
    for row in rows:
        lines += ["", f"{plain(row.entry.organization.name)}: {words.why(row.verdict.why)}"]
        lines.append(words.transport(row.transport))
    return Content("\n".join(lines))


def _standing(row: ProviderRow) -> Content:
    name = ", ".join(plain(part) for part in (row.entry.organization.name, row.entry.location.city) if part)
    return Content.assemble(
        (f"{name} · {codes.relation(row.standing.relation)} · {words.state(row.verdict.state)}: ", "bold"),
        words.why(row.verdict.why),
    )


def _figure(row: ProviderRow) -> str:
    figure = row.figure
    if figure is None:
        return _("Waiting time not stated.")
    parts = [words.weeks(figure), words.age(row.age_days, old=row.old)]
    if figure.illustrative:
        parts.insert(0, _("EXAMPLE FIGURE"))
    parts.append(words.meets(row.verdict.meets))
    note = row.entry.waiting.note if row.entry.waiting and row.slip is None else None
    parts.append(plain(note or ""))
    return " · ".join(part for part in parts if part)


def _agreement(row: ProviderRow) -> str:
    parts = []
    if row.agreement is not None:
        parts.append(words.valid_until(row.agreement.valid_from, row.agreement.valid_to))
    limits = row.entry.service.patient_limits
    if limits:
        known = {True: _("the patient is inside"), False: _("the patient is outside"), None: _("check them")}
        parts.append(_("limits: %(text)s (%(known)s)") % {"text": plain(limits), "known": known[row.fits]})
    if row.preferred:
        parts.append(_("the patient has asked for it"))
    return " · ".join(parts)


def _way(row: ProviderRow) -> str:
    parts = [words.transport(row.transport), words.distance(row.distance_km)]
    if row.too_far:
        parts.append(_("further than the patient wants to travel"))
    return " · ".join(parts)
