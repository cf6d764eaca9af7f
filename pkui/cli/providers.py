"""`pkui providers`: the catalogue of places of treatment, searching it, and agreements that end."""

from datetime import datetime
from pathlib import Path

import click

from pkui.base.clock import local_date
from pkui.base.words import _
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import instant
from pkui.cli.provider_rows import (
    ending_lines,
    ending_object,
    import_lines,
    import_object,
    provider_cells,
    provider_head,
    provider_row,
)
from pkui.cli.provider_steps import STEPS
from pkui.services.cases import find_number
from pkui.services.postcodes import load_postcodes
from pkui.services.providers import open_book
from pkui.services.providers_ending import end_agreement
from pkui.services.providers_import import import_catalogue, load, preview_import
from pkui.services.providers_refresh import refresh
from pkui.services.providers_search import KINDS, Wanted, patient_context, search

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(help=_("Places of treatment: the catalogue, and where to go."))
def providers() -> None:
    """Groups the catalogue's commands."""


@providers.command(
    "import", help=_("Take in a catalogue (JSON, or a folder of CSV) or waiting times from Venteinfo (CSV).")
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help=_("Only show what would change."))
@pass_program
@click.pass_context
def import_(context: click.Context, program: Program, file: Path, preview: bool) -> None:
    """Shows or makes the change."""
    parsed = load(file)
    with program.desk(context, stores=not preview) as desk:
        found = preview_import(desk, parsed) if preview else import_catalogue(desk, parsed)
    if program.as_json:
        program.output.data(import_object(found, written=not preview))
    else:
        program.output.lines(import_lines(found, written=not preview))


@providers.command("search", help=_("Where a patient can go for an area; with a case, the whole ladder."))
@click.option("--area", required=True, metavar="AREA", help=_("The area's code, such as MR."))
@click.option("--postcode", metavar="POSTCODE", help=_("Measure distances from here."))
@click.option("--case", "case", metavar="N", help=_("Judge by this case's facts and rights."))
@click.option("--text", default="", metavar="WORDS", help=_("Only places that these words find."))
@click.option("--kind", type=click.Choice(list(KINDS)), help=_("One kind of place only."))
@click.option("--max-km", type=click.FloatRange(min=0), help=_("Only places at most this far away."))
@click.option("--age", type=click.IntRange(0, 130), help=_("The patient's age, for the places' own limits."))
@click.option("--bmi", type=click.FloatRange(5, 150), help=_("The patient's BMI, for the places' own limits."))
@click.option("--other-regions", is_flag=True, help=_("Leave out places that take no patients of other regions."))
@click.option("--limit", type=click.IntRange(1, 10_000), help=_("Rows at most."))
@pass_program
@click.pass_context
def search_(
    context: click.Context,
    program: Program,
    area: str,
    postcode: str | None,
    case: str | None,
    text: str,
    kind: str | None,
    max_km: float | None,
    age: int | None,
    bmi: float | None,
    other_regions: bool,
    limit: int | None,
) -> None:
    """Prints the ladder."""
    with program.desk(context, stores=case is not None) as desk:
        today = local_date(desk.clock.now())
        wanted = Wanted(
            area=area,
            text=text,
            postcode=postcode,
            relations=KINDS[kind] if kind else frozenset(),
            max_km=max_km,
            age=age,
            bmi=bmi,
            accepts_other_regions=other_regions,
            limit=limit,
            patient=patient_context(desk, find_number(desk, case)) if case is not None else None,
            postcodes=load_postcodes(program.settings.postcodes),
        )
        rows = search(open_book(desk), wanted, today)
    if program.as_json:
        program.output.data([provider_row(row) for row in rows])
    else:
        program.output.table(provider_head(), [provider_cells(row, today) for row in rows])


@providers.command("refresh", help=_("Fetch the catalogue from its feed; the last good one stays when that fails."))
@pass_program
@click.pass_context
def refresh_(context: click.Context, program: Program) -> None:
    """Fetches, checks and takes it in."""
    with program.desk(context, stores=True) as desk:
        found = refresh(desk, program.settings.catalogue_url, key=program.settings.catalogue_key)
    changed = found.changed
    if program.as_json:
        counts = import_object(changed, written=True) if changed else None
        program.output.data({"changed": counts, "fetched_at": instant(found.fetched_at)})
    elif changed is None:
        program.output.lines([_("Nothing new since the last time.")])
    else:
        program.output.lines(import_lines(changed, written=True))


@providers.command("ended", help=_("End an agreement, or all of a provider, and list every course it touches."))
@click.argument("id", metavar="ID")
@click.option("--on", "on", required=True, type=DAY, help=_("The first day without it."))
@pass_program
@click.pass_context
def ended(context: click.Context, program: Program, id: str, on: datetime) -> None:
    """Ends it and prints what it touches."""
    with program.desk(context, stores=True) as desk:
        found = end_agreement(desk, id, on=on.date())
    if program.as_json:
        program.output.data(ending_object(found))
    else:
        program.output.lines(ending_lines(found))


for _step in STEPS:
    providers.add_command(_step)
