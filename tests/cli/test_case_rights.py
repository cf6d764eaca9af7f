"""`pkui case rights`: the document of `rights check` for the same facts, with the office's values of the law."""

import json
import sqlite3
from datetime import date
from typing import Any

import pytest

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.services.desk import Desk
from pkui.services.law import set_law_value
from pkui.services.people import sign_in
from storage.store import open_store
from tests.cli.conftest import Cli
from tests.data.submissions import submission

BORN = date.fromisoformat(submission(1)["patient"]["birth_date"])
FACTS: dict[str, Any] = {
    "case_kind": "treatment",
    "age": 2026 - BORN.year - ((BORN.month, BORN.day) > (11, 23)),
    "residence_region": submission(1)["patient"].get("region_of_residence"),
    "offered_at": "Regionshospitalet Viborg",
    "specialty": "Ortopædkirurgi",
    "referral_date_in_letter": "2026-10-29",
    "offered_date": "2027-03-11",
}


def test_a_case_and_its_facts_alone_give_the_same_document(office: Cli) -> None:
    of_case = office("--as", "anna", "case", "rights", "1", "--json").json
    of_facts = office("rights", "check", "-", "--json", stdin=json.dumps(FACTS)).json
    assert of_case["schema"] == "pk-rights/1"
    assert of_case["hints"]
    assert of_case == of_facts


def test_the_office_counts_with_its_own_numbers(office: Cli) -> None:
    store = open_store(f"sqlite:///{office.folder / 'pkui.db'}", key_file=office.folder / "keys" / "pkui.key")
    clock = FrozenClock(TRAINING_START)
    supervisor = Desk(store, clock, sign_in(store, "sofie", clock.now()))
    set_law_value(supervisor, "information_duty", 5, valid_from=date(2026, 10, 1), source="LBK 1 af 2026")
    store.close()
    of_case = office("--as", "anna", "case", "rights", "1", "--json").json
    assert of_case["law"]["office_values"] is True
    assert office("rights", "check", "-", "--json", stdin=json.dumps(FACTS)).json["law"]["office_values"] is False
    duty = next(hint for hint in of_case["hints"] if (hint["right"], hint["limb"]) == ("information_duty", "referral"))
    assert duty["deadline"] == "2026-11-05"


def test_the_look_up_is_logged_and_nothing_personal_is_shown(office: Cli) -> None:
    shown = office("--as", "anna", "case", "rights", "2").out
    assert "Mette" not in shown
    with sqlite3.connect(office.folder / "pkui.db") as database:
        rows = database.execute("SELECT kind, what FROM access_log WHERE kind = 'look_up'").fetchall()
    database.close()
    assert rows == [("look_up", "case")]


@pytest.mark.parametrize("number", ["999", "nobody", "2026-999999"])
def test_no_such_case(office: Cli, number: str) -> None:
    ran = office("--as", "anna", "case", "rights", number, "--json")
    assert (ran.code, ran.error["code"]) == (1, "no_case")
