"""How a person's and a team's load look in their lists: a number, a bar and a word, never a colour alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pkui.base.clock import local_date
from pkui.base.words import _, ngettext, pgettext
from pkui.base.words import workload as words
from pkui.base.words.codes import team as team_word
from pkui.base.words.dates import near_day
from screens.widgets.cells import Cell, Column, RowCells

if TYPE_CHECKING:
    from pkui.services.workload import PersonLoad, TeamLoad

BAR = 5


def people_columns() -> tuple[Column, ...]:
    """The columns of the people at 80 cells, and the ones that join them on a wider screen."""
    return (
        Column("who", _("Who"), 18, grow=2),
        Column("open", pgettext("cases", "Open"), 4, align="right"),
        Column("load", _("Hours"), 12),
        Column("word", "", 13),
        Column("classes", _("Class 1-4"), 11),
        Column("overdue", _("Overdue"), 8, align="right"),
        Column("today", _("Today"), 5, align="right"),
        Column("left", _("Left today"), 14, align="right", min_terminal_width=100),
        Column("week", _("Left in all"), 14, align="right", min_terminal_width=100),
    )


def person_cells(one: PersonLoad, today: date) -> RowCells:
    """One person; how full she is compares her minutes with what is left of the days looked at."""
    over = one.minutes > one.capacity_week_minutes
    word = words.fullness(one.minutes, one.capacity_week_minutes)
    if one.absent:
        back = one.absent_until
        word = _("away to %(day)s") % {"day": near_day(local_date(back), today)} if back else _("away")
    return (
        Cell(one.name, "snapshot-list--muted" if one.absent else ""),
        Cell(str(one.open)),
        Cell(
            f"{words.bar(one.minutes, one.capacity_week_minutes, BAR)} {words.hours(one.minutes)}",
            "snapshot-list--alarm" if over else "snapshot-list--info",
        ),
        Cell(word, "snapshot-list--alarm" if over else "snapshot-list--muted"),
        Cell(" ".join(str(count) for count in one.by_class)),
        Cell(str(one.overdue or ""), "snapshot-list--alarm"),
        Cell(str(one.due_today or "")),
        Cell(words.hours(one.capacity_minutes)),
        Cell(words.hours(one.capacity_week_minutes)),
    )


def team_columns() -> tuple[Column, ...]:
    """The columns of the teams."""
    return (
        Column("team", _("Team"), 20, grow=2),
        Column("open", pgettext("cases", "Open"), 5, align="right"),
        Column("free", _("Free"), 6, align="right"),
        Column("overdue", _("Overdue"), 8, align="right"),
        Column("oldest", _("Oldest"), 8, align="right"),
        Column("came", _("Came, 7 days"), 12),
        Column("went", _("Closed"), 12),
    )


def team_cells(one: TeamLoad, today: date) -> RowCells:
    """One team; curves of the last working days with how many cases in all beside them."""
    return (
        Cell(one.name or team_word(one.team)),
        Cell(str(one.open)),
        Cell(str(one.unassigned or "")),
        Cell(str(one.overdue or ""), "snapshot-list--alarm"),
        Cell(_age((today - local_date(one.oldest)).days) if one.oldest else ""),
        Cell(f"{words.spark(one.came)} {sum(one.came)}", "snapshot-list--info"),
        Cell(f"{words.spark(one.went)} {sum(one.went)}", "snapshot-list--muted"),
    )


def _age(days: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
