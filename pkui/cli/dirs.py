"""`pkui dirs`: where the files are."""

import click

from pkui.base import settings
from pkui.base.log import FILE_NAME
from pkui.base.words import _
from pkui.cli.opening import Program, pass_program


@click.command(help=_("Where pkui keeps its files. Passwords in a database address are left out."))
@pass_program
def dirs(program: Program) -> None:
    """Prints the folders and files."""
    from storage.addresses import parse_url
    from storage.secrets import default_key_file

    chosen = program.settings
    places = {
        "data": (_("Data"), str(settings.data_dir())),
        "config": (_("Settings"), str(settings.config_dir())),
        "state": (_("Journal and log"), str(settings.state_dir())),
        "settings_file": (_("Settings file"), str(settings.config_file())),
        "key_file": (_("Key file"), str(chosen.key_file or default_key_file())),
        "log": (_("Log"), str(settings.state_dir() / FILE_NAME)),
        "database": (_("Database"), parse_url(chosen.url).render_as_string(hide_password=True)),
        "demo_database": (_("Demo database"), parse_url(chosen.demo_url).render_as_string(hide_password=True)),
    }
    if program.as_json:
        program.output.data({name: place for name, (_words, place) in places.items()})
    else:
        program.output.pairs(dict(places.values()))
