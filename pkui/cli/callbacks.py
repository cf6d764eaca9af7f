"""`pkui callbacks`: plans the office's calls; `solve` plans one instance from a file and opens no database."""

import json
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import Any

import click

from pkui.base.errors import BadInput
from pkui.base.words import _, ngettext
from pkui.base.words.callbacks import unplaced
from pkui.cli.callbacks_mend import MEND_COMMANDS
from pkui.cli.callbacks_office import OFFICE_COMMANDS
from pkui.cli.files import read_bytes
from pkui.cli.opening import Program, pass_program
from pkui.cli.progress import Progress
from pkui.domain.callbacks.instance import Instance
from pkui.domain.callbacks.reading import BadInstance, read_instance
from pkui.services.callbacks_planner.solving import solve

_MOST_SECONDS = 3600


@click.group(help=_("Calls inside the windows the patients chose."))
def callbacks() -> None:
    """The commands of the planner."""


for _command in (*OFFICE_COMMANDS, *MEND_COMMANDS):
    callbacks.add_command(_command)


@callbacks.command("solve", help=_("Plan one instance (callback-instance/1) by its own aims; opens no database."))
@click.argument("instance", type=click.Path(path_type=Path))
@click.option(
    "--seconds", type=click.FloatRange(0.1, _MOST_SECONDS), default=10.0, help=_("How long to search at most.")
)
@click.option("--seed", type=click.IntRange(0, 2**63), default=1, help=_("The same seed gives the same plan."))
@pass_program
def solve_instance(program: Program, instance: Path, seconds: float, seed: int) -> None:
    """Prints the plan, its worth and the bound beside it."""
    begun = monotonic()
    read = _read(instance)
    with Progress(_("Planning")) as progress:
        found = solve(
            read,
            seconds,
            seed,
            report=lambda objective, bound: progress.reached(round(monotonic() - begun), round(seconds)),
            spent=monotonic() - begun,
        )
    if program.as_json:
        program.output.data(found)
    else:
        program.output.lines(_summary(found))
        rows = sorted(found["placed"], key=lambda row: (row["start"], row["adviser"]))
        head = (_("Time"), _("Adviser"), _("Case"))
        program.output.table(head, [(row["start"].replace("T", " "), row["adviser"], row["case"]) for row in rows])


def _read(path: Path) -> Instance:
    """The instance in a file. Raises BadInput with the pointer to the first problem."""
    try:
        return read_instance(json.loads(read_bytes(path)))
    except BadInstance as error:
        raise BadInput("bad_instance", pointer=error.pointer or "/", problem=error.code) from error
    except (ValueError, RecursionError) as error:
        raise BadInput("bad_instance", pointer="/", problem="not_json") from error


def _summary(found: dict[str, Any]) -> list[str]:
    """How many calls have a time, what the plan is worth beside the bound, and why the others have none."""
    placed, left = len(found["placed"]), Counter(row["why"] for row in found["unplaced"])
    worth = _("Class 1 late: {late} (cannot be under {least}). Weighted days late: {days} (cannot be under {fewest}).")
    lines = [
        ngettext("{count} call has a time.", "{count} calls have a time.", placed).format(count=placed),
        worth.format(
            late=found["objective"]["class1_late"],
            least=found["bound"]["class1_late"],
            days=found["objective"]["weighted_tardiness"],
            fewest=round(found["bound"]["weighted_tardiness"], 1),
        ),
    ]
    for why, count in sorted(left.items()):
        words = ngettext("{count} call has no time: {why}.", "{count} calls have no time: {why}.", count)
        lines.append(words.format(count=count, why=unplaced(why)))
    return lines
