"""`pkui providers` as its own process: take in, search, refresh, end - and what it says when it cannot."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.cli.conftest import Cli
from tests.data.catalogue import document, encoded

POSTCODES = "postcode,name,lat,lon\n8800,Viborg,56.45,9.4\n8000,Aarhus C,56.157,10.211\n8700,Horsens,55.86,9.85\n"
KEYS = {
    "provider_id", "name", "city", "postcode", "area", "relation", "rung", "rung_state", "why", "distance_km", "weeks",
    "reported_on", "age_days", "illustrative", "earliest_date", "meets_deadline", "agreement", "transport",
}  # fmt: skip


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A catalogue as a file."""
    path = tmp_path / "catalogue.json"
    path.write_bytes(encoded(document()))
    return path


@pytest.fixture
def filled(office: Cli, catalogue: Path) -> Cli:
    """The office with the catalogue taken in and a file of postcodes."""
    (office.folder / "postcodes.csv").write_text(POSTCODES)
    office.env["PKUI_POSTCODES"] = str(office.folder / "postcodes.csv")
    assert office("providers", "import", str(catalogue)).code == 0
    return office


def test_a_preview_tells_and_writes_nothing(office: Cli, catalogue: Path) -> None:
    for _ in range(2):
        told = office("providers", "import", str(catalogue), "--preview", "--json").json
        assert (told["written"], told["counts"]["services"]["added"]) == (False, 6)
    told = office("providers", "import", str(catalogue), "--json").json
    assert (told["written"], told["counts"]["services"]["added"], told["as_of"]) == (True, 6, "2026-11-23")
    again = office("providers", "import", str(catalogue), "--json").json
    assert again["changes"] == []


def test_a_folder_of_csv_is_the_same_catalogue(filled: Cli) -> None:
    folder = filled.folder / "csv"
    folder.mkdir()
    for name, rows in document().items():
        if isinstance(rows, list):
            out = io.StringIO()
            columns = sorted({key for row in rows for key in row})
            writer = csv.DictWriter(out, columns)
            writer.writeheader()
            for row in rows:
                writer.writerow({key: ";".join(one) if isinstance(one, list) else one for key, one in row.items()})
            (folder / f"{name}.csv").write_text(out.getvalue())
    assert filled("providers", "import", str(folder), "--preview", "--json").json["changes"] == []


def test_an_unknown_area_in_the_file_is_a_warning_with_its_row(office: Cli, catalogue: Path) -> None:
    body = document()
    body["services"][1]["area"] = "XRAY"
    catalogue.write_bytes(encoded(body))
    ran = office("providers", "import", str(catalogue), "--json")
    assert ran.code == 0
    assert ran.json["warnings"] == [{"list": "services", "row": 2, "code": "unknown_area", "value": "XRAY"}]
    assert "row 2" in office("providers", "import", str(catalogue)).out


def test_a_row_has_every_key_of_the_contract(filled: Cli) -> None:
    rows = filled("providers", "search", "--area", "HAND", "--postcode", "8800", "--json").json
    assert all(set(row) >= KEYS for row in rows)
    by_id = {row["provider_id"]: row for row in rows}
    assert {row["rung_state"] for row in rows} == {"unknown"}
    assert by_id["bakkehus"]["distance_km"] == pytest.approx(60, abs=5)
    assert by_id["ouh"]["distance_km"] is None
    assert by_id["aaklinik"]["agreement"] == {"id": "aaklinik-p", "valid_from": "2025-01-01", "valid_to": None}
    assert (by_id["aaklinik"]["weeks"], by_id["aaklinik"]["earliest_date"]) == (6, "2027-01-04")
    assert by_id["aaklinik"]["age_days"] == 7


def test_a_case_puts_its_own_hospital_first(filled: Cli) -> None:
    rows = filled("providers", "search", "--area", "hand", "--case", "1", "--json", "--limit", "4").json
    assert [row["rung"] for row in rows] == [1, 2, 2, 3]
    assert (rows[0]["provider_id"], rows[0]["rung_state"]) == ("rh-viborg", "open")
    text = filled("providers", "search", "--area", "HAND", "--case", "1").out
    assert "Regionshospitalet Viborg" in text
    assert "Åklinikken" in text


def test_invented_waits_say_so(filled: Cli, catalogue: Path) -> None:
    body = document()
    body["waiting_times"][0] |= {"source": "illustrative", "illustrative": True}
    catalogue.write_bytes(encoded(body))
    filled("providers", "import", str(catalogue))
    rows = filled("providers", "search", "--area", "HAND", "--json").json
    assert [row["provider_id"] for row in rows if row["illustrative"]] == ["rh-viborg"]
    assert filled("providers", "search", "--area", "HAND").out.count("example") == 1


def test_without_a_file_of_postcodes_the_distance_is_unknown(filled: Cli) -> None:
    text = filled("providers", "search", "--area", "HAND", "--postcode", "8800", PKUI_POSTCODES="").out
    assert text.count("distance not known") == 6


