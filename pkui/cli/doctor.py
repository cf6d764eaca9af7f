"""`pkui doctor`: whether this computer is ready, in words."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import click

from pkui.base.errors import BadInput, PkuiError
from pkui.base.settings import ProgramSettings, config_dir, config_file, data_dir, state_dir
from pkui.base.surroundings import doubts
from pkui.base.words import N_, _, language
from pkui.base.words.errors import message
from pkui.cli.opening import Program, pass_program

SMALLEST = (80, 24)
LEAST_FREE_BYTES = 500 * 1024 * 1024
_NEEDED = ("textual", "sqlmodel", "sqlalchemy", "cryptography", "click")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what it is called, whether it is fine, and what was found."""

    name: str
    words: str
    ok: bool
    found: str


@click.command(help=_("Check whether this computer is ready for pkui. Exit code 1 when something is missing."))
@pass_program
@click.pass_context
def doctor(context: click.Context, program: Program) -> None:
    """Prints what was found."""
    chosen = program.settings
    findings = [
        Finding("pkui", "pkui", True, version("pkui")),
        Finding("python", "Python", sys.version_info >= (3, 11), sys.version.split()[0]),
        Finding("sqlite", "SQLite", sqlite3.sqlite_version_info >= (3, 35), sqlite3.sqlite_version),
        Finding("libraries", _("Libraries"), True, ", ".join(f"{name} {version(name)}" for name in _NEEDED)),
        Finding("language", _("Language"), True, language()),
        _terminal(),
        _colour(),
        _characters(),
        _told("database", _("Database"), lambda: _database(chosen)),
        _told("key", _("Key"), lambda: _key(chosen)),
        *_server(chosen),
        _disk(),
        _surroundings(chosen),
    ]
    ok = all(one.ok for one in findings)
    if program.as_json:
        checks = [{"name": one.name, "ok": one.ok, "found": one.found} for one in findings]
        program.output.data({"ok": ok, "checks": checks})
    else:
        words = {True: _("OK"), False: _("WRONG")}
        rows = [(one.words, words[one.ok], one.found) for one in findings]
        program.output.table((_("What"), _("State"), _("Found")), rows)
    context.exit(int(not ok))


def _terminal() -> Finding:
    if not sys.stdout.isatty():
        return Finding("terminal", _("Terminal"), True, _("the output is not a terminal"))
    columns, lines = shutil.get_terminal_size()
    enough = columns >= SMALLEST[0] and lines >= SMALLEST[1]
    size = f"{columns}x{lines}"
    found = size if enough else _("{size}; at least 80x24 is needed").format(size=size)
    return Finding("terminal", _("Terminal"), enough, found)


def _colour() -> Finding:
    if os.environ.get("NO_COLOR"):
        return Finding("colour", _("Colour"), True, _("off (NO_COLOR)"))
    many = os.environ.get("COLORTERM") in ("truecolor", "24bit")
    return Finding("colour", _("Colour"), True, os.environ.get("TERM", "-") + (", 24 bit" if many else ""))


def _characters() -> Finding:
    encoding = (sys.stdout.encoding or "").lower()
    ok = "utf" in encoding
    found = encoding if ok else _("{encoding}; set the terminal to UTF-8").format(encoding=encoding)
    return Finding("characters", _("Characters"), ok, found)


def _told(name: str, words: str, look: Callable[[], str]) -> Finding:
    """A finding of something that can be refused; the refusal's sentence says what to do."""
    try:
        return Finding(name, words, True, look())
    except PkuiError as error:
        return Finding(name, words, False, message(error))


def _database(chosen: ProgramSettings) -> str:
    from storage.store import open_store

    store = open_store(chosen.url, key_file=chosen.key_file)
    try:
        return f"{store.engine.dialect.name}, {store.kind.value}"
    finally:
        store.close()


def _key(chosen: ProgramSettings) -> str:
    from storage.secrets import find_key

    found = find_key(chosen.key_file)
    if found is None:
        raise BadInput("no_key")
    return {"file": _("in its file"), "keyring": _("in the keyring")}[found[1]]


_UNWISE = {
    "file_readable": N_("others on this computer can read {file}"),
    "terminal_of_another": N_("the terminal belongs to another user, and its clipboard with it"),
}


def _surroundings(chosen: ProgramSettings) -> Finding:
    """Files of others, files anybody may change, links, a key beside its database, somebody else's terminal."""
    from storage.engine import make_engine, sqlite_path
    from storage.secrets import default_key_file

    try:
        database = sqlite_path(make_engine(chosen.url))
    except PkuiError:
        database = None
    folders = (config_dir(), data_dir(), state_dir())
    found = list(doubts(config_file(), chosen.key_file or default_key_file(), database, folders))
    told = [
        _(_UNWISE[one.code]).format(file=one.file)
        if one.code in _UNWISE
        else message(BadInput(one.code, file=one.file))
        for one in found
    ]
    words = "; ".join(dict.fromkeys(told)) or _("nothing unusual")
    return Finding("surroundings", _("Surroundings"), not any(one.wrong for one in found), words)


def _server(chosen: ProgramSettings) -> list[Finding]:
    """What a server says of itself; nothing for the embedded file, or where "database" says already what is wrong."""
    from pkui.services.server import server_state

    try:
        found = server_state(chosen.url)
    except PkuiError:
        return []
    if found is None:
        return []
    version = f"PostgreSQL {found.version}"
    old = _("{version}; at least 15 is needed").format(version=version)
    replica = _("a replica, which takes no changes; name all servers in one address")
    apart = _("{seconds} s apart; set both by a time server").format(seconds=f"{found.seconds_apart:.0f}")
    used = _("{used} of {most} connections in use").format(used=found.connections, most=found.most_connections)
    role = _("may change history and log; give desks the role that `pkui db grants` prints")
    sealed, plain = _("encrypted and verified"), _("not encrypted, on this computer only")
    return [
        Finding("server", _("Server"), found.new_enough, version if found.new_enough else old),
        Finding("primary", _("Takes changes"), not found.is_replica, replica if found.is_replica else _("yes")),
        Finding("encryption", _("Connection"), True, sealed if found.encrypted else plain),
        Finding("clocks", _("Clocks"), found.clocks_agree, _("agree") if found.clocks_agree else apart),
        Finding("connections", _("Connections"), found.has_room, used),
        Finding("role", _("Database role"), True, role if found.may_change_history else _("may only add to history")),
    ]


def _disk() -> Finding:
    place = next(one for one in (data_dir(), *data_dir().parents) if one.exists())
    free = shutil.disk_usage(place).free
    found = _("{size} MB free").format(size=free // (1024 * 1024))
    return Finding("disk", _("Disk"), free >= LEAST_FREE_BYTES, found)
