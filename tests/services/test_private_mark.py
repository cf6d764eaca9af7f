"""The patient's private mark in the journal: a fact with what to do about it, and no copy of a journal anywhere."""

import pytest
import sqlalchemy as sa

from pkui.base.words.timeline import fact_value
from pkui.domain.codes import FactSource, Role
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from storage.metadata import metadata
from storage.types import Key
from tests.conftest import DeskAs
from tests.services.steps import received

SMALL = ("_sealed", "_index", "_hash", "mac")
"""How the columns are called that hold bytes: sealed fields, keyed indexes, hashes and signatures."""


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_req_11_a_private_mark_is_shown_with_what_to_do(desk: Desk, desk_as: DeskAs) -> None:
    view = record_fact(desk_as(Role.ADVISER), received(desk, 1), "private_mark", "ja", source=FactSource.PATIENT)
    (mark,) = [fact for fact in view.facts if fact.name == "private_mark"]
    assert mark.value is True
    assert "kig ikke" in fact_value(mark.value, mark.name)
    assert fact_value(False, mark.name) == "nej"


def test_req_11_no_table_has_room_for_a_journal_or_a_file() -> None:
    columns = [column for table in metadata.tables.values() for column in table.columns]
    holding = [one for one in columns if isinstance(one.type, sa.LargeBinary) and not isinstance(one.type, Key)]
    assert holding
    assert [str(one) for one in holding if not one.name.endswith(SMALL)] == []
