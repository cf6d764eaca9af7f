"""`pkui crypto`: the key of the sealed fields. Needs no person, only the database and its key."""

import click

from pkui.base.words import _, ngettext
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.cli.progress import Progress
from pkui.services.rotation import Rotated
from pkui.services.rotation import rotate as change_key


@click.group(help=_("Change the key of the sealed fields."))
def crypto() -> None:
    """Groups the commands of the key."""


@crypto.command(
    help=_(
        "Make a new key and seal everything anew with it; the old key is refused from then on. Nobody can work "
        "meanwhile. Interrupted, it goes on where it is run again."
    )
)
@pass_program
def rotate(program: Program) -> None:
    """Changes the key and tells what was sealed anew."""
    chosen = program.settings
    with Progress(_("Sealing anew")) as progress:
        done = change_key(chosen.url, key_file=chosen.key_file, reached=progress.reached)
    if program.as_json:
        program.output.data(as_json(done))
    else:
        program.output.lines(_told(done))


def _told(done: Rotated) -> list[str]:
    rows = ngettext("%(n)s row is sealed anew.", "%(n)s rows are sealed anew.", done.rows)
    lines = [
        rows % {"n": done.rows},
        _("The new key is in {file}. Give every desk a copy of it.").format(file=done.key_file),
    ]
    if done.old_key_file:
        text = _("The old key is in {file}, for older backups. Delete it with the last of them.")
        lines.append(text.format(file=done.old_key_file))
    if done.damaged:
        lines.append(_("Fields that neither key opens, left as they were: {n}").format(n=done.damaged))
    if done.staff_to_import:
        text = _("Colleagues whose own number has to be taken in again: {n}")
        lines.append(text.format(n=done.staff_to_import))
    return lines
