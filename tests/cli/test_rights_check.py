"""`pkui rights check` from the outside: the document, its exit codes, its day, its law, and what it does without."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pkui.base.law import law_text
from pkui.cli.rights import check_document

FACTS = {"case_kind": "assessment", "referral_received": "2026-11-02"}
KEYS = [
    "right", "limb", "answer", "deadline", "days_left", "breached", "citations", "because", "missing", "count",
    "adviser", "patient",
]  # fmt: skip


def pkui(*arguments: str, folder: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """One run of the program, away from any settings of the machine."""
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(folder), "PKUI_LANG": "en", "PYTHONWARNINGS": "error", **environment,
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "pkui", *arguments], input=stdin, capture_output=True, env=environment, cwd=folder
    )


def check(facts: Any, *more: str, folder: Path, **environment: str) -> Any:
    """The document for the facts on standard input."""
    run = pkui("rights", "check", "-", "--json", *more, folder=folder, stdin=json.dumps(facts).encode(), **environment)
    assert (run.returncode, run.stderr) == (0, b""), run.stderr
    return json.loads(run.stdout)


def test_the_document_is_as_promised(tmp_path: Path) -> None:
    found = check(FACTS, "--on", "2026-11-23", folder=tmp_path)
    assert list(found) == ["schema", "on", "law", "hints"]
    assert (found["schema"], found["on"]) == ("pk-rights/1", "2026-11-23")
    assert found["law"] == {"version": "2026-11-21", "office_values": False}
    assert all(list(hint) == KEYS for hint in found["hints"])
    hint = found["hints"][0]
    assert (hint["right"], hint["limb"], hint["answer"]) == ("assessment_right", None, "not_yet")
    assert (hint["deadline"], hint["days_left"], hint["breached"]) == ("2026-12-02", 9, None)
    assert hint["citations"] == ["Sundhedsloven § 82 b, stk. 1"]
    assert {"fact": "referral_received", "value": "2026-11-02"} in hint["because"]
    assert hint["missing"] == ["offered_date", "referral_accepted", "professional_reason_recorded"]
    assert hint["count"][0] == {"date": "2026-11-02", "day": 0, "note": "day 0"}
    assert hint["count"][-1]["day"] == 30
    assert hint["adviser"].startswith("Rapid assessment: not yet.") and "2" in hint["patient"]


def test_same_input_same_output_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(FACTS))
    arguments = ("rights", "check", str(file), "--json", "--on", "2026-11-23")
    first, second = (pkui(*arguments, folder=tmp_path, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.returncode == 0 and first.stdout == second.stdout


def test_today_is_the_day_in_copenhagen_and_may_be_frozen(tmp_path: Path) -> None:
    assert check({}, folder=tmp_path, PKUI_NOW="2026-11-23T23:30+00:00")["on"] == "2026-11-24"
    assert check({}, folder=tmp_path, PKUI_NOW="2026-03-28T23:30+00:00")["on"] == "2026-03-29"
    assert check({}, folder=tmp_path, PKUI_NOW="2026-10-24T22:30+00:00")["on"] == "2026-10-25"
    assert check({}, folder=tmp_path)["hints"] == []


def test_text_says_it_in_words_and_asks_the_next_question(tmp_path: Path) -> None:
    run = pkui("rights", "check", "-", "--on", "2026-11-23", folder=tmp_path, stdin=json.dumps(FACTS).encode())
    text = run.stdout.decode()
    assert run.returncode == 0 and "Ask the patient:" in text and "Sundhedsloven § 82 b" in text
    empty = pkui("rights", "check", "-", folder=tmp_path, stdin=b"{}")
    assert empty.returncode == 0 and empty.stdout.strip()


@pytest.mark.parametrize(
    ("text", "pointer", "problem"),
    [
        ('{"wish": 1}', "/wish", "unknown_name"),
        ('{"referral_received": 5}', "/referral_received", "not_a_date"),
        ('{"postponements": [{}, {"to": 1}]}', "/postponements/1/to", "not_a_date"),
        ('{"age": 1, "age": 2}', "/age", "twice"),
        ('{"fare_chosen": NaN}', "/", "not_json"),
        ("[]", "/", "not_an_object"),
        ("", "/", "not_json"),
        ("[" * 100_000, "/", "not_json"),
        ('{"0201609995 Hans": 1}', "/…", "unknown_name"),
    ],
)
def test_a_fault_is_exit_2_with_its_place_and_nothing_that_was_typed(text: str, pointer: str, problem: str) -> None:
    code, told = check_document(text, date(2026, 11, 23))
    assert code == 2
    assert told == {"error": {"code": "bad_facts", "details": {"pointer": pointer, "problem": problem}}}


def test_faults_from_the_outside_are_one_json_object_on_stderr(tmp_path: Path) -> None:
    run = pkui("rights", "check", "-", "--json", folder=tmp_path, stdin=b'{"psychiatric": "maybe"}')
    assert (run.returncode, run.stdout) == (2, b"")
    error = json.loads(run.stderr)["error"]
    assert (error["code"], error["details"]["pointer"]) == ("bad_facts", "/psychiatric")
    for arguments, stdin in (
        (("rights", "check", "missing.json"), b""),
        (("rights", "check", "-", "--on", "2026-13-01"), b"{}"),
        (("rights", "check", "-", "--law", "missing.toml"), b"{}"),
        (("rights", "check", "-"), b"\xff\xfe"),
        (("rights", "check"), b""),
    ):
        run = pkui(*arguments, folder=tmp_path, stdin=stdin)
        assert (run.returncode, run.stdout) == (2, b"") and b"Traceback" not in run.stderr


def test_another_law_counts_and_says_so(tmp_path: Path) -> None:
    changed = law_text().replace('version = "2026-11-21"', 'version = "2027-01-01"')
    changed = changed.replace("{from = 2022-01-21, value = 30", "{from = 2022-01-21, value = 40", 1)
    changed += '\n[[office]]\nrule = "duf_assessment"\nfrom = 2026-01-01\nvalue = 20\n'
    changed += 'source = "Lov"\nset_by = "N"\nset_on = 2026-01-01\n'
    code, told = check_document(json.dumps({**FACTS, "psychiatric": False}), date(2026, 11, 23), changed)
    assert (code, told["law"]) == (0, {"version": "2027-01-01", "office_values": True})
    assert [hint["deadline"] for hint in told["hints"][:2]] == ["2026-12-12", "2026-11-22"]


@pytest.mark.parametrize(
    ("law", "pointer", "problem"),
    [("x", "/", "not_toml"), (law_text() + '[[rule]]\nid = "x"\n', "/rule/32/unit", "missing")],
)
def test_a_law_that_cannot_be_used_is_exit_2(law: str, pointer: str, problem: str) -> None:
    code, told = check_document("{}", date(2026, 11, 23), law)
    assert code == 2
    assert told == {"error": {"code": "bad_law", "details": {"pointer": pointer, "problem": problem}}}


def test_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    program = (
        "import sys; from pkui.cli.main import run; run(['rights', 'check', 'facts.json', '--json'])\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'textual', 'rich', 'babel', 'httpx', 'storage', 'screens', 'psycopg'}\n"
        "sys.stderr.write(','.join(sorted(heavy & set(sys.modules))))"
    )
    (tmp_path / "facts.json").write_text(json.dumps(FACTS))
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
