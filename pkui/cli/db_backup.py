"""`pkui db backup` and `pkui db restore`. Need no person, only the file, the database and its key."""

from pathlib import Path

import click

from pkui.base.words import _, ngettext
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.services import backup as service
from pkui.services.backup import BackupReport

FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))


@click.command(help=_("Write everything to a new sealed file, while others work. The key is not in it: keep it too."))
@FILE
@pass_program
def backup(program: Program, file: Path) -> None:
    """Backs the database up and reads the file again."""
    chosen = program.settings
    _show(program, service.backup(chosen.url, file, key_file=chosen.key_file))


@click.command(help=_("Verify a backup and write it to the database, in one transaction."))
@FILE
@click.option("--replace", is_flag=True, help=_("Replace what the database holds now."))
@pass_program
def restore(program: Program, file: Path, replace: bool) -> None:
    """Restores a backup that was verified."""
    chosen = program.settings
    _show(program, service.restore(chosen.url, file, key_file=chosen.key_file, replace=replace))


def _show(program: Program, report: BackupReport) -> None:
    if program.as_json:
        program.output.data(as_json(report))
        return
    cases = ngettext("%(n)s case, %(size)s kB", "%(n)s cases, %(size)s kB", report.cases)
    program.output.lines([cases % {"n": report.cases, "size": max(1, report.bytes // 1000)}])
