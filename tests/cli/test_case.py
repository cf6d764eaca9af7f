"""`pkui case`: a case found, worked, closed and reopened; nothing stale is overwritten and no number is shown."""

import sqlite3

import pytest

from tests.cli.conftest import PROTECTED, Cli, days_from_now
from tests.cli.test_queue import ROW_KEYS
from tests.data.submissions import replacement_number


def test_the_way_of_a_case(office: Cli) -> None:
    taken = office("--as", "anna", "case", "assign", "2", "anna", "--json").json
    assert (taken["state"], taken["assignee"]) == ("assigned", "anna")
    noted = office("--as", "anna", "case", "note", "2", "-", "--json", stdin="Ringer igen i morgen").json
    assert noted["notes"][0]["text"] == "Ringer igen i morgen"
    rung = office("--as", "anna", "case", "contact", "2", "--with", "patient", "--result", "no_answer", "--json").json
    assert rung["attempts"] == 1
    waiting = office(
        "--as", "anna", "case", "wait", "2026-000002", "--for", "department", "--until", days_from_now(2),
        "--text", "Spurgt om tid", "--json",
    ).json  # fmt: skip
    assert (waiting["state"], waiting["waiting_for"]) == ("waiting", "department")
    assert waiting["follow_up_on"] == days_from_now(2)
    routed = office("--as", "anna", "case", "route", "2", "--complexity", "simple", "--reason", "Kendt", "--json").json
    assert (routed["complexity"], routed["events"][-1]["reason"]) == ("simple", "Kendt")
    over = office("--as", "anna", "case", "handover", "2", "bo", "--text", "Tag den", "--json").json
    assert over["assignee"] == "bo"
    closed = office("--as", "bo", "case", "close", "2", "--outcome", "advised", "--cause", "no_answer", "--json").json
    assert (closed["state"], closed["outcome"], closed["cause"]) == ("closed", "advised", "no_answer")
    again = office("--as", "bo", "case", "reopen", "2", "--reason", "Ny tid", "--json").json
    assert (again["state"], again["outcome"]) == ("reopened", None)
    back = office("--as", "bo", "case", "release", "2", "--reason", "Ferie", "--json").json
    assert back["assignee"] is None
    kinds = [event["kind"] for event in back["events"]]
    assert kinds == [
        "received", "assigned", "note_added", "contact_logged", "waiting", "routed", "handed_over", "closed",
        "reopened", "put_back",
    ]  # fmt: skip


def test_a_case_holds_the_queue_row_and_everything_else(office: Cli) -> None:
    shown = office("case", "show", "1", "--json").json
    assert set(shown) >= ROW_KEYS | {"free_text", "facts", "events", "notes", "contacts", "consents", "links", "week"}
    assert shown["facts"][0]["source"] in ("letter", "patient")
    assert shown["patient"]["identifier"].endswith("••••")


def test_a_protected_person_is_not_exported(office: Cli) -> None:
    shown = office("case", "show", str(PROTECTED), "--json").json["patient"]
    assert (shown["name"], shown["address_line"], shown["postcode"], shown["city"]) == (None,) * 4
    text = office("case", "show", str(PROTECTED)).out
    assert "Testgade" not in text
    assert "Einer" not in text


@pytest.mark.parametrize(
    "change",
    [
        ("assign", "1", "anna"),
        ("note", "1", "hej"),
        ("contact", "1", "--with", "patient", "--result", "reached"),
    ],
)
def test_a_stale_change_is_refused(office: Cli, change: tuple[str, ...]) -> None:
    ran = office("--as", "anna", "case", *change, "--version", "7", "--json")
    assert (ran.code, ran.out, ran.error["code"]) == (1, "", "stale")
    assert ran.error["details"] == {"based_on": 7, "now_at": 1}
    assert office("case", "show", "1", "--json").json["version"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("show", "99"), "no_case", 1),
        (("show", replacement_number(1)), "no_case", 1),
        (("show", "9" * 40), "no_case", 1),
        (("close", "1", "--outcome", "advised"), "not_yours", 1),
        (("assign", "1", "bo"), "not_allowed", 1),
        (("reopen", "1", "--reason", "x"), "not_closed", 1),
        (("note", "1", " "), "text_needed", 2),
    ],
)
def test_refusals(office: Cli, arguments: tuple[str, ...], code: str, exit_code: int) -> None:
    ran = office("--as", "anna", "case", *arguments, "--json")
    assert (ran.code, ran.error["code"]) == (exit_code, code)
    assert replacement_number(1) not in ran.err


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        (replacement_number(3), "identifier", [3]),
        (f"{replacement_number(3)[:6]}-{replacement_number(3)[6:]}", "identifier", [3]),
        ("20 00 00 04", "phone", [4]),
        ("2026-000005", "number", [5]),
        ("6", "number", [6]),
        ("laur test", "name", [7, 6, 5, 4, 3, 2, 1]),
        ("Ase", "name", [4]),
        ("Åse", "name", [4]),
        ("nobody", "name", []),
    ],
)
def test_find_from_standard_input_leaves_one_row_in_the_log(
    office: Cli, text: str, kind: str, found: list[int]
) -> None:
    ran = office("--as", "anna", "case", "find", "-", "--json", stdin=text + "\n")
    assert [row["queue_number"] for row in ran.json] == found
    assert replacement_number(3) not in ran.out
    with sqlite3.connect(office.folder / "pkui.db") as database:
        rows = database.execute(
            "SELECT criterion_kind, length(criterion_hash), hits FROM access_log WHERE kind = 'search'"
        ).fetchall()
    database.close()
    assert rows == [(kind, 32, len(found))]


def test_text_output_is_for_reading(office: Cli) -> None:
    shown = office("case", "show", "1").out
    assert shown.startswith("Case 2026-000001 · queue no. 1\n")
    assert "Faster treatment" in shown
    assert replacement_number(1) not in shown
    assert office("case", "find", "nobody").out == "No case matches.\n"


def test_text_from_outside_cannot_steer_the_terminal(office: Cli) -> None:
    office("case", "note", "1", "-", stdin="\x1b[31mred\x1b[0m\u202egnorw")
    shown = office("case", "show", "1").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
