"""Taking a file of numbers in: what it would change is seen first."""

from __future__ import annotations

from pathlib import Path

from pkui.base.errors import PkuiError
from pkui.base.words import _
from pkui.base.words.errors import message
from pkui.domain import phones
from pkui.domain.phone_book import PhoneChanges, PhoneRow
from pkui.services import phone_book
from screens.dialogs.confirm import Confirm
from screens.dialogs.line import Line
from screens.work_screen import WorkScreen

MOST_SHOWN = 4


class PhoneFile(WorkScreen):
    """The steps of taking a file in."""

    def load(self) -> None:
        """Reads the book anew; the screen itself adds how."""

    def words_of(self, error: PkuiError) -> str:
        """Why something was refused."""
        return message(error)

    def do_phone_import(self) -> None:
        """F8: which file."""
        self.app.push_screen(
            Line(_("Which file? CSV or JSON: kind, name, place, phone, hours, note")),
            lambda path: self._preview(path) if path else None,
        )

    def _preview(self, path: str) -> None:
        def read() -> tuple[list[PhoneRow], PhoneChanges]:
            """The file's rows, and what they would change."""
            rows = phone_book.read_phone_file(Path(path).expanduser())
            return rows, phone_book.preview_phones(self.bench.here, rows)

        self.ask(read, lambda found: self._ask_to_take_in(path, *found), group="file")

    def _ask_to_take_in(self, path: str, rows: list[PhoneRow], found: PhoneChanges) -> None:
        if not (found.added or found.changed or found.ended):
            self.say(_("The file changes nothing."))
            return

        def take_in(agreed: bool | None) -> None:
            """Takes the rows in."""
            if agreed:
                self.ask(
                    lambda: phone_book.import_phones(self.bench.here, rows, source=Path(path).name),
                    lambda _changes: self._taken_in(),
                    group="write",
                )

        self.app.push_screen(Confirm(_("What the file changes"), _lines(found), yes=_("Take it in")), take_in)

    def _taken_in(self) -> None:
        self.load()
        self.say(_("The file is taken in."))


def _lines(found: PhoneChanges) -> list[str]:
    """How many are added, changed and ended, and the first of each."""
    parts = (
        (_("added"), found.added),
        (_("changed"), tuple(after for _before, after in found.changed)),
        (_("ended"), found.ended),
    )
    lines = []
    for words, rows in parts:
        lines.append(f"{words}: {len(rows)}")
        lines += [f"  {row.name} · {row.place} · {phones.display(row.phone)}" for row in rows[:MOST_SHOWN]]
    return lines
