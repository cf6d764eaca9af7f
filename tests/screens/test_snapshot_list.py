"""The virtual list: keys and mouse, re-anchoring, hostile text, widths, late and failing reads."""

from collections.abc import Iterator

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown

from screens.widgets.cells import plain
from screens.widgets.snapshot_list import SnapshotList
from tests.drivers.snapshot_list import HOSTILE, ListApp, Rows, settle


@pytest.fixture
def rows() -> Iterator[Rows]:
    rows = Rows()
    yield rows
    rows.go.set()


async def test_shows_titles_and_rows_and_moves_by_keys() -> None:
    app = ListApp(ids=range(1, 101))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.lines()[0].split() == ["No.", "Who", "What"]
        assert app.lines()[1].split()[:4] == ["▌", "!", "1", "Person"]
        await pilot.press("down", "down", "up")
        assert app.queue.cursor_id == 2
        assert app.cursor_line() == 2
        await pilot.press("end")
        await settle(pilot)
        assert app.queue.cursor_id == 100
        assert "Person 100" in app.lines()[-1]
        await pilot.press("home", "enter")
        assert app.messages[-1] == ("chosen", 1)
        assert app.messages[0] == ("highlighted", 1)


async def test_a_page_keeps_the_line_and_one_row_in_sight() -> None:
    app = ListApp(ids=range(1, 101))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("down", "down", "pagedown")
        await settle(pilot)
        assert app.queue.cursor_id == 3 + 22
        assert app.cursor_line() == 3
        assert "Person 23 " in app.lines()[1]
        await pilot.press("pageup", "pageup")
        assert app.queue.cursor_id == 1


async def test_the_cursor_stops_at_both_ends() -> None:
    app = ListApp(ids=[7, 8])
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("up", "pageup")
        assert app.queue.cursor_id == 7
        await pilot.press("down", "down", "pagedown")
        assert app.queue.cursor_id == 8
        assert [m for m in app.messages if m[0] == "highlighted"] == [("highlighted", 7), ("highlighted", 8)]


async def test_a_refresh_leaves_the_highlighted_row_on_its_line() -> None:
    app = ListApp(ids=range(1, 201))
    async with app.run_test() as pilot:
        await settle(pilot)
        app.queue.highlight(120)
        await pilot.press("up", "up", "up")
        await settle(pilot)
        line = app.cursor_line()
        app.queue.show([*range(1000, 1010), *range(1, 60), *range(70, 201)])
        await settle(pilot)
        assert app.queue.cursor_id == 117
        assert app.cursor_line() == line
        assert "Person 117" in app.lines()[line]


async def test_a_highlighted_row_that_is_gone_leaves_its_line_to_the_next() -> None:
    app = ListApp(ids=range(1, 101))
    async with app.run_test() as pilot:
        await settle(pilot)
        app.queue.highlight(40)
        await settle(pilot)
        line = app.cursor_line()
        app.queue.show([*range(1, 40), *range(43, 101)])
        await settle(pilot)
        assert app.queue.cursor_id == 43
        assert app.cursor_line() == line
        assert app.messages[-1] == ("highlighted", 43)


async def test_a_view_scrolled_away_from_the_cursor_keeps_its_first_row() -> None:
    app = ListApp(ids=range(1, 301))
    async with app.run_test() as pilot:
        await settle(pilot)
        app.queue.scroll_to(y=150, animate=False)
        await settle(pilot)
        assert "Person 151 " in app.lines()[1]
        app.queue.show([*range(500, 505), *range(1, 301)])
        await settle(pilot)
        assert "Person 151 " in app.lines()[1]
        assert app.queue.cursor_id == 1
        assert not [text for text in app.lines() if "…" in text]


async def test_not_keeping_starts_at_the_top() -> None:
    app = ListApp(ids=range(1, 301))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("end")
        app.queue.show(range(100, 301), keep=False)
        await settle(pilot)
        assert app.queue.cursor_id == 100
        assert app.cursor_line() == 1


async def test_rows_given_with_the_snapshot_are_not_read_again(rows: Rows) -> None:
    app = ListApp(rows)
    async with app.run_test() as pilot:
        app.queue.show([1, 2], rows={1: rows.cells(1), 2: rows.cells(2)})
        await settle(pilot)
        assert "Person 2" in app.lines()[2]
        assert rows.asked == []


async def test_an_empty_list_says_so_only_when_it_knows() -> None:
    app = ListApp()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "Nothing waits" not in "".join(app.lines())
        app.queue.show([])
        await settle(pilot)
        assert "Nothing waits" in "".join(app.lines())
        await pilot.press("down", "pagedown", "end", "enter")
        assert app.messages == []
        app.queue.show([5])
        await settle(pilot)
        assert app.messages == [("highlighted", 5)]
        app.queue.show([])
        await settle(pilot)
        assert app.messages[-1] == ("highlighted", None)
        assert "Nothing waits" in "".join(app.lines())


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_only_text(rows: Rows, text: str) -> None:
    rows.text = text
    app = ListApp(rows, ids=[1, 2, 3])
    async with app.run_test() as pilot:
        await settle(pilot)
        line = app.lines()[2]
        assert f"{plain(text)} 2"[:19] in line
        assert cell_len(line) == 80
        assert line.isprintable()
        await pilot.click(SnapshotList, offset=(14, 2))
        await pilot.press("enter")
        assert app.is_running
        assert app.messages[-1] == ("chosen", 2)


async def test_wide_characters_fill_their_cells_and_no_more(rows: Rows) -> None:
    rows.text = "名前" * 20
    app = ListApp(rows, ids=[1])
    async with app.run_test() as pilot:
        await settle(pilot)
        titles, line = app.lines()[:2]
        assert cell_len(line) == 80
        assert cell_len(line[: line.index("topic")]) == titles.index("What")
        assert "…" in line


