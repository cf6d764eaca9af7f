"""The one table of what a person can do with a key: footer, menu, help, `pkui keys` and README are drawn from it.

One file a topic; a new screen adds its scope to `model` and its commands in a file of its own.
"""

from collections.abc import Mapping
from dataclasses import replace

from pkui.base.commands import (
    callbacks,
    case,
    day,
    everywhere,
    help_line,
    law,
    log_review,
    outbox,
    people,
    providers,
    queue,
    workload,
)
from pkui.base.commands.model import GENERAL, HOMES, WITH_A_CASE, Command, Scope
from pkui.base.words import N_, _

__all__ = ["COMMANDS", "RESERVED", "Command", "Scope", "in_scope", "keymap_problems", "spoken_key", "with_keymap"]

COMMANDS: tuple[Command, ...] = (
    *everywhere.COMMANDS,
    *queue.COMMANDS,
    *case.COMMANDS,
    *providers.COMMANDS,
    *callbacks.COMMANDS,
    *workload.COMMANDS,
    *law.COMMANDS,
    *log_review.COMMANDS,
    *outbox.COMMANDS,
    *people.COMMANDS,
    *day.COMMANDS,
    *help_line.COMMANDS,
)
"""Every command in the order help shows them."""

RESERVED = frozenset(
    {"tab", "shift+tab", "up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "ctrl+c"}
)
"""Keys that move and choose; a keymap cannot give them away."""

_SPOKEN = {
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "left": "←",
    "right": "→",
    "question_mark": "?",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": N_("Space"),
}


def with_keymap(keymap: Mapping[str, str]) -> tuple[Command, ...]:
    """The table with the keys of a person's own keymap (command id to key)."""
    return tuple(replace(one, keys=(keymap[one.id],)) if one.id in keymap else one for one in COMMANDS)


def keymap_problems(keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a keymap: code and the command or key it is about."""
    known = {command.id for command in COMMANDS}
    found = [("unknown_command", id) for id in keymap if id not in known]
    found += [("reserved_key", key) for key in keymap.values() if key in RESERVED]
    for scope in Scope:
        if scope in GENERAL:
            continue
        taken: dict[str, str] = {}
        for command in in_scope(scope, with_keymap(keymap)):
            for key in command.keys:
                if key in taken:
                    found.append(("key_taken_twice", key))
                taken[key] = command.id
    return list(dict.fromkeys(found))


def in_scope(scope: Scope, commands: tuple[Command, ...] = COMMANDS) -> list[Command]:
    """What can be done on a screen: its own commands and the general ones."""
    had = {scope, Scope.EVERYWHERE}
    had |= {Scope.WORK} if scope in WITH_A_CASE else set()
    had |= {Scope.HOME} if scope in HOMES else set()
    had |= {Scope.AWAY} if scope is not Scope.QUEUE else set()
    return [command for command in commands if command.scope in had]


def spoken_key(key: str) -> str:
    """A key as people say it: F1, Ctrl+S, Enter, n."""
    if key in _SPOKEN:
        return _(_SPOKEN[key])
    parts = key.split("+")
    return "+".join(part.capitalize() if len(part) > 1 else part for part in parts[:-1]) + (
        ("+" if len(parts) > 1 else "") + (parts[-1].upper() if len(parts) > 1 or len(parts[-1]) > 1 else parts[-1])
    )
