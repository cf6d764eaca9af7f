"""`pkui day`, `pkui sparring` and what joins cases: the same use cases as the screens, as JSON."""

from tests.cli.conftest import Cli, days_from_now
from tests.cli.test_queue import ROW_KEYS


def test_a_day_by_commands(office: Cli) -> None:
    office("--as", "anna", "case", "assign", "1", "anna")
    office("--as", "anna", "case", "remind", "1", "--at", f"{days_from_now(0)}T15:00", "--text", "ring", "--json")
    wait = ("--for", "department", "--until", days_from_now(0), "--text", "spurgt")
    office("--as", "anna", "case", "assign", "2", "anna")
    office("--as", "anna", "case", "wait", "2", *wait)
    shown = office("--as", "anna", "day", "show", "--json").json
    assert set(shown) == {"as_of", "cases", "short_answers"}
    assert set(shown["cases"][0]) == ROW_KEYS | {"part", "reasons"}
    assert {one["queue_number"]: one["part"] for one in shown["cases"][:2]} == {1: "follow_up", 2: "follow_up"}
    checked = office("--as", "anna", "day", "check", "--json").json
    assert (checked["done"], [one["queue_number"] for one in checked["undone"]]) == (False, [2])
    (group,) = office("--as", "anna", "day", "followups", "--json").json
    assert [one["queue_number"] for one in group["cases"]] == [2]
    logged = office("--as", "anna", "day", "contact", "2", "--result", "reached", "--text", "ja", "--json").json
    assert logged == {"cases": [2]}


def test_questions_and_merges_by_commands(office: Cli) -> None:
    asked = office(
        "--as", "anna", "case", "ask", "1", "--to", "colleague", "--colleague", "bo", "--text", "-", "--json",
        stdin="Gælder fristen?",
    ).json  # fmt: skip
    assert asked["questions"][0]["text"] == "Gælder fristen?"
    (listed,) = office("--as", "bo", "sparring", "list", "--json").json
    assert (listed["queue_number"], listed["asked_of"], listed["colleague"]) == (1, "colleague", "bo")
    answered = office("--as", "bo", "case", "answer", "1", "--text", "Ja", "--json").json
    assert answered["questions"][0]["answer"] == "Ja"
    refused = office("--as", "anna", "case", "merge", "1", "2", "--reason", "samme", "--json")
    assert (refused.code, refused.error["code"]) == (1, "another_person")
    refused = office("--as", "anna", "case", "split", "1", "--json")
    assert (refused.code, refused.error["code"]) == (1, "not_merged")
