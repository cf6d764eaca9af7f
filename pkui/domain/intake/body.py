"""From bytes to a JSON object, whatever the bytes are, and the hash by which a body is recognised again."""

import hashlib
import json
from dataclasses import dataclass

from pkui.domain.intake.values import LIMIT_BYTES, Problem, ProblemCode, Rejected

MAX_DEPTH = 64
MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON object and what is wrong with it as a whole."""

    values: dict[str, object]
    problems: tuple[Problem, ...]


class _Flaws:
    """Collects, while JSON is read, what its grammar or ours does not allow."""

    def __init__(self) -> None:
        self.codes: dict[ProblemCode, None] = {}

    def pairs(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """An object of JSON; a key that comes twice is noted."""
        values = dict(pairs)
        if len(values) != len(pairs):
            self.codes[ProblemCode.DUPLICATE_KEY] = None
        return values

    def constant(self, _name: str) -> None:
        """NaN and the infinities are noted, and become nothing."""
        self.codes[ProblemCode.NOT_A_NUMBER] = None


def _whole_number(digits: str) -> int | float:
    """A number too long to be one of ours becomes a float, which no field that wants an integer takes."""
    return int(digits) if len(digits) <= MAX_DIGITS else float(digits)


def read_body(raw: bytes) -> Body | Rejected:
    """The JSON object of a body, or why it is none. Never raises.

    A byte order mark is passed over. Bytes that are no UTF-8 but hold an object all the same are a problem of
    that body, not its end; so are keys given twice, NaN and objects nested too deep.
    """
    if len(raw) > LIMIT_BYTES:
        return Rejected(ProblemCode.TOO_LARGE)
    flaws = _Flaws()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode(json.detect_encoding(raw), errors="replace").removeprefix("\ufeff")
        flaws.codes[ProblemCode.NOT_UTF8] = None
    try:
        values = _decode(text, flaws)
    except RecursionError:
        if not text.lstrip().startswith("{"):
            return Rejected(ProblemCode.NOT_AN_OBJECT)
        return Body({}, (Problem("", ProblemCode.TOO_DEEP),))
    except ValueError:
        return Rejected(ProblemCode.NOT_JSON)
    if not isinstance(values, dict):
        return Rejected(ProblemCode.NOT_AN_OBJECT)
    if raw.count(b"{") + raw.count(b"[") > MAX_DEPTH and _depth(values) > MAX_DEPTH:
        flaws.codes[ProblemCode.TOO_DEEP] = None
    return Body(values, tuple(Problem("", code) for code in flaws.codes))


def _decode(text: str, flaws: _Flaws) -> object:
    """The value of a JSON text; raw line breaks in strings are let through, as their meaning is plain."""
    value: object = json.loads(
        text,
        strict=False,
        object_pairs_hook=flaws.pairs,
        parse_constant=flaws.constant,
        parse_int=_whole_number,
    )
    return value


def _depth(value: object) -> int:
    """How deep objects and lists are nested, counted level by level."""
    depth, level = 0, [value]
    while level:
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        depth += 1
    return depth


def body_hash(raw: bytes) -> str:
    """SHA-256 (hex) of a body's meaning: sorted keys and no blanks where it reads cleanly, else of its bytes.

    A replay with other blanks or another order of keys is therefore the same body.
    """
    body = read_body(raw)
    if isinstance(body, Rejected) or body.problems:
        return hashlib.sha256(raw).hexdigest()
    canonical = json.dumps(body.values, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
