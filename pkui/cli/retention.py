"""`pkui retention`: which cases have been kept long enough, and taking the person out of them."""

import click

from pkui.base.words import _, ngettext
from pkui.base.words import retention as words
from pkui.base.words.dates import plain_date
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.services.retention import Over, anonymise_over, over


@click.command(help=_("Which closed cases have been kept long enough; --apply takes the person out of them."))
@click.option("--apply", "applying", is_flag=True, help=_("Take the person out of them. It cannot be undone."))
@pass_program
@click.pass_context
def retention(context: click.Context, program: Program, applying: bool) -> None:
    """Prints the list, or what was done."""
    with program.desk(context, stores=applying) as desk:
        found = anonymise_over(desk) if applying else over(desk)
    if program.as_json:
        program.output.data([document(one) for one in found])
        return
    program.output.table(
        (_("Case"), _("Kept as"), _("Closed"), _("Kept until"), ""),
        (
            (
                one.case_number, words.kept_as(one.keeping), plain_date(one.closed_on), plain_date(one.over_on),
                _("stays: complaint or hold") if one.held else "",
            )
            for one in found
        ),
    )  # fmt: skip
    count = len(found)
    told = ngettext("%(n)s case anonymised.", "%(n)s cases anonymised.", count)
    due = ngettext("%(n)s case is over its time.", "%(n)s cases are over their time.", count)
    if not program.output.plain:
        program.output.lines([(told if applying else due) % {"n": count}])


def document(one: Over) -> dict[str, object]:
    """A case as JSON."""
    return {
        "case_number": one.case_number,
        "queue_number": one.queue_number,
        "category": one.keeping.value,
        "closed_on": as_json(one.closed_on),
        "over_on": as_json(one.over_on),
        "held": one.held,
    }
