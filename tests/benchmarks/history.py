"""A long closed history for benchmarks on PostgreSQL, written by the server itself: no row of it passes through Python.

Each case has what listing, searching, opening, the log and taking the next one read or step over: a person (two cases
each) with the words of her name, three events, two rows of the access log, two facts, two call times, a contact and a
note. Every index and every check is in place; only references are not looked up row by row, since they are made by the
same formula. What is not there: sealed bodies and person numbers, and signatures of the log that would verify.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from pkui.base.clock import TRAINING_START
from pkui.domain.folding import fold
from pkui.services.demo.names import (
    BOYS,
    GIRLS,
    LAST_NAMES,
    MEN_BEFORE_1965,
    MEN_BEFORE_1995,
    WOMEN_BEFORE_1965,
    WOMEN_BEFORE_1995,
)
from storage.engine import make_engine

ROWS_AT_ONCE = 250_000
AT_ONCE = 2
CASES_A_PERSON = 2
FIRST_NAMES = WOMEN_BEFORE_1965 + MEN_BEFORE_1965 + WOMEN_BEFORE_1995 + MEN_BEFORE_1995 + GIRLS + BOYS
RARE = "Sjældenskov"
"""The name of one person in ten thousand."""
CASE, PERSON, FACT, CONTACT, NOTE = range(5)
"""Kinds of keys."""


@dataclass(frozen=True)
class Part:
    """One table's rows as a SELECT over the numbers `n` in NUMBERS; one number stands for `cases` cases."""

    table: str
    columns: str
    select: str
    cases: int = 1


