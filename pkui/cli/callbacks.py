"""`pkui callbacks`: plans the office's calls; `solve` plans one instance from a file and opens no database."""

import json
import sys
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import Any

import click

from pkui.base.errors import BadInput
from pkui.base.words import _, ngettext
from pkui.base.words.callbacks import unplaced
from pkui.domain.callbacks.instance import Instance
from pkui.domain.callbacks.outcome import Bound, Objective
from pkui.domain.callbacks.reading import BadInstance, read_instance
from pkui.services.callbacks_planner.solving import solve


@click.group()
def callbacks() -> None:
    """Calls inside the windows the patients chose."""


@callbacks.command("solve")
@click.argument("instance", type=click.Path(path_type=Path))
@click.option("--seconds", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True, help="Time limit.")
@click.option("--seed", type=click.IntRange(0, 2**63), default=1, show_default=True, help="Same seed, same plan.")
@click.option("--json", "as_json", is_flag=True, help="Write the plan as JSON.")
@click.pass_context
def solve_command(context: click.Context, instance: Path, seconds: float, seed: int, as_json: bool) -> None:
    """Plan one instance (`callback-instance/1`) by its own objective, within a number of seconds."""
    begun = monotonic()
    read = _read(instance)
    on_terminal = sys.stderr.isatty()
    found = solve(read, seconds, seed, report=_progress if on_terminal else None, spent=monotonic() - begun)
    if on_terminal:
        click.echo("\r\x1b[K", nl=False, err=True)
    if as_json or getattr(context.obj, "as_json", False):
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for line in _lines(found):
            click.echo(line)


def _read(path: Path) -> Instance:
    """The instance in a file. Raises BadInput with the pointer to the first problem."""
    try:
        document = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadInput("no_file") from error
    except (ValueError, RecursionError) as error:
        raise BadInput("bad_instance", pointer="/", problem="not_json") from error
    try:
        return read_instance(document)
    except BadInstance as error:
        raise BadInput("bad_instance", pointer=error.pointer or "/", problem=error.code) from error


def _progress(objective: Objective, bound: Bound) -> None:
    text = _("Late in class 1: {late} (at best {late_bound}); weighted days late: {days} (at best {days_bound})")
    shown = text.format(
        late=objective.class1_late,
        late_bound=bound.class1_late,
        days=objective.weighted_tardiness,
        days_bound=round(bound.weighted_tardiness),
    )
    click.echo(f"\r\x1b[K{shown}", nl=False, err=True)


def _lines(found: dict[str, Any]) -> list[str]:
    """The plan as text: the sum first, then the calls in order of time, then how many have none and why."""
    placed, left = found["placed"], Counter(row["why"] for row in found["unplaced"])
    lines = [
        ngettext("{count} call has a time.", "{count} calls have a time.", len(placed)).format(count=len(placed)),
        _("Late in class 1: {late} (at best {late_bound}); weighted days late: {days} (at best {days_bound})").format(
            late=found["objective"]["class1_late"],
            late_bound=found["bound"]["class1_late"],
            days=found["objective"]["weighted_tardiness"],
            days_bound=round(found["bound"]["weighted_tardiness"], 1),
        ),
    ]
    lines += [
        f"{row['start'].replace('T', ' ')}  {row['adviser']}  {row['case']}"
        for row in sorted(placed, key=lambda row: (row["start"], row["adviser"]))
    ]
    for why, count in sorted(left.items()):
        words = ngettext("{count} call has no time: {why}", "{count} calls have no time: {why}", count)
        lines.append(words.format(count=count, why=unplaced(why)))
    return lines
