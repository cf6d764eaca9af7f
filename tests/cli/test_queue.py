"""`pkui queue`: the row as others read it, pages, filters, and taking the next case."""

from typing import Any

import pytest

from tests.cli.conftest import CASES, PROTECTED, Cli

ROW_KEYS = {
    "case_number", "queue_number", "priority_class", "due_at", "overdue", "why", "topic", "complexity", "team", "state",
    "assignee", "received_at", "answered_at", "call_window", "attempts", "patient", "version",
}  # fmt: skip


def numbers(page: Any) -> list[int]:
    return [row["queue_number"] for row in page["cases"]]


def test_a_row_has_exactly_the_agreed_keys(office: Cli) -> None:
    page = office("queue", "list", "--json").json
    assert set(page) == {"as_of", "total", "cases", "next"}
    assert page["as_of"] == "2026-11-23T09:00:00+01:00"
    assert (page["total"], page["next"]) == (CASES, None)
    for row in page["cases"]:
        assert set(row) == ROW_KEYS
        assert set(row["patient"]) == {"name", "protected"}
        assert set(row["call_window"]) == {"from", "to", "open_now"}
    first = page["cases"][0]
    assert (first["case_number"], first["queue_number"]) == ("2026-000001", 1)
    assert first["due_at"] == "2026-11-24T16:00:00+01:00"
    assert first["why"]


def test_a_protected_name_is_null(office: Cli) -> None:
    patients = {row["queue_number"]: row["patient"] for row in office("queue", "list", "--json").json["cases"]}
    assert patients[PROTECTED] == {"name": None, "protected": True}
    assert patients[1]["name"] == "Mette Test Lauridsen"
    assert "Einer" not in office("queue", "list").out


def test_pages_show_every_case_once(office: Cli) -> None:
    seen: list[int] = []
    cursor: list[str] = []
    for _page in range(CASES):
        page = office("queue", "list", "--limit", "3", *cursor, "--json").json
        seen += numbers(page)
        if page["next"] is None:
            break
        cursor = ["--after", page["next"]]
    assert seen == numbers(office("queue", "list", "--json").json)
    assert len(set(seen)) == CASES


@pytest.mark.parametrize("cursor", ["x", "bm90aGluZw", "WzEsMl0", "WzEsICIyMDI2LTExLTI0VDE1OjAwOjAwIiwgM10"])
def test_a_cursor_of_another_making_is_refused(office: Cli, cursor: str) -> None:
    ran = office("queue", "list", "--after", cursor, "--json")
    assert (ran.code, ran.error["code"]) == (2, "bad_cursor")


def test_next_takes_each_case_once_until_none_is_left(office: Cli) -> None:
    taken = [office("--as", "anna", "queue", "next", "--json").json["queue_number"] for _turn in range(CASES)]
    assert taken == list(range(1, CASES + 1))
    ran = office("--as", "anna", "queue", "next", "--json")
    assert (ran.code, ran.out, ran.error["code"]) == (1, "", "queue_empty")
    assert office("queue", "list", "--assignee", "none", "--json").json["total"] == 0
    assert office("queue", "list", "--assignee", "anna", "--json").json["total"] == CASES


def test_filters(office: Cli) -> None:
    assert office("queue", "list", "--topic", "hearing_aid", "--json").json["total"] == 0
    assert office("queue", "list", "--team", "general", "--json").json["total"] == CASES
    assert office("queue", "list", "--callable", "--json").json["total"] == CASES
    early = office("queue", "list", "--callable", "--json", PKUI_NOW="2026-11-23T07:00+01:00").json
    assert early["total"] == 0
    assert office("queue", "list", "--assignee", "nobody", "--json").error["code"] == "no_such_person"


def test_plain_is_one_line_a_row(office: Cli) -> None:
    lines = office("queue", "list", "--plain").out.splitlines()
    assert len(lines) == CASES
    assert all(line.count("\t") == 6 for line in lines)
