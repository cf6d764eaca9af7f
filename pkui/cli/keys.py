"""`pkui keys`: the command table as text, and a check of a person's own keymap."""

import click

from pkui.base.commands import Scope, keymap_problems, spoken_key, with_keymap
from pkui.base.words import N_, _
from pkui.cli.opening import Program, pass_program

_SCOPES = {
    Scope.EVERYWHERE: N_("Everywhere"),
    Scope.WORK: N_("Queue and case"),
    Scope.AWAY: N_("Everywhere but the queue"),
    Scope.QUEUE: N_("Queue"),
    Scope.CASE: N_("Case"),
    Scope.LAW: N_("The numbers of the law"),
    Scope.PROVIDERS: N_("Places of treatment"),
    Scope.ENDINGS: N_("Ended agreements"),
    Scope.CALLBACKS: N_("Book call"),
}
_PROBLEMS = {
    "unknown_command": N_("There is no command with the name {what}."),
    "reserved_key": N_("The key {what} moves and chooses and cannot be given away."),
    "key_taken_twice": N_("The key {what} has two commands on one screen."),
}


@click.command(help=_("Every key and what it does, your own keymap of pkui.toml included."))
@click.option("--check", is_flag=True, help=_("Check the keymap instead. Exit code 1 when something is wrong."))
@pass_program
@click.pass_context
def keys(context: click.Context, program: Program, check: bool) -> None:
    """Prints the keys, or what is wrong with them."""
    keymap = program.settings.keymap
    if check:
        context.exit(_check(program))
    table = with_keymap(keymap)
    if program.as_json:
        program.output.data(
            [
                {
                    "id": one.id,
                    "scope": one.scope.value,
                    "keys": list(one.keys),
                    "label": one.label(),
                    "tooltip": one.tooltip(),
                }
                for one in table
            ]
        )
        return
    rows = [
        (_(_SCOPES[one.scope]), " ".join(spoken_key(key) for key in one.keys) or "-", one.label(), one.tooltip())
        for one in table
    ]
    program.output.table((_("Where"), _("Key"), _("Command"), _("What it does")), rows)


def _check(program: Program) -> int:
    found = keymap_problems(program.settings.keymap)
    if program.as_json:
        program.output.data({"ok": not found, "problems": [{"code": code, "about": what} for code, what in found]})
    elif found:
        program.output.lines(_(_PROBLEMS[code]).format(what=what) for code, what in found)
    else:
        program.output.lines([_("Every key has one command on each screen.")])
    return int(bool(found))
