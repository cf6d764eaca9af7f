"""`pkui settings`, `staff`, `db`, `keys`, `dirs`, `doctor` and `demo` as processes."""

import json
import sqlite3

import pytest

from pkui.base.commands import COMMANDS
from tests.cli.conftest import Cli

STAFF = """kind,username,name,value,from,to
person,ida,Ida Holm,,2020-01-01,
role,ida,,secretary,,
member,ida,,general,,
absence,ida,,illness,2026-11-23T08:00+01:00,2026-11-24T16:00+01:00
"""


def test_a_setting_holds_from_its_day(office: Cli) -> None:
    ran = office("--as", "sofie", "settings", "set", "opens", "07:30", "--from", "2026-12-01", "--json")
    assert ran.json == {"key": "opens", "value": "07:30", "from": "2026-12-01", "to": None, "by": "sofie"}
    opens = [one for one in office("settings", "list", "--json").json if one["key"] == "opens"]
    assert opens == [
        {"key": "opens", "value": "08:00", "from": None, "to": "2026-11-30", "by": None},
        {"key": "opens", "value": "07:30", "from": "2026-12-01", "to": None, "by": "sofie"},
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("--as", "anna", "settings", "set", "attempts", "4", "--from", "2026-12-01"), "not_allowed", 1),
        (("settings", "set", "attempts", "many", "--from", "2026-12-01"), "bad_office_setting", 2),
        (("settings", "set", "colour", "red", "--from", "2026-12-01"), "unknown_office_setting", 2),
        (("settings", "set", "attempts", "4", "--from", "2026-11-22"), "setting_in_the_past", 1),
    ],
)
def test_settings_are_refused(office: Cli, arguments: tuple[str, ...], code: str, exit_code: int) -> None:
    ran = office("--json", *arguments)
    assert (ran.code, ran.error["code"]) == (exit_code, code)


def test_staff_come_from_a_file_and_the_same_file_twice_is_once(office: Cli) -> None:
    path = office.folder / "staff.csv"
    path.write_text(STAFF)
    first = office("staff", "import", str(path), "--json").json
    assert office("staff", "import", "-", "--json", stdin=STAFF).json == first == office("staff", "list", "--json").json
    ida = next(one for one in first if one["username"] == "ida")
    assert (ida["name"], ida["role"], ida["teams"]) == ("Ida Holm", "secretary", ["general"])
    assert ida["absent_until"] == "2026-11-24T16:00:00+01:00"


def test_a_wrong_row_is_named_and_nothing_is_kept(office: Cli) -> None:
    ran = office("staff", "import", "-", "--json", stdin=STAFF + "role,ida,,king,,\n")
    assert (ran.code, ran.error["code"], ran.error["details"]) == (2, "bad_role", {"row": 6})
    assert "ida" not in [one["username"] for one in office("staff", "list", "--json").json]


def test_a_database_is_made_checked_and_described(cli: Cli) -> None:
    (cli.folder / "keys" / "pkui.key").unlink()
    cli.env["PKUI_KEY_FILE"] = str(cli.folder / "new" / "pkui.key")
    made = cli("db", "init", "--training", "--json").json
    assert (made["ok"], set(made)) == (True, {"ok", "revision", "checks"})
    assert (cli.folder / "new" / "pkui.key").stat().st_mode & 0o777 == 0o600
    checked = cli("db", "check", "--json")
    assert checked.code == 0
    assert {one["name"] for one in checked.json["checks"]} == {
        "revision", "integrity", "foreign_keys", "key", "queue_numbers", "log",
    }  # fmt: skip
    assert cli("db", "upgrade", "--json").json["ok"] is True
    found = {one["name"]: one["found"] for one in cli("db", "info", "--json").json["checks"]}
    assert (found["kind"], found["open"], found["engine"]) == ("training", 0, "sqlite")
    refused = cli("db", "init", "--json", PKUI_NOW="")
    assert (refused.code, refused.error["code"]) == (1, "other_kind")


def test_a_gap_in_the_numbers_and_a_wrong_key_are_found(office: Cli) -> None:
    with sqlite3.connect(office.folder / "pkui.db") as database:
        database.execute("UPDATE counters SET value = value + 1")
    database.close()
    ran = office("db", "check", "--json")
    assert (ran.code, [one["name"] for one in ran.json["checks"] if not one["ok"]]) == (1, ["queue_numbers"])
    (office.folder / "keys" / "pkui.key").write_text("13" * 32)
    ran = office("db", "check", "--json")
    assert (ran.code, ran.error["code"]) == (2, "wrong_key")


def test_keys_come_from_the_command_table(cli: Cli) -> None:
    shown = cli("keys", "--json").json
    assert [one["id"] for one in shown] == [command.id for command in COMMANDS]
    assert len({one["id"] for one in shown}) == len(shown), "a command would run another of the same name"
    assert cli("keys", "--check").code == 0
    config = cli.folder / "XDG_CONFIG_HOME" / "pkui"
    config.mkdir(parents=True)
    (config / "pkui.toml").write_text('[keymap]\nnext = "tab"\n')
    ran = cli("keys", "--check", "--json")
    assert (ran.code, ran.json["problems"]) == (1, [{"code": "reserved_key", "about": "tab"}])


def test_dirs_hide_a_password(cli: Cli) -> None:
    shown = cli("dirs", "--json", PKUI_DATABASE_URL="postgresql://pkui:hemmelig@db/pkui").json
    assert "hemmelig" not in json.dumps(shown)
    assert shown["data"] == str(cli.folder / "XDG_DATA_HOME" / "pkui")


def test_doctor_says_what_is_missing(cli: Cli) -> None:
    before = cli("doctor", "--json")
    assert before.code == 1
    assert [one["name"] for one in before.json["checks"] if not one["ok"]] == ["database"]
    assert cli("db", "init", "--training").code == 0
    assert cli("doctor", "--json").code == 0


def test_the_demo_is_built_once_and_refuses_other_databases(cli: Cli) -> None:
    made = cli("demo", "--build", "--cases", "30", "--seed", "7", "--json")
    assert made.code == 0
    assert set(made.json) == {"open", "closed", "staff", "services"}
    assert (made.json["open"], made.json["closed"]) == (30, 180)
    assert cli("queue", "list", "--json").json["total"] == 30
    again = cli("demo", "--build", "--cases", "30", "--json")
    assert (again.code, again.error["code"]) == (1, "holds_data")
    assert cli("demo", "--build", "--reset", "--cases", "10", "--json").json["open"] == 10


def test_the_demo_leaves_real_people_alone(cli: Cli) -> None:
    assert cli("db", "init", PKUI_NOW="").code == 0
    for more in ((), ("--reset",)):
        ran = cli("demo", "--build", *more, "--json")
        assert (ran.code, ran.error["code"]) == (1, "not_training")


def test_a_backup_is_written_and_restored_by_command(office: Cli) -> None:
    file = str(office.folder / "pkui.backup")
    written = office("db", "backup", file, "--json")
    assert (written.code, written.json["ok"], written.json["cases"]) == (0, True, 8)
    assert office("db", "backup", file, "--json").error["code"] == "file_exists"
    elsewhere = {"PKUI_DATABASE_URL": f"sqlite:///{office.folder / 'elsewhere.db'}"}
    assert office("db", "restore", file, "--json", **elsewhere).json == written.json
    assert office("db", "check", "--json", **elsewhere).json["ok"]
