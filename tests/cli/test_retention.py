"""`pkui retention`, consent, corrections and holds from the command line."""

from tests.cli.conftest import Cli

LATE = "2029-12-03T09:00+01:00"


def test_a_closed_case_is_over_its_time_unless_it_is_held(office: Cli) -> None:
    as_anna, as_sofie = ("--as", "anna"), ("--as", "sofie")
    case = office(*as_anna, "queue", "next", "--json").json["queue_number"]
    number = str(case)
    assert office(*as_anna, "case", "consent", number, "--mode", "spoken", "--json").code == 0
    assert office(*as_anna, "case", "withdraw-consent", number, "--json").code == 0
    assert office(*as_anna, "case", "withdraw-consent", number, "--json").error["code"] == "withdrawn_already"
    assert office(*as_anna, "case", "note", number, "første", "--json").code == 0
    assert office(*as_anna, "case", "correct", number, "1", "-", "--json", stdin="rettet").code == 0
    assert office(*as_anna, "case", "correct", number, "9", "x", "--json").error["code"] == "no_such_note"
    assert office(*as_anna, "case", "hold", number, "--reason", "klage", "--json").code == 0
    assert office(*as_anna, "case", "close", number, "--outcome", "advised", "--json").code == 0
    assert office(*as_sofie, "retention", "--json").json == []
    (row,) = office(*as_sofie, "retention", "--json", PKUI_NOW=LATE).json
    assert set(row) == {"case_number", "queue_number", "category", "closed_on", "over_on", "held"}
    assert (row["queue_number"], row["held"]) == (case, True)
    assert office(*as_sofie, "retention", "--apply", "--json", PKUI_NOW=LATE).json == []
    assert office(*as_sofie, "case", "lift", number, "--reason", "afgjort", "--json", PKUI_NOW=LATE).code == 0
    assert len(office(*as_sofie, "retention", "--apply", "--json", PKUI_NOW=LATE).json) == 1
    assert office(*as_anna, "retention", "--json").error["code"] == "not_allowed"
