"""The commands of the access log and of signing in, as a shell meets them."""

import sqlite3
from pathlib import Path

from tests.cli.conftest import Cli

PASSWORD = "fire små gule ord"


def test_req_6_the_log_is_listed_checked_and_extracted(office: Cli) -> None:
    office("--as", "anna", "case", "show", "3")
    with sqlite3.connect(office.folder / "pkui.db") as database:
        add = "INSERT INTO staff (id, username, name, active_from) VALUES (?, 'nie', 'Niels', '2020-01-01')"
        database.execute(add, [b"n" * 16])
        add = "INSERT INTO staff_roles (staff_id, role, valid_from) VALUES (?, 'log_reviewer', '2020-01-01')"
        database.execute(add, [b"n" * 16])
    rows = office("--as", "nie", "audit", "list", "--patient", "3", "--json").json
    assert (rows[0]["username"], rows[0]["kind"], rows[0]["case_number"]) == ("anna", "look_up", "2026-000003")
    assert office("--as", "anna", "audit", "extract", "--patient", "3", "--json").error["code"] == "not_allowed"
    listed = office("--as", "nie", "audit", "extract", "--patient", "-", stdin="2026-000003\n")
    assert "Look-up" in listed.out
    assert "anna" not in listed.out.casefold()
    assert office("--as", "sofie", "audit", "verify", "--json").json["ok"] is True
    with sqlite3.connect(office.folder / "pkui.db") as database:
        database.execute("DROP TRIGGER access_log_no_delete")
        database.execute("DELETE FROM access_log WHERE what = 'case' AND kind = 'look_up'")
    broken = office("--as", "sofie", "audit", "verify", "--json")
    assert (broken.code, broken.json["username"], broken.json["number"]) == (1, "anna", 1)


def test_req_9_commands_on_a_database_for_real_people_need_a_sign_in(cli: Cli, tmp_path: Path) -> None:
    cli.env.pop("PKUI_NOW")
    assert cli("db", "init").code == 0
    assert cli("staff", "list", "--json").error["code"] == "not_signed_in"
    made = cli("sign-in", "lis", "--first", "--name", "Lisbeth Rosendal", "--json", stdin=PASSWORD + "\n")
    assert made.json["username"] == "lis"
    (token,) = (tmp_path / "XDG_STATE_HOME").rglob("sign-in/*")
    assert token.stat().st_mode & 0o777 == 0o600
    assert [one["username"] for one in cli("staff", "list", "--json").json] == ["lis"]
    assert cli("--as", "bo", "staff", "list", "--json").error["code"] == "not_signed_in"
    assert cli("sign-in", "lis", "--json", stdin="forkert kode her\n").error["code"] == "sign_in_refused"
    assert cli("sign-out").code == 0
    assert not token.exists()
    assert cli("staff", "list", "--json").error["code"] == "not_signed_in"
