"""What a command is, and on which screens it is to be had."""

from dataclasses import dataclass
from enum import StrEnum

from pkui.base.words import _


class Scope(StrEnum):
    """Where a command is to be had: on one screen, or on several.

    `work`: queue and case. `home`: the screens a day starts from. `away`: all but the queue.
    """

    EVERYWHERE = "everywhere"
    WORK = "work"
    HOME = "home"
    AWAY = "away"
    QUEUE = "queue"
    CASE = "case"
    LAW = "law"
    PEOPLE = "people"
    SETTINGS = "settings"
    LOG = "log"
    PROVIDERS = "providers"
    CALLBACKS = "callbacks"
    ENDINGS = "endings"
    DRAFTS = "drafts"
    TEXTS = "texts"
    PHONE_BOOK = "phone_book"
    IMPORT = "import"
    SPARRING = "sparring"
    OFFICE_CALLS = "office_calls"
    PROPOSAL = "proposal"
    ALARM = "alarm"
    WORKLOAD = "workload"
    DAY_SHEET = "day_sheet"
    REBALANCE = "rebalance"
    CASES = "cases"
    ENQUIRY = "enquiry"
    INCOMING = "incoming"
    CALL = "call"
    PARKED = "parked"
    RECEIPT = "receipt"
    DAY = "day"
    RECIPIENTS = "recipients"


@dataclass(frozen=True)
class Command:
    """One thing to do. `key` is the first key and the one shown; `footer` places it there, smallest first."""

    id: str
    scope: Scope
    keys: tuple[str, ...]
    words: str
    explained: str
    footer: int | None = None

    @property
    def key(self) -> str:
        """The key that is shown; none for what only the menu has."""
        return self.keys[0] if self.keys else ""

    def label(self) -> str:
        """The command in a word or two."""
        return _(self.words)

    def tooltip(self) -> str:
        """The command in a sentence."""
        return _(self.explained)


GENERAL = frozenset({Scope.EVERYWHERE, Scope.WORK, Scope.HOME, Scope.AWAY})
"""Scopes that are no screen of their own."""
WITH_A_CASE = (Scope.QUEUE, Scope.CASE, Scope.DAY)
"""The screens of the commands of `WORK`."""
HOMES = (Scope.QUEUE, Scope.DAY, Scope.WORKLOAD, Scope.DAY_SHEET)
"""The screens of the commands of `HOME`."""
