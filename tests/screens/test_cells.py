"""Cells, columns and the rows behind a list, without a screen."""

from array import array

from rich.cells import cell_len

from screens.widgets.cells import Cell, fit, lay_out, plain
from screens.widgets.snapshot import RowCache, survivor
from tests.drivers.snapshot_list import COLUMNS, HOSTILE


def test_fit_is_exact_for_every_text() -> None:
    for text in (*HOSTILE, "", "æøå", "名前名前", "e\u0301" * 9, "👩‍👩‍👧 family", "a\u200bb"):
        for width in range(12):
            assert cell_len(fit(text, width)) == width
            assert cell_len(fit(text, width, "right")) == width


def test_the_mark_of_a_protected_name_is_never_cut_away() -> None:
    assert fit("Jytte Test Bisgaard Brandt BESK.", 21) == "Jytte Test Bis… BESK."
    assert fit("Jytte Test BESK.", 21) == "Jytte Test BESK.     "


def test_plain_leaves_ordinary_text_alone_and_shows_what_it_took() -> None:
    assert plain("Søren Test Østergaard") == "Søren Test Østergaard"
    assert plain("a\nb\tc") == "a b c"
    assert plain("\x1b[31mx\x7f\x9b") == "\ufffd[31mx\ufffd\ufffd"
    assert plain("ole\u202edrow") == "ole\ufffddrow"
    assert plain("hy\u00adphen") == "hyphen"


def test_columns_share_all_the_room() -> None:
    for room in range(60, 140):
        places = lay_out(COLUMNS, room + 2, room)
        assert sum(p.width for p in places) + len(places) - 1 == room
        assert [p.column.key for p in places][-1] == ("where" if room >= 98 else "what")


def test_survivor_is_the_row_else_the_next_else_the_one_before() -> None:
    old = array("q", [1, 2, 3, 4])
    assert survivor(old, 1, array("q", [9, 2])) == 1
    assert survivor(old, 1, array("q", [4, 1, 3])) == 2
    assert survivor(old, 3, array("q", [1, 2])) == 1
    assert survivor(old, 0, array("q", [8])) == 0


def test_the_cache_forgets_what_is_far_away() -> None:
    cache = RowCache()
    cache.put(range(5_000), {key: (Cell(str(key)),) for key in range(5_000)}, cache.epoch)
    cache.trim([1, 2])
    assert cache.known(2)
    assert not cache.known(4_000)
    assert cache.wanted([1, 7]) == [7]
