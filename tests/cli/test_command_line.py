"""The command line itself: options on either side, exit codes, and errors that repeat nothing."""

import json
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from tests.cli.conftest import Cli, bodies
from tests.cli.ready import ROOT

HEAVY = ("textual", "sqlmodel", "sqlalchemy", "alembic", "psycopg", "httpx", "cryptography")
SECRET = "630175-4285"


def modules_after(cli: Cli, *arguments: str) -> set[str]:
    """What is loaded once a command has run."""
    program = textwrap.dedent(
        f"""
        import io, json, sys
        from pkui.cli.main import run
        kept, sys.stdout = sys.stdout, io.StringIO()
        code = run({list(arguments)!r})
        kept.write(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=ROOT, env=cli.environment(), check=True
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("keys", "--json")])
def test_what_needs_no_database_loads_neither_tables_nor_screens(cli: Cli, arguments: tuple[str, ...]) -> None:
    assert not modules_after(cli, *arguments) & set(HEAVY)


def test_the_queue_as_json_loads_no_screen_library(office: Cli) -> None:
    loaded = modules_after(office, "queue", "list", "--json")
    assert "sqlmodel" in loaded
    assert not loaded & {"textual", "rich", "httpx", "alembic", "psycopg"}


def test_version_and_help(cli: Cli) -> None:
    assert cli("--version").out == "pkui 0.1.0\n"
    assert cli("--json", "--version").json == {"version": "0.1.0"}
    shown = cli("--help")
    assert shown.code == 0
    for name in ("demo", "queue", "case", "intake", "rights", "callbacks", "staff", "settings", "db", "keys"):
        assert f"  {name} " in shown.out


def test_help_speaks_danish(cli: Cli) -> None:
    shown = cli("--help", PKUI_LANG="da")
    assert "Køen i rækkefølge" in shown.out
    assert "Brug: pkui" in shown.out
    assert "Usage" not in shown.out


@pytest.mark.parametrize("arguments", [("--json", "queue", "list"), ("queue", "list", "--json")])
def test_json_is_taken_on_either_side(office: Cli, arguments: tuple[str, ...]) -> None:
    ran = office(*arguments)
    assert ran.code == 0
    assert ran.json["total"] == 8
    assert ran.err == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nothing-like-that",), "bad_usage"),
        (("queue", "list", "--no-such-option"), "no_such_option"),
        (("queue", "list", "--limit", SECRET), "bad_parameter"),
        (("queue", "list", "--topic", SECRET), "bad_choice"),
        (("case", "note", "1"), "missing_parameter"),
        (("case", "find", "text", SECRET), "bad_usage"),
        (("case",), "bad_usage"),
        (("--lang", "sv", "keys"), "bad_setting"),
        (("--db", "mysql://host/name", "queue", "list"), "bad_database_url"),
    ],
)
def test_mistakes_of_usage_are_exit_2_and_repeat_nothing(office: Cli, arguments: tuple[str, ...], code: str) -> None:
    as_json = office("--json", *arguments)
    assert (as_json.code, as_json.out, as_json.error["code"]) == (2, "", code)
    as_text = office(*arguments)
    assert (as_text.code, as_text.out) == (2, "")
    assert SECRET not in as_json.err + as_text.err


def test_a_missing_database_is_exit_3(cli: Cli) -> None:
    ran = cli("queue", "list", "--json")
    assert (ran.code, ran.error["code"]) == (3, "no_database")
    assert cli("queue", "list").err.count("\n") == 1


def test_a_file_that_is_no_database_is_exit_3(cli: Cli) -> None:
    (cli.folder / "pkui.db").write_bytes(b"nothing of the kind" * 500)
    assert cli("queue", "list", "--json").error["code"] == "not_a_database"


def test_another_key_is_exit_2(office: Cli) -> None:
    (office.folder / "keys" / "pkui.key").write_text("13" * 32)
    ran = office("queue", "list", "--json")
    assert (ran.code, ran.error["code"]) == (2, "wrong_key")


def test_nobody_acts_on_a_database_of_real_people(cli: Cli) -> None:
    cli.env.pop("PKUI_NOW")
    assert cli("db", "init").code == 0
    for arguments in (("queue", "list"), ("--as", "anna", "case", "show", "1"), ("intake", "import", "-")):
        ran = cli("--json", *arguments)
        assert (ran.code, ran.error["code"]) == (1, "not_signed_in")


def test_a_made_up_time_is_kept_out_of_real_data(cli: Cli) -> None:
    cli.env.pop("PKUI_NOW")
    assert cli("db", "init").code == 0
    ran = cli("case", "show", "1", "--json", PKUI_NOW="2026-11-23T08:00+01:00")
    assert (ran.code, ran.error["code"]) == (2, "now_on_real_database")


def test_a_person_who_is_not_there_is_exit_2(office: Cli) -> None:
    ran = office("--as", "nobody", "queue", "list", "--json")
    assert (ran.code, ran.error["code"]) == (2, "no_such_person")


def test_an_unexpected_error_shows_a_reference_and_logs_no_data(office: Cli) -> None:
    with sqlite3.connect(office.folder / "pkui.db") as database:
        database.execute("UPDATE cases SET why = ?", (f'[["{SECRET}',))
    database.close()
    ran = office("queue", "list", "--json")
    assert (ran.code, ran.out) == (3, "")
    error = ran.error
    assert error["code"] == "internal"
    log = (office.folder / "XDG_STATE_HOME" / "pkui" / "pkui.log").read_text()
    assert error["details"]["reference"] in log
    assert "queue.py" in log
    assert SECRET not in log + ran.err


def test_a_reader_who_has_had_enough_is_no_error(office: Cli) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pkui", "case", "show", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=office.environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
        assert process.wait(60) == 0
    assert told == b""


def test_ctrl_c_keeps_what_was_answered(office: Cli) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pkui", "intake", "import", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=office.environment(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"\n".join(bodies(range(100, 400))) + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["status"] == "created"
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
        assert process.wait(60) == 130
    assert json.loads(told)["error"]["code"] == "interrupted"
    assert office("queue", "list", "--json").json["total"] in (208, 308)
