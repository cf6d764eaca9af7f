"""The catalogues: `update` takes msgids from the code and compiles, `check` fails on what is missing or stale."""

import ast
import re
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
PO = ROOT / "pkui" / "locale" / "da" / "LC_MESSAGES" / "pkui.po"
MO = PO.with_suffix(".mo")
PACKAGES = ("pkui", "screens", "storage")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")


def from_code() -> Catalog:
    """Every marked text of the three packages."""
    catalogue = Catalog(locale="da", project="pkui", charset="utf-8")
    for package in PACKAGES:
        found = extract_from_dir(ROOT / package, [("**.py", "python")], keywords=KEYWORDS)
        for _file, _line, message, _comments, context in found:
            catalogue.add(message, context=context)
    return catalogue


def in_f_strings(source: str) -> list[int]:
    """The lines on which a text is marked inside an f-string, where Python 3.11's tokens hide it from the catalogue."""
    lines = {
        call.lineno
        for text in ast.walk(ast.parse(source))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
    }
    return sorted(lines)


def hidden() -> list[str]:
    """Every place of the three packages where a text is marked inside an f-string, one line each."""
    return [
        f"a text marked inside an f-string: {file.relative_to(ROOT)}:{line}"
        for package in PACKAGES
        for file in sorted((ROOT / package).rglob("*.py"))
        for line in in_f_strings(file.read_text("utf-8"))
    ]


def translated() -> Catalog:
    """The Danish catalogue as it stands."""
    with PO.open("rb") as file:
        return read_po(file, locale="da")


def save(catalogue: Catalog) -> None:
    """Writes and compiles the catalogue; its header is always the same, so that only words make a difference."""
    catalogue.fuzzy = False
    catalogue.header_comment = "# The users' words in Danish."
    catalogue.project, catalogue.version = "pkui", "1"
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 23, tzinfo=UTC)
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = "pkui"
    with PO.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, no_location=True)
    MO.write_bytes(compiled(translated()))


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def update() -> None:
    """Takes new msgids into the catalogue, drops the ones no longer used, and compiles it."""
    catalogue = translated()
    catalogue.update(from_code(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    save(catalogue)


def problems() -> list[str]:
    """What is wrong with the Danish catalogue, one line each."""
    catalogue, wanted = translated(), from_code()
    found = hidden()
    for message in wanted:
        danish = catalogue.get(message.id, message.context) if message.id else None
        if message.id and (danish is None or not _complete(danish) or danish.fuzzy):
            found.append(f"no Danish: {message.id!r}")
        elif danish is not None:
            found.extend(f"{fault}: {message.id!r}" for fault in _faults(danish))
    found.extend(
        f"not in the code: {one.id!r}" for one in catalogue if one.id and wanted.get(one.id, one.context) is None
    )
    if MO.read_bytes() != compiled(catalogue):
        found.append("pkui.mo is not what pkui.po compiles to; run make catalogues")
    return found


def _texts(message: Message) -> tuple[list[str], list[str]]:
    ids = list(message.id) if isinstance(message.id, (list, tuple)) else [message.id]
    strings = list(message.string) if isinstance(message.string, (list, tuple)) else [message.string]
    return ids, [str(text or "") for text in strings]


def _complete(message: Message) -> bool:
    return all(text.strip() for text in _texts(message)[1])


def _faults(message: Message) -> list[str]:
    ids, strings = _texts(message)
    wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
    got = {name for text in strings for name in PLACEHOLDER.findall(text)}
    faults = [] if got == wanted else ["placeholders differ"]
    return faults


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    else:
        wrong = problems()
        print("\n".join(wrong) or "The Danish catalogue is complete.")
        raise SystemExit(bool(wrong))
