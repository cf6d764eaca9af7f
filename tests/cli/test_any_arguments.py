"""Whatever is typed after `pkui`, or stands in the settings file: an exit code, a sentence, and nobody's data in it."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.cli.conftest import Cli
from tests.cli.leaves import Here, leaves
from tests.data.submissions import replacement_number

PLANTED = (replacement_number(77), "Skjulgaard", "Gemmestien 12", "51525354")
"""Personal data as it is typed by mistake into any argument."""
AT_MOST = ("callbacks plan", "callbacks repair", "workload rebalance")
"""Commands that think for long: they are tried with what is wrong, not with what is right."""
VALUES = st.one_of(
    st.sampled_from([*PLANTED, "1", "8", "99", "-1", "0", "-", "--", "", " ", "æøå", "\x1b[31m", "'; --", "../../x"]),
    st.sampled_from(["2026-11-24", "2026-13-45", "08:30", "anna", "1081", "2026-000001", "{}", "[]", "nul\x00byte"]),
    st.text(max_size=8),
)
LEAVES = sorted((words for words, _command in leaves() if " ".join(words) not in AT_MOST))
OPTIONS = {words: [one for one in command.params if one.opts] for words, command in leaves()}
modest = hypothesis_settings(
    max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def here(office: Cli, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Here:
    """The office, run in this process."""
    return Here(capsys, monkeypatch, tmp_path, office.environment())


@st.composite
def lines(draw: Callable[[Any], Any]) -> list[str]:
    """A command with any of its options and arguments, holding anything."""
    words = draw(st.sampled_from(LEAVES))
    line: list[str] = draw(st.sampled_from([[], ["--json"], ["--plain"]])) + list(words)
    for parameter in draw(st.lists(st.sampled_from(OPTIONS[words]), max_size=5)):
        if isinstance(parameter, click.Option):
            line.append(draw(st.sampled_from([one for one in parameter.opts if one != "--help"] or ["--json"])))
            if not parameter.is_flag:
                line.append(draw(VALUES))
        else:
            line.append(draw(VALUES))
    return line


@modest
@given(lines(), st.sampled_from(["", "{}", PLANTED[1], "\x00", '{"schema": "pk-intake/1"}']))
def test_req_3_no_argument_brings_a_traceback_or_comes_back(here: Here, line: list[str], stdin: str) -> None:
    ran = here(*line, stdin=stdin)
    assert ran.code in (0, 1, 2, 3), line
    assert '"internal"' not in ran.err and "Reference" not in ran.err, (line, ran.err)
    assert "Traceback" not in ran.out + ran.err
    assert not [one for one in PLANTED if one in ran.err], (line, ran.err)


@modest
@given(
    st.one_of(
        st.text(max_size=60),
        st.dictionaries(
            st.sampled_from(["database_url", "user", "lang", "key_file", "keymap", "catalogue_url", "x y"]),
            st.one_of(VALUES, st.integers(), st.booleans(), st.lists(st.integers(), max_size=2)),
            max_size=3,
        ).map(lambda values: "\n".join(f'"{name}" = {_toml(value)}' for name, value in values.items())),
    )
)
def test_req_3_no_settings_file_brings_a_traceback_or_comes_back_in_an_error(here: Here, text: str) -> None:
    with tempfile.NamedTemporaryFile(dir=here.folder, suffix=".toml") as file:
        file.write(text.encode("utf-8", "surrogatepass"))
        file.flush()
        env = {name: value for name, value in here.env.items() if name not in ("PKUI_DATABASE_URL", "PKUI_KEY_FILE")}
        ran = Here(here.capture, here.patch, here.folder, env | {"PKUI_CONFIG": file.name})("queue", "list", "--json")
    assert ran.code in (0, 1, 2, 3), text
    assert '"internal"' not in ran.err, (text, ran.err)
    assert not [one for one in PLANTED if one in ran.err], (text, ran.err)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\u{ord(one):04x}" if ord(one) < 0x10000 else "?" for one in value) + '"'
    return str(value)
