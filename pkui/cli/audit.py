"""`pkui audit`: the access log, whether it is whole, its review, and a citizen's list."""

import sys
from dataclasses import asdict
from datetime import date
from uuid import UUID

import click

from pkui.base.errors import BadInput
from pkui.base.words import _
from pkui.base.words import access as words
from pkui.base.words.codes import team
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json, instant
from pkui.domain.access_codes import ReviewDecision
from pkui.domain.permissions import Grant, Permission
from pkui.services import audit as service
from pkui.services import review as reviewing

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(help=_("The access log: rows, check, review, and a citizen's list."))
def audit() -> None:
    """Groups the commands of the access log."""


@audit.command("list", help=_("Rows of the log, the newest first: your own, or anybody's for a log reviewer."))
@click.option("--person", metavar="USERNAME", help=_("Rows of one person."))
@click.option("--patient", metavar="ID", help=_("Rows about one patient: her id, a case number, or - to read it."))
@click.option("--from", "first", type=_DAY, help=_("The first day."))
@click.option("--to", "last", type=_DAY, help=_("The last day."))
@click.option("--limit", type=click.IntRange(1, 10_000), default=200, show_default=True, help=_("At most so many."))
@pass_program
@click.pass_context
def list_(
    context: click.Context,
    program: Program,
    person: str | None,
    patient: str | None,
    first: date | None,
    last: date | None,
    limit: int,
) -> None:
    """Lists rows of the log."""
    with program.desk(context, stores=True) as desk:
        everything = desk.person.grant(Permission.ALL_ACCESS_LOG) is not Grant.NO
        if everything or person or patient or first or last:
            rows = service.all_rows(
                desk, username=person, patient=_typed(patient), first=_day(first), last=_day(last), limit=limit
            )
        else:
            rows = service.own_rows(desk, limit=limit)
    if program.as_json:
        program.output.data([as_json(row) for row in rows])
        return
    head = (_("When"), _("Who"), _("What"), _("Case"), _("Purpose"), _("Where"))
    program.output.table(head, [_cells(row) for row in rows])


@audit.command(help=_("Check every row of the log. Exit code 1 names the first that is not as it was written."))
@pass_program
@click.pass_context
def verify(context: click.Context, program: Program) -> None:
    """Checks the log."""
    with program.desk(context, stores=True) as desk:
        found = service.verify_log(desk)
    if program.as_json:
        program.output.data(as_json(found))
    elif found.ok:
        values = {"rows": found.rows, "chains": found.chains, "seal": found.newest_seal or "-"}
        program.output.lines(
            [_("The log is whole: %(rows)s rows of %(chains)s people, newest seal %(seal)s.") % values]
        )
    else:
        values = {"who": found.username or "-", "n": found.number, "why": words.log_break(found.why or "")}
        program.output.lines([_("The log is not whole: %(who)s, row %(n)s: %(why)s.") % values])
    if not found.ok:
        context.exit(1)


@audit.command("delete-old", help=_("Delete the rows that are older than the office keeps them (log_kept_months)."))
@pass_program
@click.pass_context
def delete_old(context: click.Context, program: Program) -> None:
    """Deletes what is old enough, up to a signed cut."""
    with program.desk(context, stores=True) as desk:
        deleted = service.delete_old(desk)
    if program.as_json:
        program.output.data({"deleted": deleted})
    else:
        program.output.lines([_("%(n)s rows of the log deleted.") % {"n": deleted}])


@audit.command(help=_("A citizen's list: when, what for and by which unit her data were looked at."))
@click.option("--patient", required=True, metavar="ID", help=_("Her id, a case number, or - to read it."))
@click.option("--from", "first", type=_DAY, help=_("The first day."))
@click.option("--to", "last", type=_DAY, help=_("The last day."))
@click.option("--staff-names", is_flag=True, help=_("With the names of staff, where that is needed."))
@pass_program
@click.pass_context
def extract(
    context: click.Context, program: Program, patient: str, first: date | None, last: date | None, staff_names: bool
) -> None:
    """Writes the list."""
    with program.desk(context, stores=True) as desk:
        rows = service.extract(desk, _typed(patient) or "", names=staff_names, first=_day(first), last=_day(last))
    if program.as_json:
        program.output.data([as_json(row) for row in rows])
        return
    if not program.output.plain:
        program.output.lines([_("Patientkontoret: who has looked at your data"), ""])
    names = (_("Name"),) if staff_names else ()
    program.output.table(
        (_("When"), _("What"), _("Purpose"), _("Unit"), *names),
        [
            (
                instant(row.at),
                words.access_kind(row.kind),
                words.purpose(row.purpose) if row.purpose else _("Work on the case"),
                team(row.unit),
                *([row.name or "-"] if staff_names else []),
            )
            for row in rows
        ],
    )


