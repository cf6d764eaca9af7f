"""The formats a catalogue comes in: each by its own reader, all onto the catalogue in force."""

import json
from collections.abc import Sequence
from datetime import date

import pytest

from pkui.domain.providers.catalogue import Catalogue, Service, WaitingTime, WaitSource
from pkui.domain.providers.formats import read_files
from pkui.domain.providers.reading import BadCatalogue, CatalogueWarning, read_catalogue
from tests.data.catalogue import document, encoded

HEAD = (
    "Institutionsejer;Sundhedsinstitution;Sundhedsinstitution SOR;Behandlingssted;Behandlingssted SOR;Behandlingsnavn;"
    "Behandlingskode;Indberetningsdato;Udenregionspatienter;Seneste indberetning;Ventetid til undersøgelse (uger);"
    "Ventetid til ambulant behandling (uger);Ventetid til behandling ved indlæggelse (uger)"
)


def line(place: str, treatment: str, day: str, waits: str, *, sor: str = "", code: str = "", other: str = "") -> str:
    return f"Region;;;{place};{sor};{treatment};{code};{day};{other};Ja;{waits}"


def held(**more: object) -> Catalogue:
    body = document()
    body["organizations"][3]["sor_id"] = "633271000016006"
    return read_catalogue(body | more)[0]


def export(*lines: str, encoding: str = "utf-8-sig", head: str = HEAD) -> bytes:
    return "\r\n".join((head, *lines, "")).encode(encoding)


def taken(*lines: str, encoding: str = "utf-8-sig") -> tuple[Catalogue, Sequence[CatalogueWarning]]:
    return read_files({"venteinfo.csv": export(*lines, encoding=encoding)}).onto(held())


def wait(catalogue: Catalogue, service: str) -> WaitingTime:
    found = catalogue.lists["waiting_times"][service]
    assert isinstance(found, WaitingTime)
    return found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_an_export_of_waiting_times_changes_these_alone(encoding: str) -> None:
    catalogue, warnings = taken(
        line("Regionshospitalet Viborg", "Karpaltunnel", "20-11-2026", "-;12;", other="Nej"), encoding=encoding
    )
    assert warnings == []
    before = held()
    for name in ("organizations", "locations", "areas", "agreements"):
        assert catalogue.lists[name] == before.lists[name]
    changed = {
        key for key, row in catalogue.lists["waiting_times"].items() if row != before.lists["waiting_times"][key]
    }
    assert changed == {"rh-viborg-HAND"}
    assert wait(catalogue, "rh-viborg-HAND") == WaitingTime(
        "rh-viborg-HAND", date(2026, 11, 20), WaitSource.VENTEINFO, weeks_outpatient=12, note="Karpaltunnel"
    )
    service = catalogue.lists["services"]["rh-viborg-HAND"]
    assert isinstance(service, Service)
    assert service.accepts_other_regions is False


def test_a_place_is_known_by_its_id_before_its_name_and_a_treatment_by_its_code() -> None:
    catalogue, warnings = taken(
        line("Noget helt andet", "Ukendt ord", "2026-11-20", "3;4;5", sor='"=""633271000016006"""', code="DG560")
    )
    assert warnings == []
    found = wait(catalogue, "aaklinik-HAND")
    assert (found.weeks_examination, found.weeks_outpatient, found.weeks_inpatient) == (3, 4, 5)


def test_the_newest_report_of_each_treatment_and_the_longest_of_several() -> None:
    catalogue, _warnings = taken(
        line("bakkehus", "Karpaltunnel", "2026-11-18", "9;9;"),
        line("bakkehus", "Karpaltunnel", "2026-11-20", "1;2;"),
        line("bakkehus", "Springfinger", "2026-11-19", "<1;6;"),
    )
    found = wait(catalogue, "bakkehus-HAND")
    assert (found.weeks_examination, found.weeks_outpatient, found.weeks_inpatient) == (1, 6, None)
    assert (found.reported_on, found.note) == (date(2026, 11, 19), "Karpaltunnel; Springfinger")


def test_a_report_older_than_the_one_in_force_changes_nothing_but_an_example_gives_way() -> None:
    rows = (line("bakkehus", "Karpaltunnel", "2026-10-01", "1;1;"),)
    assert wait(taken(*rows)[0], "bakkehus-HAND").weeks_outpatient == 2
    body = document()
    body["waiting_times"][4] |= {"source": "illustrative", "illustrative": True}
    incoming = read_files({"x.csv": export(*rows)})
    found = wait(incoming.onto(read_catalogue(body)[0])[0], "bakkehus-HAND")
    assert (found.weeks_outpatient, found.illustrative) == (1, False)


def test_what_is_not_known_is_told_once_with_its_row_and_the_rest_is_taken() -> None:
    catalogue, warnings = taken(
        line("Ingen steder", "Karpaltunnel", "2026-11-20", "1;1;"),
        line("Ingen steder", "Karpaltunnel", "2026-11-20", "1;1;"),
        line("bakkehus", "Tandregulering", "2026-11-20", "1;1;"),
        line("bakkehus", "MR-skanning", "2026-11-20", "1;1;"),
        line("engholm", "Karpaltunnel", "2026-11-20", "1;1;"),
    )
    assert [(one.row, one.code, one.value) for one in warnings] == [
        (2, "unknown_place", "Ingen steder"), (4, "unknown_area", "Tandregulering"), (5, "no_service", "bakkehus, MR"),
    ]  # fmt: skip
    assert wait(catalogue, "engholm-HAND").weeks_outpatient == 1


@pytest.mark.parametrize(
    ("row", "pointer", "code"),
    [
        (line("bakkehus", "Karpaltunnel", "i går", "1;1;"), "/waiting_times/3/reported_on", "not_a_date"),
        (line("bakkehus", "Karpaltunnel", "2026-11-20", "1;mange;"), "/waiting_times/3/weeks_outpatient",
         "not_a_whole_number"),
        (line("bakkehus", "Karpaltunnel", "2026-11-20", "999;1;"), "/waiting_times/3/weeks_examination",
         "not_a_whole_number"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_by_its_row_in_the_file(row: str, pointer: str, code: str) -> None:
    good = line("bakkehus", "Karpaltunnel", "2026-11-20", "1;1;")
    with pytest.raises(BadCatalogue) as caught:
        read_files({"x.csv": export(good, row)})
    assert (caught.value.pointer, caught.value.code) == (pointer, code)


def test_a_title_above_the_head_and_commas_are_no_matter() -> None:
    text = f"Forventede ventetider\r\n\r\n{HEAD}\r\n{line('bakkehus', 'Karpaltunnel', '2026-11-20', '1;7;')}\r\n"
    incoming = read_files({"x.csv": text.replace(";", ",").encode()})
    assert wait(incoming.onto(held())[0], "bakkehus-HAND").weeks_outpatient == 7


def test_a_whole_catalogue_leaves_the_held_one_aside() -> None:
    body = document()
    empty = read_catalogue({**body, **{name: [] for name, rows in body.items() if isinstance(rows, list)}})[0]
    catalogue, _warnings = read_files({"x.json": encoded(body)}).onto(empty)
    assert catalogue == read_catalogue(body)[0]


@pytest.mark.parametrize(
    "raw", [b"", b"\0\1\2", b"PK\x03\x04", b"a;b;c\r\n1;2;3", json.dumps([1]).encode(), b"\xff\xfe\x00"]
)
def test_what_is_no_known_format_is_said(raw: bytes) -> None:
    with pytest.raises(BadCatalogue) as caught:
        read_files({"x": raw})
    assert caught.value.code == "unknown_format"
