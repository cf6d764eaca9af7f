"""README's table of keys, drawn from the command table: `update` writes it, a test compares."""

import sys
from pathlib import Path

from pkui.base.commands import COMMANDS, Scope, spoken_key
from pkui.base.words import use_language

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- keys: drawn from the command table by `make readme` -->\n", "<!-- end of keys -->\n"
WHERE = {
    Scope.EVERYWHERE: "everywhere",
    Scope.QUEUE: "queue",
    Scope.CASE: "case",
    Scope.LAW: "law",
    Scope.PEOPLE: "people",
    Scope.SETTINGS: "settings",
    Scope.LOG: "log review",
    Scope.PROVIDERS: "places",
    Scope.ENDINGS: "ended agreements",
    Scope.DRAFTS: "drafts",
    Scope.TEXTS: "templates",
    Scope.PHONE_BOOK: "phone book",
    Scope.IMPORT: "before taking in",
    Scope.CALLBACKS: "a week of calls",
    Scope.SPARRING: "sparring",
    Scope.OFFICE_CALLS: "the office's calls",
    Scope.PROPOSAL: "a proposal",
    Scope.ALARM: "call times missed today",
    Scope.WORKLOAD: "workload",
    Scope.DAY_SHEET: "the day's sheet",
    Scope.REBALANCE: "a proposal to move cases",
    Scope.CASES: "cases behind a figure",
    Scope.ENQUIRY: "new enquiry",
    Scope.RECEIPT: "receipt",
    Scope.INCOMING: "incoming call",
    Scope.CALL: "a call taken",
    Scope.PARKED: "parked",
    Scope.WORK: "queue, case",
    Scope.DAY: "My day",
    Scope.RECIPIENTS: "follow-ups by recipient",
    Scope.WORK: "queue, case, My day",
    Scope.HOME: "where a day starts",
    Scope.AWAY: "all but the queue",
}


def table() -> str:
    """The keys in both languages, as Markdown."""
    rows = ["| key | where | Danish | English |", "|---|---|---|---|"]
    for command in COMMANDS:
        words = []
        for language in ("da", "en"):
            use_language(language)
            words.append(f"{command.label()}: {command.tooltip()}")
        keys = ", ".join(f"`{spoken_key(key)}`" for key in command.keys) or "menu"
        rows.append(f"| {keys} | {WHERE[command.scope]} | {words[0]} | {words[1]} |")
    use_language("da")
    return "\n".join(rows) + "\n"


def with_table(text: str) -> str:
    """README with the table as it should be."""
    before, rest = text.split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END)[1]


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        README.write_text(with_table(README.read_text("utf-8")), encoding="utf-8")
