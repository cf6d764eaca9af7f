"""Steps that many service tests begin with: enquiries that came in, and looks past the services at what is stored."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from pkui.base.clock import FrozenClock
from pkui.domain.codes import ReceiptStatus
from pkui.services.desk import Desk
from pkui.services.intake import IntakeAnswer, import_bodies
from storage.store import Store
from tests.data.submissions import encoded, submission

ALWAYS = [{"weekday": day, "from": "08:30", "to": "15:30"} for day in range(1, 8)]


def send(desk: Desk, *bodies: dict[str, Any] | bytes) -> list[IntakeAnswer]:
    """Imports bodies in one transaction."""
    return import_bodies(desk, [body if isinstance(body, bytes) else encoded(body) for body in bodies])


def received(desk: Desk, number: int = 1, **overrides: Any) -> int:
    """The queue number of a new case made from `submission(number, **overrides)`."""
    (answer,) = send(desk, submission(number, **overrides))
    assert answer.status is ReceiptStatus.CREATED, answer
    assert answer.queue_number is not None
    return answer.queue_number


def about(topic: str, **more: Any) -> dict[str, Any]:
    """The `matter` of a submission about that topic."""
    return {"matter": {"topic": topic, "free_text": "Ring gerne.", "max_waiting_time_case": False}, **more}


def later(desk: Desk, **span: float) -> Desk:
    """The same desk some time later."""
    return at(desk, desk.clock.now() + timedelta(**span))


def at(desk: Desk, instant: datetime) -> Desk:
    """The same desk at that instant."""
    return Desk(desk.store, FrozenClock(instant), desk.person, desk.place)


def stored(store: Store, query: str, **values: Any) -> list[Any]:
    """The rows of a query, read past every service; of one column its values."""
    with store.engine.connect() as connection:
        rows = connection.execute(sa.text(query), values).all()
    return [row[0] if len(row) == 1 else tuple(row) for row in rows]


def everything(store: Store) -> dict[str, list[str]]:
    """Every row of every table as text: two equal answers mean that nothing was written but keys of writes."""
    names = sorted(set(sa.inspect(store.engine).get_table_names()) - {"write_keys"})
    return {name: sorted(str(row) for row in stored(store, f"SELECT * FROM {name}")) for name in names}
