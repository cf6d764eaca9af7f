"""Reading the catalogue format from JSON and CSV, and what a new catalogue would change."""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pkui.domain.providers.catalogue import LISTS, Agreement, Catalogue, WaitingTime, WaitSource, plain
from pkui.domain.providers.differences import ChangeKind, HeldRow, counts, differences, far_smaller
from pkui.domain.providers.reading import BadCatalogue, read_catalogue, read_csv_texts
from tests.data.catalogue import document, waiting


def read(body: object) -> Catalogue:
    return read_catalogue(body)[0]


def as_csv(catalogue: Catalogue) -> dict[str, str]:
    texts = {}
    for name, rows in catalogue.lists.items():
        out = io.StringIO()
        columns = list(plain(next(iter(rows.values()))))
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        for row in rows.values():
            values = plain(row)
            writer.writerow({key: ";".join(one) if isinstance(one, list) else one for key, one in values.items()})
        texts[name] = out.getvalue()
    return texts


def test_json_and_csv_say_the_same() -> None:
    from_json = read(document())
    from_csv, warnings = read_csv_texts(as_csv(from_json))
    assert from_csv.lists == from_json.lists
    assert warnings == ()
    assert from_json.as_of == date(2026, 11, 23)
    assert from_json.count() == sum(len(document()[name]) for name in LISTS)


def test_blank_is_not_stated_and_0_is_under_a_week() -> None:
    body = document()
    body["waiting_times"] = [waiting("aaklinik-HAND", 0), waiting("bakkehus-HAND", None)]
    for catalogue in (read(body), read_csv_texts(as_csv(read(body)))[0]):
        zero, blank = catalogue.lists["waiting_times"].values()
        assert isinstance(zero, WaitingTime)
        assert isinstance(blank, WaitingTime)
        assert (zero.weeks_examination, blank.weeks_examination) == (0, None)


def test_an_invented_figure_says_so_by_its_source_alone() -> None:
    body = document()
    body["waiting_times"] = [{"service_id": "ouh-HAND", "reported_on": "2026-11-01", "source": "illustrative"}]
    (row,) = read(body).lists["waiting_times"].values()
    assert isinstance(row, WaitingTime)
    assert row.illustrative


def test_an_unknown_area_is_a_warning_with_its_row() -> None:
    body = document()
    body["services"][2]["area"] = "XRAY"
    body["agreements"][1]["areas"] = ["HAND", "FOOT"]
    found = [(one.list, one.row, one.code, one.value) for one in read_catalogue(body)[1]]
    assert found == [("services", 3, "unknown_area", "XRAY"), ("agreements", 2, "unknown_area", "FOOT")]


WRONG: list[tuple[str, Any, str, str]] = [
    ("schema", "pk-catalogue/2", "/schema", "unknown_schema"),
    ("services", None, "/services", "missing"),
    ("services", {}, "/services", "not_a_list"),
    ("services", [1], "/services/1", "not_an_object"),
    ("areas", [{"code": "A"}], "/areas/1/name_da", "missing"),
    ("areas", [{"code": 5, "name_da": "x"}], "/areas/1/code", "not_a_text"),
    ("areas", [{"code": "x" * 81, "name_da": "x"}], "/areas/1/code", "too_long"),
    ("areas", [{"code": "A", "name_da": "x"}] * 2, "/areas/2/code", "twice"),
    ("organizations", [{"id": "a", "name": "x", "ownership": "mine"}], "/organizations/1/ownership", "unknown_code"),
    ("as_of", "23-11-2026", "/as_of", "not_a_date"),
    ("as_of", "2026-02-30", "/as_of", "not_a_date"),
    ("locations", [{"id": "l", "organization_id": "nobody"}], "/locations/1/organization_id", "unknown_row"),
    ("locations", [{"id": "l", "organization_id": "ouh", "latitude": 91}], "/locations/1/latitude", "not_a_number"),
    ("waiting_times", [waiting("ouh-HAND", -1)], "/waiting_times/1/weeks_examination", "not_a_whole_number"),
    ("waiting_times", [waiting("ouh-HAND", 521)], "/waiting_times/1/weeks_examination", "not_a_whole_number"),
    ("waiting_times", [waiting("ouh-HAND", 1, note=5)], "/waiting_times/1/note", "not_a_text"),
    ("waiting_times", [waiting("ouh-HAND", 1, illustrative=1)], "/waiting_times/1/illustrative", "not_yes_or_no"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "pointer", "code"), WRONG)
def test_a_wrong_catalogue_is_told_by_its_place(key: str, value: Any, pointer: str, code: str) -> None:
    body = document() | {key: value}
    with pytest.raises(BadCatalogue) as caught:
        read(body)
    assert (caught.value.pointer, caught.value.code) == (pointer, code)


