"""`pkui queue`: the queue in its order, and taking the next case from it."""

import base64
import json
from datetime import datetime
from uuid import UUID

import click

from pkui.base.errors import BadInput
from pkui.base.words import _
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import instant
from pkui.cli.rows import queue_cells, queue_head, queue_row
from pkui.domain.codes import Topic
from pkui.services.desk import Desk
from pkui.services.people import list_staff
from pkui.services.queue import page, take_next
from storage.queue import QueueFilter

PAGE = 100
"""Rows a page, where no number is asked for."""
MOST = 10_000

Place = tuple[int, datetime, int]


@click.group(help=_("The queue in its order, and taking the next case."))
def queue() -> None:
    """Groups the queue's commands."""


@queue.command("list", help=_("The open cases in the order in which they are to be worked."))
@click.option("--limit", type=click.IntRange(1, MOST), default=PAGE, show_default=True, help=_("Rows at most."))
@click.option("--assignee", metavar="USERNAME|none", help=_("Only the cases of that person, or those nobody holds."))
@click.option("--team", metavar="TEAM", help=_("Only the cases of that team."))
@click.option("--topic", type=click.Choice([topic.value for topic in Topic]), help=_("Only that topic."))
@click.option("--callable", "callable_only", is_flag=True, help=_("Only what can be worked on now."))
@click.option("--after", metavar="CURSOR", help=_("Go on after the page that ended with this cursor."))
@pass_program
@click.pass_context
def list_(
    context: click.Context,
    program: Program,
    limit: int,
    assignee: str | None,
    team: str | None,
    topic: str | None,
    callable_only: bool,
    after: str | None,
) -> None:
    """Prints one page of the queue."""
    place = _read_cursor(after) if after else None
    with program.desk(context, stores=False) as desk:
        which = QueueFilter(
            assignee=_id_of(desk, assignee) if assignee not in (None, "none") else None,
            unassigned=assignee == "none",
            teams=frozenset({team}) if team else None,
            topic=Topic(topic) if topic else None,
        )
        found = page(desk, which, limit=limit, callable_only=callable_only, after=place)
    if program.as_json:
        rows = [queue_row(row, found.at) for row in found.rows]
        cursor = _write_cursor(found.next) if found.next else None
        program.output.data({"as_of": instant(found.at), "total": found.total, "cases": rows, "next": cursor})
        return
    program.output.table(queue_head(), [queue_cells(row, found.at) for row in found.rows])
    if not program.output.plain:
        program.output.lines([_("{shown} of {total}").format(shown=len(found.rows), total=found.total)])


@queue.command("next", help=_("Take the first free case in the queue's order that you may be dealt."))
@click.option("--callable", "callable_only", is_flag=True, help=_("Only what can be worked on now."))
@pass_program
@click.pass_context
def next_(context: click.Context, program: Program, callable_only: bool) -> None:
    """Takes the next case and prints its row."""
    with program.desk(context, stores=True) as desk:
        row = take_next(desk, callable_only=callable_only)
        now = desk.clock.now()
    if program.as_json:
        program.output.data(queue_row(row, now))
    else:
        program.output.table(queue_head(), [queue_cells(row, now)])


def _id_of(desk: Desk, username: str | None) -> UUID:
    wanted = (username or "").strip().casefold()
    found = [one.id for one in list_staff(desk) if one.username == wanted]
    if not found and desk.person.username == wanted:
        found = [desk.person.id]
    if not found:
        raise BadInput("no_such_person")
    return found[0]


def _write_cursor(place: Place) -> str:
    text = json.dumps([place[0], place[1].isoformat(), place[2]])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> Place:
    """The place in the queue that a cursor stands for. Raises BadInput for one that `queue list` did not give."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        priority_class, due_at, number = json.loads(base64.urlsafe_b64decode(padded))
        at = datetime.fromisoformat(due_at)
    except (ValueError, TypeError) as error:
        raise BadInput("bad_cursor") from error
    if at.tzinfo is None or not isinstance(priority_class, int) or not isinstance(number, int):
        raise BadInput("bad_cursor")
    return priority_class, at, number
