"""`pkui rights`: what a set of facts gives a patient a right to; opens no database."""

import json
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from pkui.base.calendar import public_holidays
from pkui.base.clock import local_date
from pkui.base.errors import BadInput
from pkui.base.law import packaged_law
from pkui.base.words import _
from pkui.base.words import rights as words
from pkui.cli.opening import Program
from pkui.domain.rights.answers import Hint
from pkui.domain.rights.engine import check, questions, worst_first
from pkui.domain.rights.facts import RightsFacts
from pkui.domain.rights.law import BadLaw, Law, parse_law
from pkui.domain.rights.reading import BadFacts, read_facts

SCHEMA = "pk-rights/1"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NAME = re.compile(r"[A-Za-z_]{1,60}[0-9]{0,3}", re.ASCII)


@click.group(help=_("Patients' rights, with dates, reasons and the next question."))
def rights() -> None:
    """Patients' rights, with dates, reasons and the next question."""


@rights.command("check", help=_("Hints for a set of facts: a JSON object in a file, or `-` for standard input."))
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--on", "on", metavar="DATE", help=_("Judge on this day (YYYY-MM-DD) instead of today."))
@click.option("--law", "law_file", type=click.Path(path_type=Path), help=_("Count with the numbers in this file."))
@click.pass_context
def check_command(context: click.Context, file: Path, on: str | None, law_file: Path | None) -> None:
    """Hints for a set of facts: a JSON object in a file, or `-` for stdin."""
    program = context.ensure_object(Program)
    law = _law(None if law_file is None else _read(law_file, "bad_law"))
    facts, day = _facts(_read(file, "bad_facts")), _on(on, program.settings.now)
    hints = check(facts, on=day, law=law, calendar=public_holidays())
    if program.as_json:
        program.output.data(document(hints, day, law))
    else:
        program.output.lines(lines(hints))


def check_document(text: str, on: date, law_text: str | None = None) -> tuple[int, dict[str, Any]]:
    """Exit code and answer for the facts in a JSON text: 0 with the hints, 2 with the error object."""
    try:
        law = _law(law_text)
        hints = check(_facts(text), on=on, law=law, calendar=public_holidays())
    except BadInput as error:
        return error.exit_code, {"error": {"code": error.code, "details": error.details}}
    return 0, document(hints, on, law)


def document(hints: list[Hint], on: date, law: Law) -> dict[str, Any]:
    """The answer as `pk-rights/1`: every key always there, sentences in the language in use."""
    return {
        "schema": SCHEMA,
        "on": on.isoformat(),
        "law": {"version": law.version, "office_values": bool(law.office)},
        "hints": [_hint(hint) for hint in hints],
    }


def _hint(hint: Hint) -> dict[str, Any]:
    return {
        "right": hint.right.value,
        "limb": hint.limb,
        "answer": hint.answer.value,
        "deadline": None if hint.deadline is None else hint.deadline.isoformat(),
        "days_left": hint.days_left,
        "breached": hint.breached,
        "citations": list(hint.citations),
        "because": [{"fact": one.fact, "value": one.value} for one in hint.because],
        "missing": list(hint.missing),
        "count": [
            {"date": row.day.isoformat(), "day": row.number, "note": words.count_note(row.note)} for row in hint.count
        ],
        "adviser": words.adviser_sentence(hint),
        "patient": words.patient_sentence(hint),
    }


def lines(hints: list[Hint]) -> list[str]:
    """The hints as text, worst first: what the adviser is told, then the questions by who can answer."""
    shown = [
        f"{words.answer_symbol(hint.answer)} {words.adviser_sentence(hint)} ({', '.join(hint.citations)})"
        for hint in worst_first(hints)
    ]
    for who, names in questions(hints).items():
        if names:
            shown.append(f"{words.asked_of_words(who)}:")
            shown += [f"  {words.question(name)}" for name in names]
    return shown or [words.summary_for_patient(hints)]


def _read(path: Path, code: str) -> str:
    """The text of a file, or of standard input. Raises BadInput."""
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise BadInput("no_file") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(code, pointer="/", problem="not_utf8") from error


def _law(text: str | None) -> Law:
    """The packaged law, or the one in the text; it must hold every rule that is counted with. Raises BadInput."""
    packaged = packaged_law()
    if text is None:
        return packaged
    try:
        law = parse_law(text)
    except BadLaw as error:
        raise BadInput("bad_law", pointer=error.pointer, problem=error.code) from error
    if packaged.rules.keys() - law.rules.keys():
        raise BadInput("bad_law", pointer="/rule", problem="rule_missing")
    return law


def _facts(text: str) -> RightsFacts:
    """The facts in a JSON text. Raises BadInput with the pointer to the first fault."""
    try:
        return read_facts(json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant))
    except BadFacts as error:
        raise BadInput("bad_facts", pointer=_pointer(error.pointer), problem=error.code) from error
    except (ValueError, RecursionError) as error:
        raise BadInput("bad_facts", pointer="/", problem="not_json") from error


def _pointer(pointer: str) -> str:
    """The pointer, with what is no name or number masked: a name that was typed may hold anything."""
    parts = pointer.split("/")[1:]
    return "/" + "/".join(
        part if _NAME.fullmatch(part) or (part.isdecimal() and len(part) < 6) else "…" for part in parts if part
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise BadFacts(f"/{next(name for name in names if names.count(name) > 1)}", "twice")
    return found


def _no_constant(name: str) -> float:
    raise BadFacts("/", "not_json")


def _on(text: str | None, frozen: datetime | None) -> date:
    """The day to judge on: given, or today in Copenhagen (`PKUI_NOW` stands still). Raises BadInput."""
    if text is None:
        return local_date(frozen or datetime.now(UTC))
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("bad_on") from error
    raise BadInput("bad_on")
