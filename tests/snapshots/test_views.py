"""Some twenty views as rows of text, so that a change of any word or place is seen; `make snapshots` renews them."""

from collections.abc import Sequence

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from pkui.services.cases import close, open_case, take
from pkui.services.desk import Desk
from tests.data.submissions import submission
from tests.drivers.queue import QueuePage
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, about, received

SIZES = ((80, 24), (120, 40))
VIEWS: dict[str, Sequence[str]] = {
    "queue": (),
    "queue-mine": ("m",),
    "queue-search": ("f3", "m", "e", "t"),
    "queue-help": ("f1",),
    "queue-menu": ("f2",),
    "queue-topic": ("f7",),
    "case": ("enter",),
    "case-help": ("enter", "f1"),
    "case-call": ("enter", "f6"),
    "case-contact": ("enter", "k"),
    "case-wait": ("enter", "v"),
    "case-close": ("enter", "f8"),
    "case-hand-over": ("enter", "o"),
    "case-call-times": ("enter", "w"),
    "case-contact-details": ("enter", "æ"),
    "case-sum": ("enter", "s"),
}


class Rows(SingleFileSnapshotExtension):
    """One small text file a view."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def rows(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compares the rows of a screen with what stands in the file."""
    return snapshot.use_extension(Rows)


@pytest.fixture
def mine(desk: Desk, adviser: Desk, colleague: Desk) -> int:
    """A small office: late, urgent, protected, waiting in writing, and one case that is held."""
    protected = submission(3)["patient"] | {"address_protected": True}
    mine = received(desk, 1, call_windows=ALWAYS)
    received(desk, 2, received_at="2026-11-12T09:00:00Z")
    received(desk, 3, patient=protected, **about("operation_changed"))
    received(desk, 4, **about("maximum_waiting_time"))
    received(desk, 5, reply_channel="digital_post", **about("hearing_aid"))
    take(adviser, mine, reason="aftale")
    return mine


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("view", VIEWS)
async def test_view(
    view: str, size: tuple[int, int], mine: int, adviser: Desk, workbench: OpenWorkbench, rows: SnapshotAssertion
) -> None:
    async with workbench(adviser, size=size) as screen:
        await QueuePage(screen).select(mine)
        await screen.press(*VIEWS[view])
        assert screen.text == rows


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_closed_case(
    size: tuple[int, int], mine: int, adviser: Desk, workbench: OpenWorkbench, rows: SnapshotAssertion
) -> None:
    async with workbench(adviser, size=size) as screen:
        await QueuePage(screen).select(mine)
        close(adviser, mine, outcome="advised", version=open_case(adviser, mine).version)
        await screen.press("enter")
        await screen.on_case(mine)
        assert screen.text == rows


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_who_are_you(
    size: tuple[int, int], adviser: Desk, colleague: Desk, workbench: OpenWorkbench, rows: SnapshotAssertion
) -> None:
    async with workbench(None, size=size) as screen:
        assert screen.text == rows
