"""Search over every case, on both engines."""

import json

import pytest
import sqlalchemy as sa
from sqlmodel import col

from pkui.base.errors import BadInput
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import QueueView, Role
from pkui.services.cases import close, take
from pkui.services.desk import Desk
from pkui.services.intake import import_bodies
from pkui.services.queue import snapshot
from pkui.services.search import MOST_HITS, find_cases
from storage import search
from storage.tables.access import AccessLogEntry
from tests.conftest import DeskAs
from tests.data.submissions import replacement_number, submission


def fill(desk: Desk, numbers: range) -> None:
    import_bodies(desk, [json.dumps(submission(number)).encode() for number in numbers])


def found(desk: Desk, text: str) -> list[int]:
    return [row.record.queue_number for row in find_cases(desk, text)]


def test_the_newest_fifty_also_closed_ones(desk: Desk, desk_as: DeskAs, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(desk, range(1, 61))
    anna = desk_as(Role.ADVISER)
    take(anna, 60)
    close(anna, 60, outcome="advised")
    both = found(desk, "test mette")
    assert len(both) > 2
    for few in (search.FEW, 2):
        monkeypatch.setattr(search, "FEW", few)
        assert found(desk, "test") == list(range(60, 60 - MOST_HITS, -1))
        assert found(desk, "test mette") == both, "a frequent name is gone through from the newest case"
    assert found(desk, replacement_number(7)) == [7]
    assert found(desk, "+45 20 00 00 09") == [9]


def test_a_relatives_telephone_finds_the_case(desk: Desk) -> None:
    body = submission(1)
    body["representative"] = {
        "name": "Bo Test Holm", "relation": "son", "basis": "spoken_consent", "phone": "+4521222324",
    }  # fmt: skip
    import_bodies(desk, [json.dumps(body).encode()])
    assert found(desk, "21 22 23 24") == [1]


def test_a_name_is_found_as_it_is_heard_and_typed(desk: Desk) -> None:
    names = ("Hanne Test Møller", "Bo Test Moeller", "Åse Test Kjær", "Aase Test Kjaer")
    for number, name in enumerate(names, start=1):
        body = submission(number)
        body["patient"]["name"] = name
        import_bodies(desk, [json.dumps(body).encode()])
    for typed in ("moller", "møller", "moeller", "MOLL", "mø", "hanne moe"):
        assert found(desk, typed)[-1:] == [1], typed
    assert found(desk, "moller") == found(desk, "Møller") == found(desk, "moeller") == [2, 1]
    assert found(desk, "ase kjar") == found(desk, "Åse Kjær") == found(desk, "aase kjaer") == [4, 3]
    narrowed = snapshot(desk, QueueView.ALL, text="moller").numbers
    assert sorted(narrowed) == [1, 2]


def test_the_log_holds_kind_hash_and_hits_and_never_the_text(desk: Desk) -> None:
    fill(desk, range(1, 3))
    for text in ("Mette", "mette ", replacement_number(1), "nobody"):
        find_cases(desk, text)
    with desk.store.reading() as session:
        rows = session.scalars(
            sa.select(AccessLogEntry)
            .where(col(AccessLogEntry.kind) == AccessKind.SEARCH)
            .order_by(col(AccessLogEntry.id))
        ).all()
    assert [(row.criterion_kind, row.hits) for row in rows] == [
        ("name", 1), ("name", 1), ("identifier", 1), ("name", 0),
    ]  # fmt: skip
    assert rows[0].criterion_hash == rows[1].criterion_hash != rows[3].criterion_hash
    assert all(row.staff_id == desk.person.id for row in rows)


def test_a_wildcard_is_a_letter_like_any_other(desk: Desk) -> None:
    fill(desk, range(1, 3))
    for text in ("%", "_", "  ", "--"):
        try:
            assert found(desk, text) == []
        except BadInput as error:
            assert error.code == "text_needed"


def test_numbers_too_large_for_a_case_find_nothing(desk: Desk) -> None:
    fill(desk, range(1, 3))
    assert found(desk, "9" * 30) == []
    assert found(desk, "2026-999999999999") == []
