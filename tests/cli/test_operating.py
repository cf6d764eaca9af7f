"""`pkui db copy`, `db grants` and `doctor` on a server, as processes."""

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def engine_name() -> str:
    """Several desks work on a server."""
    return "postgres"


def test_the_person_who_runs_it_moves_in_sets_the_role_and_asks_what_is_wrong(office: Cli, empty_url: str) -> None:
    counts = office("db", "copy", "--from", office.env["PKUI_DATABASE_URL"], "--to", empty_url, "--json")
    assert counts.code == 0, counts.err
    assert counts.json["ok"] and counts.json["cases"] == counts.json["tables"]["cases"] > 0
    again = office("db", "copy", "--from", office.env["PKUI_DATABASE_URL"], "--to", empty_url, "--json")
    assert (again.code, again.error["code"]) == (1, "database_not_empty")
    office.env["PKUI_DATABASE_URL"] = empty_url
    found = {one["name"]: one for one in office("doctor", "--json").json["checks"]}
    assert all(one["ok"] for one in found.values()), found
    assert found["server"]["found"].startswith("PostgreSQL ")
    assert "pkui db grants" in found["role"]["found"]
    held = office("--as", "anna", "case", "at-work", "1", "--json").json["hold"]
    assert (held["username"], held["mine"]) == ("anna", True)
    refused = office("--as", "bo", "case", "at-work", "1", "--json")
    assert (refused.code, refused.error["code"]) == (1, "held")
    taken = office("--as", "bo", "case", "at-work", "1", "--reason", "Anna er gået hjem", "--json").json
    assert taken["hold"]["username"] == "bo"
    grants = office("db", "grants", "--role", "vagten")
    added = "access_cuts, access_log, access_seals, events, office_settings, staff_changes"
    assert f"GRANT SELECT, INSERT ON {added} TO vagten;" in grants.out
    wrong = empty_url.replace("127.0.0.1", "db.invalid")
    office.env["PKUI_DATABASE_URL"] = wrong + "?sslmode=prefer"
    told = {one["name"]: one for one in office("doctor", "--json").json["checks"]}
    assert not told["database"]["ok"] and "sslmode" in told["database"]["found"]
