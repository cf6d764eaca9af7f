"""`pkui db copy` and `pkui db grants`: moving to a server, and what desks may do there."""

import click

from pkui.base.words import _, ngettext
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.cli.progress import Progress
from pkui.services import copying
from pkui.services.grants import grants as grants_for


@click.command(help=_("Copy everything into an empty database, on either engine, and verify it. Both keep one key."))
@click.option("--from", "source", metavar="URL", required=True, help=_("The database that is read."))
@click.option("--to", "target", metavar="URL", required=True, help=_("The empty database that is written."))
@pass_program
@click.pass_context
def copy(context: click.Context, program: Program, source: str, target: str) -> None:
    """Copies a database."""
    with Progress(_("Copying")) as progress:
        report = copying.copy(source, target, key_file=program.settings.key_file, told=progress.reached)
    if program.as_json:
        program.output.data(as_json(report))
    else:
        said = ngettext("%(n)s case copied and verified.", "%(n)s cases copied and verified.", report.cases)
        program.output.lines([said % {"n": report.cases}])
    context.exit(0 if report.ok else 1)


@click.command(help=_("Print the SQL of the role that desks use on a server: history and log are only added to."))
@click.option("--role", metavar="NAME", help=_("Its name; pkui_desk where none is given."))
@pass_program
def grants(program: Program, role: str | None) -> None:
    """Prints the SQL; opens no database."""
    found = grants_for(role)
    if program.as_json:
        program.output.data({"sql": found})
    else:
        program.output.lines(found)