def test_ended_lists_what_it_touches_and_closes_the_place(filled: Cli) -> None:
    told = filled("providers", "ended", "aaklinik", "--on", "2026-11-23", "--json").json
    assert {"provider_id", "ends_on", "team", "agreements", "segments"} <= set(told)
    assert (told["agreements"], told["segments"]) == (["aaklinik-p"], [])
    rows = filled("providers", "search", "--area", "HAND", "--case", "1", "--json").json
    assert next(row for row in rows if row["provider_id"] == "aaklinik")["rung_state"] == "closed"


def test_refresh_takes_the_feed_in_and_keeps_the_old_one_when_it_fails(filled: Cli, httpserver: HTTPServer) -> None:
    body: dict[str, Any] = document()
    body["waiting_times"][0]["weeks_outpatient"] = 3
    httpserver.expect_ordered_request("/c").respond_with_data(encoded(body), content_type="application/json")
    httpserver.expect_ordered_request("/c").respond_with_data("<html>", content_type="text/html")
    address = httpserver.url_for("/c")
    told = filled("providers", "refresh", "--json", PKUI_CATALOGUE_URL=address).json
    assert told["changed"]["counts"]["waiting_times"]["changed"] == 1
    failed = filled("providers", "refresh", "--json", PKUI_CATALOGUE_URL=address)
    assert (failed.code, failed.error["code"]) == (3, "feed_wrong_type")
    rows = filled("providers", "search", "--area", "HAND", "--json").json
    assert next(row for row in rows if row["provider_id"] == "rh-viborg")["weeks"] == 3


@pytest.mark.parametrize(
    ("arguments", "exit_code", "error"),
    [
        (("search", "--area", "HNAD"), 2, "unknown_area"),
        (("search",), 2, "missing_parameter"),
        (("search", "--area", "HAND", "--case", "99999"), 1, "no_case"),
        (("import", "nowhere.json"), 2, "no_file"),
        (("ended", "nobody", "--on", "2026-11-23"), 2, "no_provider"),
        (("ended", "ouh", "--on", "2026-11-23"), 1, "nothing_to_end"),
        (("ended", "aaklinik", "--on", "i morgen"), 2, "bad_parameter"),
        (("refresh",), 2, "no_feed"),
    ],
)
def test_what_cannot_be_done_says_why(filled: Cli, arguments: tuple[str, ...], exit_code: int, error: str) -> None:
    ran = filled("providers", *arguments, "--json")
    assert (ran.code, ran.error["code"], ran.out) == (exit_code, error, "")
    if error == "unknown_area":
        assert ran.error["details"]["nearest"].startswith("HAND")


def test_a_wrong_catalogue_names_the_place_and_nothing_else(office: Cli, catalogue: Path) -> None:
    body = document()
    body["locations"][0]["organization_id"] = "Hemmelig Person"
    catalogue.write_text(json.dumps(body))
    ran = office("providers", "import", str(catalogue), "--json")
    assert (ran.code, ran.error["code"]) == (2, "bad_catalogue")
    assert ran.error["details"]["pointer"] == "/locations/1/organization_id"
    assert "Hemmelig" not in ran.err


def test_everything_the_screen_does_with_a_place_has_a_command(filled: Cli) -> None:
    service = "aaklinik-HAND"
    filled("providers", "slip", "engholm-HAND", "--told-by", "Ulla", "--weeks", "1", "--text", "-", stdin="Afbud")
    changed = filled("providers", "wait", service, "--outpatient", "3", "--written", "brev", "--json").json
    assert (changed["weeks_outpatient"], changed["weeks_examination"], changed["source"]) == (3, None, "phone")
    (newest, _first) = filled("providers", "history", "waiting_times", service, "--json").json
    assert (newest["source"], newest["before"]["weeks_outpatient"]) == ("brev", 6)
    until = filled("providers", "agreement", "aaklinik-p", "--set", "valid_to=2026-12-31", "--written", "x", "--json")
    assert until.json["valid_to"] == "2026-12-31"
    (only,) = filled("providers", "agreements", "aaklinik", "--json").json
    assert only["valid_to"] == "2026-12-31"
    rows = filled("providers", "search", "--area", "HAND", "--kind", "agreement", "--json").json
    assert {row["provider_id"]: row["said_on_phone"] and row["said_on_phone"]["by"] for row in rows} == {
        "bakkehus": None, "engholm": "Ulla",
    }  # fmt: skip


def test_a_case_is_chosen_for_read_out_and_followed_up_by_commands(filled: Cli) -> None:
    anna, service = ("--as", "anna"), "aaklinik-HAND"
    assert filled(*anna, "case", "assign", "1", "anna").code == 0
    assert "Åklinikken" in filled(*anna, "providers", "aloud", "1", service, "--json").json["text"]
    chosen = filled(*anna, "providers", "choose", "1", service, "--consent", "spoken", "--json")
    assert chosen.json["segments"][0]["state"] == "chosen"
    sent = filled(*anna, "providers", "course", "1", "referral_sent", "--json")
    assert sent.json["segments"][0]["state"] == "referral_sent"
    (segment,) = filled("providers", "ended", "aaklinik", "--on", "2026-11-23", "--json").json["segments"]
    assert filled(*anna, "providers", "tick", "aaklinik", segment["segment_id"], "advised").code == 0
    (ending,) = filled("providers", "endings", "--json").json
    assert ending["segments"][0]["advised_on"] == "2026-11-23"
