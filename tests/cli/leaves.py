"""Every command of the command line, and running one within this process: much is asked of all of them at once."""

import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest

from pkui.base.words import use_language
from pkui.cli.main import command_line, run
from tests.cli.conftest import Ran

OPENS_THE_WORKBENCH = frozenset({("demo",)})
"""Commands that take the terminal."""


def leaves() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The words of each command, and the command."""
    line = command_line()
    context = click.Context(line)
    for name in line.list_commands(context):
        command = line.get_command(context, name)
        assert command
        yield from _below((name,), command)


def _below(words: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from _below((*words, name), one)
    elif words not in OPENS_THE_WORKBENCH:
        yield words, command


@dataclass
class Here:
    """Runs commands in this process, with an environment of their own."""

    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, stdin: str = "") -> Ran:
        """Runs a command to its end."""
        self.capture.readouterr()
        with self.patch.context() as patch:
            for name in [one for one in os.environ if one.startswith(("PKUI_", "XDG_", "LC_"))]:
                patch.delenv(name)
            for name, value in self.env.items():
                patch.setenv(name, value)
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
            patch.chdir(self.folder)
            try:
                code = run(arguments)
            finally:
                use_language("da")
        told = self.capture.readouterr()
        return Ran(code, told.out, told.err)