@audit.command(help=_("What waits for review; with ID and --decide, the reviewer's finding."))
@click.argument("id", required=False, type=click.UUID)
@click.option("--decide", type=click.Choice([one.value for one in ReviewDecision]), help=_("What was found."))
@click.option("--note", default="", help=_("Why; needed for anything but in order. - reads it."))
@click.option("--figures", is_flag=True, help=_("How much was reviewed, and break-glass openings."))
@pass_program
@click.pass_context
def review(
    context: click.Context, program: Program, id: UUID | None, decide: str | None, note: str, figures: bool
) -> None:
    """Lists, shows, decides or counts."""
    with program.desk(context, stores=True) as desk:
        if figures:
            _show_figures(program, reviewing.figures(desk))
        elif id is None:
            _show_waiting(program, reviewing.to_review(desk))
        elif decide is None:
            _show_detail(program, reviewing.look_into(desk, id))
        else:
            reviewing.decide(desk, id, ReviewDecision(decide), note=_typed(note) or "")
            _show_detail(program, reviewing.look_into(desk, id))


def _show_waiting(program: Program, rows: list[reviewing.ReviewRow]) -> None:
    if program.as_json:
        program.output.data([_review(row) for row in rows])
        return
    head = (_("Week"), _("Who"), _("Marks"), _("Look-ups"), "id")
    program.output.table(
        head,
        [(row.week.isoformat(), row.name, words.marks(row.marks), str(row.look_ups), str(row.id)) for row in rows],
    )


def _show_detail(program: Program, found: reviewing.Detail) -> None:
    if program.as_json:
        program.output.data(_review(found.row) | {"note": found.note, "log": [as_json(row) for row in found.log]})
        return
    program.output.lines([f"{found.row.name} · {words.marks(found.row.marks)}"])
    program.output.table(
        (_("When"), _("Who"), _("What"), _("Case"), _("Purpose"), _("Where")), [_cells(row) for row in found.log]
    )


def _show_figures(program: Program, found: reviewing.Figures) -> None:
    if program.as_json:
        program.output.data(as_json(asdict(found)) | {"overdue": found.overdue})
        return
    head = (_("Week"), _("Pairs"), _("Drawn"), _("Decided"), _("Overdue"))
    program.output.table(
        head,
        [
            (one.week.isoformat(), str(one.pairs), str(one.drawn), str(one.decided), _("yes") if one.overdue else "")
            for one in found.weeks
        ],
    )
    program.output.lines(["", _("Protected people and colleagues opened with a reason:")])
    program.output.table(
        (_("When"), _("Who"), _("Case"), _("Purpose")),
        [
            (instant(one.at), one.name, one.case_number, one.words or words.purpose(one.purpose))
            for one in found.openings
        ],
    )


def _review(row: reviewing.ReviewRow) -> dict[str, object]:
    """A pair as JSON: the patient by key alone."""
    shown = as_json(row)
    del shown["patient_name"], shown["name"]
    return dict(shown)


def _cells(row: service.LogRow) -> tuple[str, ...]:
    return (
        instant(row.at),
        row.username or "-",
        f"{words.access_kind(row.kind)} ({row.what})",
        row.case_number or "",
        words.purpose_or_code(row.purpose),
        row.place,
    )


def _typed(text: str | None) -> str | None:
    """What was given, or what stands on standard input for `-`."""
    if text != "-":
        return text
    line = sys.stdin.readline().strip()
    if not line:
        raise BadInput("text_needed")
    return line


def _day(typed: date | None) -> date | None:
    return typed.date() if typed is not None and hasattr(typed, "date") else typed