async def test_sixty_thousand_rows_read_only_the_neighbourhood(rows: Rows) -> None:
    app = ListApp(rows, ids=range(1, 60_001))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("end")
        await settle(pilot)
        assert app.queue.cursor_id == 60_000
        assert "Person 60000" in app.lines()[-1]
        assert sum(map(len, rows.asked)) < 400


async def test_more_columns_come_with_the_width() -> None:
    app = ListApp(ids=range(1, 101))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(*["down"] * 10)
        assert "Where" not in app.lines()[0]
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert "Where" in app.lines()[0]
        assert "place" in app.lines()[1]
        assert {cell_len(line) for line in app.lines()} == {120}
        assert "Person 39" in app.lines()[39]
        await pilot.press(*["down"] * 20)
        await pilot.resize_terminal(80, 12)
        await settle(pilot)
        assert app.queue.cursor_id == 31
        assert app.cursor_line() == 11


async def test_the_mouse_moves_then_opens_and_the_wheel_scrolls() -> None:
    app = ListApp(ids=range(1, 101))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.click(SnapshotList, offset=(10, 0))
        assert app.messages == [("highlighted", 1)]
        await pilot.click(SnapshotList, offset=(10, 5))
        assert app.messages[-1] == ("highlighted", 5)
        await pilot.click(SnapshotList, offset=(10, 5))
        assert app.messages[-1] == ("chosen", 5)
        app.queue._on_mouse_scroll_down(_wheel(app.queue))
        await settle(pilot)
        assert app.queue.cursor_id == 5
        assert "Person 1 " not in app.lines()[1]


async def test_marks_stand_in_the_rows_and_leave_with_them() -> None:
    app = ListApp(ids=[1, 2, 3])
    async with app.run_test() as pilot:
        await settle(pilot)
        app.queue.mark([2, 3, 99])
        await settle(pilot)
        assert app.queue.marks == {2, 3}
        assert [line[1] for line in app.lines()[1:4]] == [" ", "*", "*"]
        app.queue.show([1, 2])
        assert app.queue.marks == {2}
        app.queue.mark([2], on=False)
        assert app.queue.marks == frozenset()


async def test_a_stalled_server_leaves_the_keys_alive(rows: Rows) -> None:
    rows.go.clear()
    app = ListApp(rows, ids=range(1, 101))
    async with app.run_test() as pilot:
        await pilot.press("down", "pagedown", "down")
        assert app.queue.cursor_id == 25
        assert "…" in app.lines()[3]
        assert len(rows.asked) == 1
        rows.go.set()
        await settle(pilot)
        assert "Person 25" in app.lines()[app.cursor_line()]


async def test_what_one_key_can_bring_into_view_is_read_before(rows: Rows) -> None:
    app = ListApp(rows, ids=range(1, 1_001))
    async with app.run_test() as pilot:
        await settle(pilot)
        rows.go.clear()
        for key in ("pagedown", "end", "home"):
            await pilot.press(key)
            assert not [text for text in app.lines() if "…" in text]
        rows.go.set()


async def test_a_failed_read_is_told_and_asked_again(rows: Rows) -> None:
    rows.error = OSError("no route")
    app = ListApp(rows, ids=[1, 2])
    async with app.run_test() as pilot:
        await settle(pilot)
        assert [str(error) for error in app.errors] == ["no route"]
        assert len(rows.asked) == 1
        rows.error = None
        app.queue.reread()
        await settle(pilot)
        assert "Person 1" in app.lines()[1]


async def test_rereading_paints_what_changed_and_says_what_is_gone(rows: Rows) -> None:
    app = ListApp(rows, ids=[1, 2, 3])
    async with app.run_test() as pilot:
        await settle(pilot)
        rows.text, rows.gone = "Changed", {3}
        app.queue.reread([2, 3])
        await settle(pilot)
        assert "Person 1" in app.lines()[1]
        assert "Changed 2" in app.lines()[2]
        assert "–" in app.lines()[3]
        assert rows.asked[-1] == [2, 3]


async def test_no_colour_still_shows_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ListApp(ids=[1, 2, 3])
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.no_color
        on_cursor, other = app.queue.render_line(1), app.queue.render_line(2)
        assert on_cursor.text.startswith("▌")
        styles = [segment.style for segment in on_cursor]
        assert all(style is not None and style.reverse for style in styles)
        assert not any(segment.style is not None and segment.style.reverse for segment in other)


async def test_focus_and_theme_repaint_the_cursor() -> None:
    app = ListApp(ids=[1, 2, 3])
    async with app.run_test() as pilot:
        await settle(pilot)
        focused = app.queue.render_line(1)
        app.set_focus(None)
        await settle(pilot)
        blurred = app.queue.render_line(1)
        assert [s.style for s in focused] != [s.style for s in blurred]
        app.theme = "textual-light"
        await settle(pilot)
        assert [s.style for s in app.queue.render_line(1)] != [s.style for s in blurred]


async def test_a_row_can_be_highlighted_before_the_first_layout() -> None:
    class Early(ListApp):
        def on_mount(self) -> None:
            self.queue.show(range(1, 301))
            assert self.queue.highlight(200)
            assert not self.queue.highlight(999)

    app = Early()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.queue.cursor_id == 200
        assert "Person 200" in app.lines()[app.cursor_line()]


def _wheel(widget: SnapshotList) -> MouseScrollDown:
    return MouseScrollDown(widget, 5, 5, 0, 0, 0, False, False, False)
