"""Where a case goes and why, who stands in, and what a move was made for, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from pkui.base.words import _, codes
from pkui.base.words.intake import sorting_words
from pkui.domain.codes import Complexity
from pkui.domain.sorting import SortingReason


def reasons(stored: Sequence[str]) -> str:
    """Why the rules sort a case as they do, as it is stored with it; empty for a simple case of the general team."""
    known = set(SortingReason)
    return sorting_words(tuple(SortingReason(code) for code in stored if code in known))


def routed(details: Mapping[str, Any]) -> str:
    """What an event says of where a case went."""
    parts = []
    if details["team"] != details["before_team"]:
        parts.append(_("Team: {team}").format(team=codes.team(str(details["team"]))))
    if details["complexity"] != details["before_complexity"]:
        parts.append(
            _("Complexity: {complexity}").format(complexity=codes.complexity(Complexity(details["complexity"])))
        )
    if details.get("released"):
        parts.append(_("back in the queue, as its holder may not finish it"))
    return " · ".join(parts) or _("Team and complexity stay as they are")


def standing(
    complexity: Complexity, team: str, why: Sequence[str], *, by_hand: Sequence[str | None], team_name: str | None
) -> str:
    """The case's complexity and team in a line, with the rules' reasons, or the words of who set it otherwise."""
    name = team_name or codes.team(team)
    line = _("{complexity} · Team: {team}").format(complexity=codes.complexity(complexity).capitalize(), team=name)
    said = [one for one in by_hand if one]
    if said:
        return line + " · " + _("set by hand: {reason}").format(reason="; ".join(dict.fromkeys(said)))
    told = reasons(why)
    return f"{line} · {told}" if told else line
