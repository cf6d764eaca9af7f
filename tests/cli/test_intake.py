"""`pkui intake`: every door a submission comes by, and one answer each."""

import json

from tests.cli.conftest import Cli, bodies
from tests.data.os2forms import MAPPING, os2forms
from tests.data.submissions import submission, submission_id

ANSWER_KEYS = {"submission_id", "status", "case_number", "queue_number", "linked_to", "errors"}


def answers(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_files_folders_lines_and_standard_input_are_answered_in_order(office: Cli) -> None:
    folder = office.folder / "in"
    folder.mkdir()
    (folder / "b.jsonl").write_bytes(b"\n".join(bodies((21, 22))))
    (folder / "a.json").write_text(json.dumps(submission(20), indent=2))
    (folder / "note.txt").write_text("not for us")
    single = office.folder / "single.json"
    single.write_bytes(bodies((23,))[0])
    ran = office("intake", "import", str(folder), str(single), "-", "--json", stdin=bodies((24,))[0].decode())
    assert ran.code == 0
    told = answers(ran.out)
    assert all(set(one) == ANSWER_KEYS for one in told)
    assert [one["submission_id"] for one in told] == [submission_id(number) for number in range(20, 25)]
    assert [one["queue_number"] for one in told] == [9, 10, 11, 12, 13]
    assert {one["status"] for one in told} == {"created"}


def test_every_fate_of_a_submission(office: Cli) -> None:
    changed = submission(1)
    changed["matter"]["free_text"] = "Noget andet"
    broken = submission(30)
    broken["matter"]["topic"] = "no_such_topic"
    lines = [*bodies((1,)), json.dumps(changed).encode(), json.dumps(broken).encode(), b'"text"']
    told = answers(office("intake", "import", "-", "--json", stdin=b"\n".join(lines).decode()).out)
    assert [one["status"] for one in told] == ["replayed", "changed", "parked", "rejected"]
    assert told[0]["case_number"] == told[1]["case_number"] == "2026-000001"
    assert told[2]["errors"] == [{"pointer": "/matter/topic", "code": "unknown_topic"}]
    waiting = office("intake", "parked", "--json").json
    assert [one["submission_id"] for one in waiting] == [submission_id(30)]
    assert waiting[0]["errors"] == told[2]["errors"]
    assert "Topic: The topic is not known." in office("intake", "parked").out


def test_another_case_of_the_same_person_is_linked(office: Cli) -> None:
    other = submission(40)
    other["patient"] = submission(3)["patient"]
    told = answers(office("intake", "import", "-", "--json", stdin=json.dumps(other)).out)
    assert told[0]["linked_to"] == ["2026-000003"]


def test_a_file_that_is_not_there_is_told_without_its_name(office: Cli) -> None:
    ran = office("intake", "import", str(office.folder / "Mette Test.json"), "--json")
    assert (ran.code, ran.error["code"]) == (2, "no_file")
    assert "Mette" not in ran.err
    assert office("queue", "list", "--json").json["total"] == 8


def test_a_form_of_another_product_by_its_mapping_file(office: Cli) -> None:
    mapping = office.folder / "form.toml"
    mapping.write_text(MAPPING)
    draft = os2forms(63, entity={"in_draft": [{"value": True}]})
    odd = os2forms(62, hvad_drejer_det_sig_om="noget_nyt")
    lines = b"\n".join(json.dumps(one).encode() for one in (os2forms(61), odd, draft, os2forms(61)))
    asked = ("intake", "import", "-", "--format", "os2forms", "--json")
    told = answers(office(*asked, "--mapping", str(mapping), stdin=lines.decode()).out)
    assert [one["status"] for one in told] == ["created", "parked", "rejected", "replayed"]
    assert [one["errors"] for one in told[1:3]] == [
        [{"pointer": "/matter/topic", "code": "unknown_topic"}],
        [{"pointer": "", "code": "draft"}],
    ]
    mapping.write_text(MAPPING.replace("patient.name", "patient.nam"))
    ran = office(*asked, "--mapping", str(mapping))
    assert (ran.code, ran.error["details"]) == (2, {"place": "fields.navn"})
    assert office(*asked).error["code"] == "mapping_needed"
