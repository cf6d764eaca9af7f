"""Search across every case, open and closed; each search leaves one row in the access log, also one without hits."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from pkui.base.errors import BadInput
from pkui.domain import phones
from pkui.domain.access_codes import AccessKind
from pkui.domain.folding import fold_words
from pkui.domain.identifiers import classify
from pkui.domain.permissions import Permission
from pkui.services.desk import Work, use_case
from pkui.services.queue import QueueRow, row_of
from storage import search as stored
from storage.patients import index_of
from storage.queue import read_rows

MOST_HITS = 50
MOST_WORDS = 5
LONGEST_TEXT = 200
_HASHED = "access_log.criterion"
_CASE_NUMBER = re.compile(r"[0-9]{4}-[0-9]{1,12}")
_QUEUE_NUMBER = re.compile(r"[0-9]{1,7}")


class Criterion(StrEnum):
    """What a search text was taken for."""

    IDENTIFIER = "identifier"
    PHONE = "phone"
    NUMBER = "number"
    NAME = "name"


@use_case(Permission.READ_QUEUE)
def find_cases(work: Work, text: str) -> list[QueueRow]:
    """The newest cases of a person number, phone, case or queue number, or name; at most 50.

    The log keeps what sort of text it was, its keyed hash and the hits, never the text.
    """
    kind, plain, condition = _read(work, text)
    numbers = stored.read_newest(work.session, condition(), limit=MOST_HITS)
    _log(work, kind, plain, len(numbers))
    return [row_of(work, record) for record in read_rows(work.session, numbers)]


@use_case(Permission.READ_QUEUE)
def searched(work: Work, text: str, hits: int) -> None:
    """Logs a search that narrowed a list while it was typed: one row when it is finished, also without hits."""
    if fold_words(text) and len(text) <= LONGEST_TEXT:
        kind, plain, _condition = _read(work, text)
    else:
        kind, plain = Criterion.NAME, text[:LONGEST_TEXT]
    _log(work, kind, plain, hits)


def _log(work: Work, kind: Criterion, plain: str, hits: int) -> None:
    work.log(
        AccessKind.SEARCH,
        "case",
        criterion_kind=kind.value,
        criterion_hash=work.cipher.blind_index(_HASHED, f"{kind.value}\0{plain}"),
        hits=hits,
    )


def _read(work: Work, text: str) -> tuple[Criterion, str, Callable[[], stored.Condition]]:
    """What the text is, in one written form, and how it is looked up. Raises BadInput when it is none or too long."""
    text = text.strip()
    if not text:
        raise BadInput("text_needed")
    if len(text) > LONGEST_TEXT:
        raise BadInput("text_too_long", longest=LONGEST_TEXT)
    if identifier := classify(text):
        return Criterion.IDENTIFIER, identifier.value, partial(stored.by_identifier, index_of(identifier, work.cipher))
    if _CASE_NUMBER.fullmatch(text) or _QUEUE_NUMBER.fullmatch(text):
        return Criterion.NUMBER, text, partial(stored.by_number, text)
    if phone := phones.normalise(text):
        return Criterion.PHONE, phone, partial(stored.by_phone, work.session, phone)
    words = fold_words(text)[:MOST_WORDS]
    if not words:
        raise BadInput("text_needed")
    return Criterion.NAME, " ".join(words), partial(stored.by_name, work.session, words)
