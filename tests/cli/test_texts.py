"""`pkui draft`, `text` and `phone` as processes."""

from pathlib import Path

from tests.cli.conftest import NOW, Cli

PHONES = """kind;name;place;phone;hours;note
office;Patientkontoret;;83 00 00 00;8-15;
booking;Medicin;Viborg;83 00 00 01;;
"""
DAY = NOW[:10]


def test_a_text_becomes_a_draft_is_sent_and_taken_back(office: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    filled = office("text", "fill", "1", "forwarded", "--json").json
    assert filled["missing"] == ["videresendt_til", "kontorets_telefon"]
    note = office("text", "note", "1", "--about", "free_choice", "--json").json["text"]
    assert note.startswith("Background:\n- Faster treatment") and "Free choice of hospital" in note
    fields = ("--field", "videresendt_til=Kørselskontoret", "--field", "kontorets_telefon=83 00 00 00")
    assert office("text", "fill", "1", "forwarded", *fields, "--draft", "--json").json["missing"] == []
    (one,) = office("draft", "list", "--json").json
    assert {"text", "phone", "identifier"}.isdisjoint(one) and one["queue_number"] == 1
    printed = office("draft", "print", one["id"], "--json", PKUI_PRINT_TO=str(folder)).json
    assert [step["step"] for step in printed["steps"]] == ["printed"]
    assert "Kørselskontoret" in next(folder.iterdir()).read_text("utf-8")
    sent = office("draft", "send", one["id"], "--how", "letter", "--to", "Mette", "--version", "1", "--json").json
    assert (sent["state"], sent["version"]) == ("sent", 2)
    again = office("draft", "discard", one["id"], "--json")
    assert (again.code, again.error["code"]) == (1, "draft_done")
    assert office("draft", "undo", one["id"], "--json").json["state"] == "draft"


def test_a_template_is_looked_at_and_set(office: Cli) -> None:
    arguments = ("text", "set", "sms", "-", "--from", DAY, "--subject", "SMS", "--json")
    bad = office("--as", "sofie", *arguments, stdin="Tid til {område}")
    assert (bad.code, bad.error["code"], bad.error["details"]["fields"]) == (2, "template_private_field", "område")
    looked = office("--as", "sofie", *arguments, "--preview", stdin="Kønummer {kønummer}").json
    assert looked == {"kind": "sms", "text": "Kønummer 4120"}
    (written,) = office("--as", "sofie", *arguments, stdin="Kønummer {kønummer}").json
    assert (written["by"], written["from"]) == ("Sofie", DAY)
    held = {one["kind"]: one for one in office("text", "list", "--json").json}
    assert held["sms"]["text"] == "Kønummer {kønummer}"
    assert "område" not in held["sms"]["fields"]


def test_the_phone_book_is_taken_in_and_searched(office: Cli) -> None:
    path = office.folder / "phones.csv"
    path.write_text(PHONES)
    looked = office("phone", "import", str(path), "--preview", "--json").json
    assert (looked["written"], looked["counts"]) == (False, {"added": 2, "changed": 0, "ended": 0})
    assert office("phone", "import", str(path), "--json").json["written"]
    (found,) = office("phone", "find", "medisin vib", "--json").json
    assert (found["kind"], found["phone"], found["source"]) == ("booking", "+4583000001", "file")
    path.write_text(PHONES + "king;Kong;;83 00 00 02;;\n")
    bad = office("phone", "import", str(path), "--json")
    assert (bad.code, bad.error["details"]) == (2, {"row": 3, "field": "kind"})
