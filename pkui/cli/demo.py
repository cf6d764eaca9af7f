"""`pkui demo`: the workbench on a training database of made-up people."""

from dataclasses import asdict
from pathlib import Path

import click

from pkui.base.clock import TRAINING_START
from pkui.base.settings import ProgramSettings
from pkui.base.words import _
from pkui.cli.opening import Program, pass_program
from pkui.cli.progress import Progress
from pkui.domain.codes import Role
from storage.peek import peek
from storage.revision import HEAD

CASES = 1_200
SEED = 1
_FILE = "sqlite:///"
_ROLES = [role.value for role in Role if role is not Role.SYSTEM]


@click.command(help=_("Open the workbench on a separate database of made-up people, made at the first use."))
@click.option("--cases", type=click.IntRange(1, 5_000_000), default=CASES, show_default=True, help=_("Open cases."))
@click.option(
    "--seed", type=click.IntRange(0), default=SEED, show_default=True, help=_("The same seed, the same data.")
)
@click.option("--role", type=click.Choice(_ROLES), help=_("Open it signed in as a person of that role."))
@click.option("--reset", is_flag=True, help=_("Throw the training database away and make it again first."))
@click.option("--build", is_flag=True, help=_("Make the database and leave; the workbench is not opened."))
@pass_program
@click.pass_context
def demo(
    context: click.Context, program: Program, cases: int, seed: int, role: str | None, reset: bool, build: bool
) -> None:
    """Makes the training database where it is missing or asked for, and opens the workbench on it."""
    url = program.settings.demo_url
    if build or reset or not _is_filled(url):
        _build(program, url, cases, seed, reset=reset, report=build)
    if build:
        return
    _upgrade_training(url)
    from pkui.app import run_workbench

    chosen: ProgramSettings = program.settings
    context.exit(run_workbench(chosen, url=url, role=Role(role) if role else None, username=chosen.user))


def _is_filled(url: str) -> bool:
    """Looks into a file with the plain driver, so that the first frame need not wait for the tables."""
    if url.startswith(_FILE):
        found = peek(Path(url.removeprefix(_FILE)))
        return found is not None and found.filled
    from pkui.services.database import is_filled

    return is_filled(url)


def _upgrade_training(url: str) -> None:
    """A training file made by an older program is brought up to date without asking."""
    found = peek(Path(url.removeprefix(_FILE))) if url.startswith(_FILE) else None
    if found is not None and found.training and found.revision < HEAD:
        from storage.schema import upgrade

        upgrade(url)


def _build(program: Program, url: str, cases: int, seed: int, *, reset: bool, report: bool) -> None:
    from pkui.services.demo import build_demo, reset_demo

    chosen = program.settings
    if reset:
        reset_demo(url)
    with Progress(_("Making the demo")) as progress:
        result = build_demo(
            url,
            cases=cases,
            seed=seed,
            key_file=chosen.key_file,
            now=chosen.now or TRAINING_START,
            progress=progress.reached,
        )
    if report and program.as_json:
        program.output.data(asdict(result))
    elif report:
        texts = {"open": _("Open cases"), "closed": _("Closed cases"), "staff": _("People"), "services": _("Services")}
        program.output.pairs({texts[name]: str(count) for name, count in asdict(result).items()})
