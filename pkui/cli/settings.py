"""`pkui settings`: the office's dated settings."""

import json
from datetime import datetime
from typing import Any

import click

from pkui.base.words import _
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.services.office import DatedSetting, list_settings, set_setting


@click.group(help=_("The office's dated settings: hours, closed days, targets, attempts."))
def settings() -> None:
    """Groups the commands of settings."""


@settings.command("list", help=_("Every setting with its values and the days they hold."))
@pass_program
@click.pass_context
def list_(context: click.Context, program: Program) -> None:
    """Prints the settings."""
    with program.desk(context, stores=False) as desk:
        _show(program, list_settings(desk), as_list=True)


@settings.command("set", help=_("Give a setting another value from a day on; earlier values stay."))
@click.argument("key", metavar="KEY")
@click.argument("value", metavar="VALUE")
@click.option("--from", "valid_from", type=click.DateTime(["%Y-%m-%d"]), required=True, help=_("Its first day."))
@pass_program
@click.pass_context
def set_(context: click.Context, program: Program, key: str, value: str, valid_from: datetime) -> None:
    """Sets one setting and prints it."""
    with program.desk(context, stores=True) as desk:
        _show(program, [set_setting(desk, key, value, valid_from=valid_from.date())], as_list=False)


def _show(program: Program, found: list[DatedSetting], *, as_list: bool) -> None:
    objects = [_object(one) for one in found]
    if program.as_json:
        program.output.data(objects if as_list else objects[0])
        return
    head = (_("Setting"), _("Value"), _("From"), _("To"), _("By"))
    program.output.table(head, [[_text(value) for value in one.values()] for one in objects])


def _object(one: DatedSetting) -> dict[str, Any]:
    shown = {"key": one.key, "value": one.value, "from": one.from_, "to": one.to, "by": one.by}
    return {name: as_json(value) for name, value in shown.items()}


def _text(value: Any) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else json.dumps(value)
