"""A protected person: what would lead to her stands in no command's output, no export, no print and no letter."""

import json
from pathlib import Path

import pytest

from pkui.domain.texts import TextKind
from tests.cli.conftest import Cli
from tests.cli.leaves import Here, leaves
from tests.data.submissions import replacement_number, submission

NUMBER = replacement_number(333)
HERS = ("Yrsa", "Skjulgaard", "Gemmestien", "7391", "Fristedby", "51525354", "51 52 53 54", NUMBER, NUMBER[-4:])
"""What would tell who she is or where."""
CASE = "9"
GIVEN = {
    "sparring ask": (CASE, "--to", "everyone", "Hvad gør vi?"),
    "case find": ("Skjulgaard",),
    "case rights": (CASE,),
    "case note": (CASE, "Et notat"),
    "case contact": (CASE, "--with", "patient", "--result", "no_answer"),
    "case assign": (CASE, "anna"),
    "callbacks free": (CASE,),
    "callbacks plan": ("--days", "1"),
    "providers search": ("--area", "ortopaedi", "--case", CASE),
    "db backup": ("all.backup",),
    "rights check": ("-",),
}
"""What these commands are called with; the rest get the case's number where they want anything."""
LAST = ("db restore", "crypto rotate")
"""What would take the database away from under the others."""


@pytest.fixture
def here(office: Cli, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Here:
    """The office with one more case: hers."""
    body = submission(333)
    body["patient"] |= {"name": "Yrsa Skjulgaard", "address_protected": True}
    body["patient"]["address"] |= {"line": "Gemmestien 12", "postcode": "7391", "city": "Fristedby"}
    body["contact"] |= {"phone": "51525354"}
    here = Here(capsys, monkeypatch, tmp_path, office.environment())
    (answer,) = json.loads(here("--json", "intake", "import", "-", stdin=json.dumps(body)).out.join("[]"))
    assert answer["queue_number"] == int(CASE)
    return here


def leaked(text: str) -> set[str]:
    return {one for one in HERS if one in text}


def test_req_12_no_command_tells_of_a_protected_person(here: Here) -> None:
    found, answered = dict[str, set[str]](), set[str]()
    ordered = sorted(leaves(), key=lambda one: " ".join(one[0]) in LAST)
    for words, command in ordered:
        name = " ".join(words)
        wanted = any(one.required and one.param_type_name == "argument" for one in command.params)
        given = GIVEN.get(name, (CASE,) if wanted else ())
        for output in ("--json", "--plain"):
            if output == "--plain" and name not in answered:
                continue
            ran = here(output, *words, *given, stdin="{}")
            assert ran.code in (0, 1, 2, 3), name
            answered |= {name} if ran.code == 0 else set()
            if told := leaked(ran.out + ran.err):
                found[f"{output} {name}"] = told
    assert not found
    assert answered >= {"queue list", "case show", "case find", "case note", "sparring list", "db backup", "draft list"}
    held = (here.folder / "all.backup").read_bytes()
    assert not any(one.encode() in held for one in HERS if len(one) > 4)


def test_req_12_the_case_by_command_says_that_she_is_protected_and_tells_her_name_only_for_a_reason(
    here: Here,
) -> None:
    shown = json.loads(here("--json", "case", "show", CASE).out)
    assert shown["patient"]["protected"] is True
    assert (shown["patient"]["name"], shown["reach"]["phone"]) == (None, None)
    assert "PROTECTED" in here("case", "show", CASE).out
    refused = here("--json", "case", "show", CASE, "--reveal")
    assert (refused.code, refused.error["code"], leaked(refused.out)) == (1, "reason_to_hand_out", set())
    given = json.loads(here("--json", "case", "show", CASE, "--reveal", "--reason", "letter").out)
    assert (given["patient"]["name"], given["reach"]["phone"]) == ("Yrsa Skjulgaard", "+4551525354")
    assert "••••" in given["patient"]["identifier"]
    log = json.loads(here("--json", "audit", "list").out)
    assert [(one["kind"], one["purpose"]) for one in log if one["kind"] == "export"] == [("export", "letter")]
    told = json.loads(here("--json", "audit", "review", "--figures").out)["openings"]
    assert [one["purpose"] for one in told] == ["letter"]


def test_req_12_her_own_letter_is_printed_and_no_command_tells_her_name(here: Here) -> None:
    (here.folder / "printed").mkdir()
    here.env = {**here.env, "PKUI_PRINT_TO": str(here.folder / "printed")}
    told = [here("text", "fill", CASE, "no_right", "--field", "begrundelse=Ventetiden er kort", "--draft")]
    (draft,) = json.loads(here("--json", "draft", "list").out)
    for command in (
        ("show",),
        ("correct", "Kære yrsa skjulgaard"),
        ("print",),
        ("send", "--how", "letter", "--to", "Yrsa"),
    ):
        told += [here(*form, "draft", command[0], draft["id"], *command[1:]) for form in ((), ("--json",))]
    assert not [one.out for one in told if leaked(one.out + one.err)]
    assert "[PROTECTED]" in told[0].out
    printed = "".join(path.read_text("utf-8") for path in (here.folder / "printed").iterdir())
    assert "skjulgaard" in printed


def test_req_12_a_letter_to_others_leaves_her_name_open(here: Here) -> None:
    for kind in TextKind:
        ran = here("--json", "text", "fill", CASE, kind.value)
        if ran.code == 0 and json.loads(ran.out)["recipient"] != "patient":
            assert not leaked(ran.out), kind
