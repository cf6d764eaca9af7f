"""The measuring itself: tables, the pseudo-terminal, and that every benchmark can be found."""

from pathlib import Path

import pytest

from tests.benchmarks.__main__ import found
from tests.benchmarks.bench_list import make
from tests.benchmarks.options import Options
from tests.benchmarks.pty_app import PtyApp, python
from tests.benchmarks.tables import Table, p50, p95, percentile

pytestmark = pytest.mark.bench


def test_percentiles_are_values_that_occurred() -> None:
    assert p50([3, 1, 2]) == 2
    assert p95(range(1, 101)) == 96
    assert percentile([7], 0.95) == 7
    with pytest.raises(ValueError, match="no values"):
        p50([])


def test_a_table_aligns_its_columns_and_names_what_it_missed() -> None:
    table = Table("Title", ("what", "ms"))
    table.add("first", 12.345)
    table.add("second one", 1_234.5)
    table.expect("second", 10.0, 20.0)
    table.expect("third", 30.0, 20.0)
    assert table.render().splitlines() == [
        "Title", "=====", "what           ms", "----------  -----", "first        12.3",
        "second one  1,234", "MISSED third: 30.0 > 20.0",
    ]  # fmt: skip


def test_every_benchmark_has_a_name_and_can_run() -> None:
    modules = found()
    assert "list" in modules
    assert all(callable(module.run) for module in modules.values())


def test_a_quick_run_repeats_less() -> None:
    assert Options(Path("x")).times(40) == 40
    assert Options(Path("x"), quick=True).times(40) == 8
    assert Options(Path("x"), quick=True).times(5) == 3


@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
def test_a_program_in_a_terminal_is_timed_by_what_it_shows() -> None:
    with PtyApp(python("tests.benchmarks.floor_app"), size=(60, 10)) as app:
        first = app.first_frame()
        assert 0 < first <= app.wait_for("bare")
        app.quiet(0.2)
        assert app.press("x", lambda lines: "bare 1" in lines[0]) > 0
        assert app.press("down") > 0
        assert app.lines[0].strip() == "bare 2"
        assert len(app.lines) == 10
        assert app.cpu_ms() > 10
        assert app.peak_mib() > 10
        with pytest.raises(TimeoutError, match="bare 2"):
            app.wait(lambda lines: "never" in lines[0], timeout=0.1)


@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
def test_a_program_that_cannot_start_is_an_error_and_not_a_time() -> None:
    with PtyApp(["/nonexistent/program"]) as app, pytest.raises(TimeoutError, match="No such file"):
        app.wait_for("anything", timeout=5)


@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
def test_the_list_shows_and_filters_in_a_terminal(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("list") / "list.sqlite"
    make(path, 200)
    with PtyApp(python("tests.benchmarks.list_app", path, 200), size=(80, 24)) as app:
        app.wait_for("Person Test")
        assert "Team" not in app.lines[1]
        app.resize(120, 30)
        app.wait(lambda lines: "Team" in lines[1], timeout=5)
        app.press("f", lambda lines: "turn 1" in lines[0])
        assert "200 of 200" not in app.lines[0]