def fill(url: str, count: int, staff: UUID) -> None:
    """Closed cases 1 to `count`, worked by that person; the next enquiry gets the number after them."""
    # Filling takes longer than a desk would wait.
    engine = make_engine(url, in_a_hurry=False)
    chunks = [
        (part, first, min(first + ROWS_AT_ONCE, count // part.cases + 1))
        for part in parts(count, staff)
        for first in range(1, count // part.cases + 1, ROWS_AT_ONCE)
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda chunk: _write(engine, *chunk), chunks))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE counters SET value = :count WHERE name = 'queue_number'"), {"count": count})
        connection.execute(
            sa.text("INSERT INTO access_chains (id, number, mac, end_mac) VALUES (:staff, :last, '', '')"),
            {"staff": staff, "last": 2 * count},
        )
    settle(engine)
    engine.dispose()


def settle(engine: Engine) -> None:
    """What a server at work has done by itself long ago: rows counted and cleared up, everything on the disk."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE)")
        connection.exec_driver_sql("CHECKPOINT")


def _write(engine: Engine, part: Part, first: int, end: int) -> None:
    numbers = f"generate_series({first}::bigint, {end - 1}::bigint) n(n)"
    select = part.select.replace("NUMBERS", numbers)
    with engine.begin() as connection:
        # References are right by the formula; looking each up would only take time.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        connection.execution_options(no_parameters=True).exec_driver_sql(
            f"INSERT INTO {part.table} ({part.columns}) {select}"
        )


def parts(count: int, staff: UUID) -> list[Part]:
    """Every table of the history, the longest first."""
    person = _key(PERSON, f"(1 + n * 7919 % {max(1, count // CASES_A_PERSON)})")
    case, who, at = _key(CASE, "n"), f"'{staff}'::uuid", _at("n", count)
    two = "FROM NUMBERS, generate_series(0, 1) k"
    return [
        Part(
            "events",
            "case_id, at, staff_id, kind, details",
            f"SELECT {case}, {at} + k * interval '1 hour', {who}, (ARRAY['received', 'assigned', 'closed'])[k + 1], "
            "'{}' FROM NUMBERS, generate_series(0, 2) k",
        ),
        Part(
            "access_log",
            "at, staff_id, number, kind, what, place, patient_id, case_id, mac",
            f"SELECT {at} + k * interval '1 minute', {who}, 2 * n - 1 + k, (ARRAY['create', 'change'])[k + 1], 'case', "
            f"'desk', {person}, {case}, sha256(int8send(2 * n + k)) {two}",
        ),
        Part(
            "facts",
            "id, case_id, name, value, source, recorded_by, recorded_at",
            f"SELECT {_key(FACT, '(2 * n + k)')}, {case}, (ARRAY['letter_date', 'referral_received'])[k + 1], "
            f"to_json(({at})::date::text), 'patient', {who}, {at} {two}",
        ),
        Part("cases", *_cases(case, person, who, at)),
        Part("patient_names", *_names(), cases=CASES_A_PERSON),
        Part("patients", *_patients(count), cases=CASES_A_PERSON),
        Part(
            "call_windows",
            "case_id, weekday, starts, ends",
            f"SELECT {case}, 1 + (n + 2 * k) % 5, time '09:00', time '11:30' {two}",
        ),
        Part(
            "contacts",
            "id, case_id, staff_id, at, direction, party, result, counts_as_attempt",
            f"SELECT {_key(CONTACT, 'n')}, {case}, {who}, {at}, 'outgoing', 'patient', 'reached', true FROM NUMBERS",
        ),
        Part(
            "notes",
            "id, case_id, author_id, at, text",
            f"SELECT {_key(NOTE, 'n')}, {case}, {who}, {at}, 'Talte med afdelingen om tiden, jf. brev ' || n || "
            "'. Patienten vil gerne vente og ringer selv igen, hvis det bliver værre.' FROM NUMBERS",
        ),
    ]


def _key(kind: int, number: str) -> str:
    """A key that rises with its number, as keys made over time do."""
    start = int(TRAINING_START.timestamp() * 1000) - 10**11
    return f"(lpad(to_hex({start} + {number}), 12, '0') || '7{kind:03d}8' || lpad(to_hex({number}), 15, '0'))::uuid"


def _at(number: str, count: int) -> str:
    """When a case came: evenly over ten years that end a month before the training clock starts."""
    apart = 10 * 365 * 86_400 / max(1, count)
    end = f"timestamptz '{TRAINING_START.isoformat()}' - interval '30 days'"
    return f"({end} - ({count} - {number}) * interval '{apart:.3f} seconds')"


def _cases(case: str, person: str, who: str, at: str) -> tuple[str, str]:
    values = {
        "id": case,
        "version": "4",
        "queue_number": "n",
        "case_number": "'2016-' || lpad(n::text, 7, '0')",
        "patient_id": person,
        "topic": "(ARRAY['faster_treatment', 'faster_assessment', 'hearing_aid', 'health_record'])[1 + n % 4]",
        "priority_class": "2 + n % 3",
        "due_at": f"{at} + interval '14 days'",
        "why": "'[]'",
        "complexity": "'ordinary'",
        "team": "'general'",
        "flagged_words": "'[]'",
        "state": "'closed'",
        "assignee_id": who,
        **dict.fromkeys(("received_at", "registered_at"), at),
        **dict.fromkeys(("answered_at", "closed_at", "changed_at"), f"{at} + interval '2 days'"),
        "attempts": "1",
        "one_attempt_only": "false",
        "outcome": "'advised'",
        "channel": "'self_service'",
        "language": "'da'",
        "reply_channel": "'phone'",
        "phone": "'+45' || 20000000 + n * 7919 % 60000000",
        "digital_post": "'yes'",
        "free_text": "'Jeg har ventet længe på min tid og vil gerne vide, om jeg kan komme til et andet sted. ' || n",
    }
    return ", ".join(values), f"SELECT {', '.join(values.values())} FROM NUMBERS"


def _patients(count: int) -> tuple[str, str]:
    rare = f"CASE WHEN n % 10000 = 1 THEN ' {RARE}' ELSE '' END"
    values = {
        "id": _key(PERSON, "n"),
        "version": "1",
        "identifier_type": "'none'",
        "name": f"{_word(FIRST_NAMES, 31)} || ' ' || {_word(LAST_NAMES, 7)} || {rare}",
        "birth_date": "date '1930-01-01' + (n % 30000)::int",
        "address_line": "'Prøvevej ' || n % 200",
        "postcode": "'8000'",
        "city": "'Aarhus C'",
        "protected": "false",
        "made_at": _at(f"{CASES_A_PERSON} * n", count),
    }
    return ", ".join(values), f"SELECT {', '.join(values.values())} FROM NUMBERS"


def _names() -> tuple[str, str]:
    person = _key(PERSON, "n")
    words = [_word([fold(name) for name in names], step) for names, step in ((FIRST_NAMES, 31), (LAST_NAMES, 7))]
    each = [f"SELECT {word}, {person} FROM NUMBERS" for word in words]
    return "word, patient_id", " UNION ALL ".join(
        [*each, f"SELECT '{fold(RARE)}', {person} FROM NUMBERS WHERE n % 10000 = 1"]
    )


def _word(words: Sequence[str], step: int) -> str:
    """One of the words by the number; the first of them are far more frequent than the last."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"(ARRAY[{listed}])[1 + floor({len(words)} * power((n * {step} % 9973) / 9973.0, 1.5))::int]"
