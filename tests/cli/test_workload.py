"""`pkui workload`: the load, a proposal, moved and taken back, and refusals."""

from pkui.base.clock import TRAINING_START
from tests.cli.conftest import CASES, Cli

PERSON = {
    "username", "name", "teams", "absent", "absent_until", "open", "minutes", "by_class", "overdue", "due_today",
    "capacity_minutes", "capacity_week_minutes",
}  # fmt: skip
TEAM = {"team", "name", "open", "unassigned", "overdue", "oldest", "came", "went"}
LATER = TRAINING_START.replace(minute=30).isoformat()


def test_the_load(office: Cli) -> None:
    found = office("--as", "sofie", "workload", "show", "--json").json
    assert set(found) == {"as_of", "people", "teams", "orphans"}
    assert set(found["people"][0]) == PERSON
    assert set(found["teams"][0]) == TEAM
    assert [one["username"] for one in found["people"]] == ["anna", "bo", "sofie"]
    assert next(one for one in found["teams"] if one["team"] == "general")["unassigned"] == CASES
    assert found["orphans"] == 0
    assert "Anna" in office("--as", "sofie", "workload", "show").out
    refused = office("--as", "anna", "workload", "show", "--json")
    assert (refused.code, refused.error["code"]) == (1, "not_allowed")


def test_a_proposal_is_moved_and_taken_back(office: Cli) -> None:
    as_sofie = ("--as", "sofie", "workload")
    asked = ("rebalance", "--team", "general", "--most", "3", "--json")
    found = office(*as_sofie, *asked, PKUI_NOW=LATER).json
    assert {"moves", "before", "after", "applied"} <= set(found)
    assert set(found["moves"][0]) == {"case_number", "queue_number", "from", "to", "why"}
    assert (len(found["moves"]), found["applied"]) == (3, None)
    assert office(*as_sofie, "undo", "--json").error["code"] == "no_moves_to_undo"
    moved = office(*as_sofie, *asked, "--apply", PKUI_NOW=LATER).json
    assert moved["applied"] == {"done": 3, "skipped": []}
    taken = office("queue", "list", "--assignee", "none", "--json").json["total"]
    assert taken == CASES - 3
    assert office(*as_sofie, "undo", "--json", PKUI_NOW=LATER).json == {"done": 3, "skipped": []}
    assert office("queue", "list", "--assignee", "none", "--json").json["total"] == CASES


def test_days_and_people_are_checked(office: Cli) -> None:
    ask = ("--as", "sofie", "workload", "rebalance", "--json")
    for arguments, code in (
        (("--absent", "anna"), "bad_days"),
        (("--absent", "anna", "--until", "2026-11-01"), "bad_days"),
        (("--absent", "nobody", "--until", "2026-11-27"), "no_such_person"),
    ):
        refused = office(*ask, *arguments)
        assert (refused.code, refused.error["code"]) == (2, code)
    assert (
        "Anna"
        in office("--as", "sofie", "--lang", "en", "workload", "rebalance", "--team", "general", PKUI_NOW=LATER).out
    )
