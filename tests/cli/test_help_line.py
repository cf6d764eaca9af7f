"""The help line's commands: what a screen does, a robot can do, with one answer each and nothing personal in errors."""

import json

from pkui.base.clock import TRAINING_START
from pkui.domain.intake.form import EnquiryForm, document
from tests.cli.conftest import Cli
from tests.data.submissions import changed, replacement_number, submission, submission_id

RECEIPT_KEYS = {"status", "case_number", "queue_number", "due_at", "topic", "priority_class", "linked_to",
                "flagged_words", "left_out"}  # fmt: skip


def typed(**values: str) -> str:
    form = EnquiryForm(submission_id(600), TRAINING_START, {"phone": "20304050", "topic": "faster_treatment", **values})
    return json.dumps(document(form, TRAINING_START, relation="", entered_by="pia"))


def test_an_enquiry_is_registered_withdrawn_and_counted(office: Cli) -> None:
    done = office("intake", "register", "-", "--json", stdin=typed(cpr=replacement_number(3), text="en knude")).json
    assert set(done) == RECEIPT_KEYS
    assert (done["status"], done["queue_number"], done["linked_to"]) == ("created", 9, ["2026-000003"])
    assert (
        "senest"
        in office(
            "--lang", "da", "intake", "register", "-", stdin=typed(cpr=replacement_number(3), text="en knude")
        ).out
    )
    refused = office("intake", "register", "-", "--json", stdin=typed(topic="", phone="", cpr="1234"))
    assert (refused.code, refused.error["code"]) == (2, "enquiry_incomplete")
    assert {one["pointer"] for one in refused.error["details"]["problems"]} == {
        "/matter/topic",
        "/patient/identifier/value",
    }
    assert "1234" not in refused.err
    assert office("intake", "register", "-", "--json", stdin="[1]").error["code"] == "not_an_object"
    (words,) = office("intake", "flagged", "--json").json
    assert (words["queue_number"], words["flagged_words"]) == (9, ["knude"])
    assert office("intake", "looked", "9", "--urgent", "--json").json["priority_class"] == 1
    assert office("intake", "short-answer", "--json").json == {"today": 1}
    assert office("intake", "short-answer", "--count", "--json").json == {"today": 1}


def test_a_parked_submission_is_completed_or_put_on_a_case(office: Cli) -> None:
    bad = [changed(submission(one), "/matter/topic", "knee") for one in (31, 32)]
    office("intake", "import", "-", stdin="\n".join(json.dumps(one) for one in bad))
    first, second = office("intake", "parked", "--json").json
    patch = json.dumps({"matter": {"topic": "faster_imaging"}})
    done = office("intake", "complete", first["id"], "-", "--json", stdin=patch).json
    assert (set(done), done["status"], done["topic"]) == (RECEIPT_KEYS, "created", "faster_imaging")
    again = office("intake", "complete", first["id"], "-", "--json", stdin=patch)
    assert (again.code, again.error["code"]) == (1, "not_parked")
    put = office("intake", "attach", second["id"], str(done["queue_number"]), "--json").json
    assert (put["status"], put["queue_number"]) == ("changed", done["queue_number"])


def test_a_call_about_a_case(office: Cli) -> None:
    rang = ("case", "contact", "2", "--with", "patient", "--result", "called_back", "--still-waits", "--json")
    assert office(*rang).json["answered_at"] is None
    view = office("case", "windows", "2", "ma 9-11.30, to 13-15", "--json").json
    assert [one["weekday"] for one in view["call_windows"]] == [1, 4]
    assert office("case", "windows", "2", "altid", "--json").error["code"] == "bad_call_times"
    view = office("case", "contact-details", "2", "--phone", "-", "--json", stdin="86 11 22 33").json
    assert view["reach"]["phone"] == "+4586112233"
    view = office("case", "withdraw", "2", "--reason", "Har fået en tid", "--json").json
    assert (view["state"], view["outcome"]) == ("closed", "withdrawn")
    assert office("case", "withdraw", "2", "--reason", "igen", "--json").error["code"] == "closed"