def test_agreements_need_areas_and_a_period_that_ends_after_it_starts() -> None:
    body = document()
    body["agreements"][0]["areas"] = []
    with pytest.raises(BadCatalogue, match="/agreements/1/areas: missing"):
        read(body)
    body["agreements"][0] |= {"areas": ["HAND"], "valid_to": "2024-12-31"}
    with pytest.raises(BadCatalogue, match="/agreements/1/valid_to: ends_before_it_starts"):
        read(body)


def test_nothing_is_part_of_itself() -> None:
    body = document()
    body["organizations"][0]["part_of"] = "rh-horsens"
    body["organizations"][1]["part_of"] = "rh-viborg"
    with pytest.raises(BadCatalogue, match="part_of_itself"):
        read(body)


@pytest.mark.parametrize("body", [None, [], "text", 5, {"schema": "pk-catalogue/1"}])
def test_what_is_no_catalogue_is_refused(body: object) -> None:
    with pytest.raises(BadCatalogue):
        read(body)


def held(catalogue: Catalogue, by_hand: frozenset[str] = frozenset()) -> dict[str, dict[str, HeldRow]]:
    return {
        name: {key: HeldRow(row, key in by_hand) for key, row in rows.items()} for name, rows in catalogue.lists.items()
    }


def test_added_changed_and_ended() -> None:
    before, body = read(document()), document()
    body["services"][0]["patient_limits"] = "BMI under 35"
    body["waiting_times"] = body["waiting_times"][1:]
    body["areas"].append({"code": "FOOT", "name_da": "Fodkirurgi"})
    found = [(one.list, one.key, one.kind, one.fields) for one in differences(held(before), read(body))]
    assert found == [
        ("areas", "FOOT", ChangeKind.ADDED, ()),
        ("services", "rh-viborg-HAND", ChangeKind.CHANGED, ("patient_limits",)),
        ("waiting_times", "rh-viborg-HAND", ChangeKind.ENDED, ()),
    ]
    assert differences(held(before), read(document())) == []
    total = counts(differences({}, before))
    assert {name: one["added"] for name, one in total.items()} == {n: len(r) for n, r in before.lists.items()}


def test_what_is_kept_by_hand_outlives_a_file() -> None:
    before, body = read(document()), document()
    body["agreements"] = body["agreements"][1:]
    found = differences(held(before, frozenset({"aaklinik-p"})), read(body))
    assert [(one.key, one.kind) for one in found] == [("aaklinik-p", ChangeKind.KEPT)]
    gone = document()
    for name, key in (("agreements", "organization_id"), ("services", "location_id"), ("locations", "id")):
        gone[name] = [one for one in gone[name] if not str(one[key]).startswith("aaklinik")]
    gone["waiting_times"] = [one for one in gone["waiting_times"] if not one["service_id"].startswith("aaklinik")]
    gone["organizations"] = [one for one in gone["organizations"] if one["id"] != "aaklinik"]
    kinds = {one.kind for one in differences(held(before, frozenset({"aaklinik-p"})), read(gone))}
    assert kinds == {ChangeKind.ENDED}, "the place itself is gone"


def test_a_waiting_time_by_hand_stays_until_a_later_report() -> None:
    before = read(document())
    rows = held(before, frozenset({"ouh-HAND"}))
    hand = before.lists["waiting_times"]["ouh-HAND"]
    assert isinstance(hand, WaitingTime)
    rows["waiting_times"]["ouh-HAND"] = HeldRow(replace(hand, weeks_outpatient=3, source=WaitSource.PHONE), True)
    assert [one.kind for one in differences(rows, before)] == [ChangeKind.KEPT]
    body = document()
    body["waiting_times"][2]["reported_on"] = "2026-11-17"
    assert [one.kind for one in differences(rows, read(body))] == [ChangeKind.CHANGED]


def test_far_smaller_is_less_than_a_tenth() -> None:
    assert far_smaller(1000, 99)
    assert not far_smaller(1000, 100)
    assert not far_smaller(0, 0)
    assert not far_smaller(9, 0)


def test_the_period_of_an_agreement_includes_both_days() -> None:
    row = next(iter(read(document()).lists["agreements"].values()))
    assert isinstance(row, Agreement)
    ends = replace(row, valid_to=date(2026, 11, 23))
    assert ends.in_force(date(2026, 11, 23))
    assert not ends.in_force(date(2026, 11, 24))
    assert ends.in_force(date(2025, 1, 1))
    assert not ends.in_force(date(2024, 12, 31))
