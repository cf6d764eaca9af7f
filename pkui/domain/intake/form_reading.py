"""A parked submission as the help line's form, as far as it can be read; and the form laid over it again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from pkui.domain.codes import Channel, ConsentType, ParentalCustody, ReplyChannel, RepresentativeBasis
from pkui.domain.intake.fields import Fields
from pkui.domain.intake.form import (
    CONSENT_WAS,
    FOR_SOMEBODY,
    FORM_ID,
    NO,
    NONE,
    POINTERS,
    SYSTEM,
    YES,
    Caller,
    EnquiryForm,
)
from pkui.domain.intake.parse import parse_values, source_of
from pkui.domain.intake.values import SCHEMA, Problem, ProblemCode, Submission
from pkui.domain.phones import display
from pkui.domain.windows import CallWindow

MOST_ROUNDS = 60
"""How often what cannot be read is left out before the submission is given up."""
DEEPEST = 40


def form_of(values: Mapping[str, Any], *, id: str, begun_at: datetime) -> EnquiryForm:
    """The form filled in with a parked submission, as far as that can be read: a person corrects the rest."""
    typed: dict[str, str] = {}
    for name, pointer in POINTERS.items():
        found = _at(values, pointer)
        if isinstance(found, str | int | float) and not isinstance(found, bool):
            typed[name] = str(found)[:2_000] if name != "text" else str(found)
        elif isinstance(found, bool):
            typed[name] = YES if found else NO
    typed["cpr"] = _text(_at(values, "/patient/identifier/value"))
    typed["urgent"] = YES if _at(values, "/matter/max_waiting_time_case") is True else NO
    typed["caller"] = _caller(values).value
    typed["consent"] = typed[CONSENT_WAS] = _consented(_at(values, "/consents"))
    for name in ("born", "referred", "appointment"):
        typed[name] = _as_typed(typed.get(name, ""))
    for name in ("phone", "caller_phone"):
        typed[name] = display(typed.get(name, ""))
    typed.pop("received", None)
    typed = {name: text for name, text in typed.items() if text}
    _keep_known(typed)
    return EnquiryForm(id, begun_at, typed, tuple(_windows(_at(values, "/call_windows"))), parked=id)


def _as_typed(text: str) -> str:
    """A day as people here write it; what is none stays."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day}.{day.month}.{day.year}"


def _keep_known(typed: dict[str, str]) -> None:
    """A choice that is none of ours cannot be shown as chosen."""
    for name, codes in (
        ("channel", Channel),
        ("reply", ReplyChannel),
        ("basis", RepresentativeBasis),
        ("custody", ParentalCustody),
    ):
        if typed.get(name) not in set(codes):
            typed.pop(name, None)
    if typed["caller"] in FOR_SOMEBODY:
        typed.setdefault("basis", NONE)


def _caller(values: Mapping[str, Any]) -> Caller:
    if not isinstance(_at(values, "/representative"), dict):
        return Caller.PATIENT
    parent = _at(values, "/representative/basis") == RepresentativeBasis.PARENT
    return Caller.PARENT if parent else Caller.RELATIVE


def _consented(consents: object) -> str:
    for one in consents if isinstance(consents, list) else []:
        if isinstance(one, dict) and one.get("type") == ConsentType.HEALTH_INFORMATION:
            return YES if one.get("given") is True else NO if one.get("given") is False else ""
    return ""


def _windows(entries: object) -> Iterable[CallWindow]:
    for one in entries if isinstance(entries, list) else []:
        try:
            yield CallWindow(int(one["weekday"]), time.fromisoformat(one["from"]), time.fromisoformat(one["to"]))
        except (KeyError, TypeError, ValueError, OverflowError):
            continue


def _at(values: Any, pointer: str) -> Any:
    for step in pointer.lstrip("/").split("/"):
        values = values.get(step) if isinstance(values, dict) else None
    return values


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def patched(values: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """The values with a merge patch laid over them: objects are merged, null takes away (RFC 7396)."""
    merged = {key: value for key, value in values.items() if key not in patch}
    for key, value in patch.items():
        below = values.get(key)
        if isinstance(value, Mapping):
            merged[key] = patched(below if isinstance(below, Mapping) else {}, value)
        elif value is not None:
            merged[key] = value
    return merged


def completed(
    values: Mapping[str, Any], patch: Mapping[str, Any], now: datetime, *, id: UUID
) -> tuple[Submission | None, tuple[Problem, ...], tuple[str, ...]]:
    """A parked submission as a person has completed it: the enquiry, what is still wrong, and what was left out.

    What she did not give and nobody can read is left out; the body that came stays sealed. `id` names a submission
    whose own name could not be read.
    """
    body, left_out = _framed(patched(_shallow(values), patch), id), list[str]()
    for _round in range(MOST_ROUNDS):
        parsed = parse_values(body, now, [])
        if isinstance(parsed, Submission):
            return parsed, (), tuple(left_out)
        stuck = tuple(one for one in parsed.problems if _given(patch, one.pointer) or _must_be_asked(one))
        if stuck:
            return None, stuck, ()
        left_out += dict.fromkeys(one.pointer for one in parsed.problems)
        for way in _last_first(parsed.problems):
            _take_away(body, way)
    return None, (Problem("", ProblemCode.TOO_MANY),), ()


def _framed(body: dict[str, Any], id: UUID) -> dict[str, Any]:
    """The body with what every submission must say of itself."""
    problems: list[Problem] = []
    fields = Fields({key: body.get(key) for key in ("submission_id", "source")}, "", problems)
    if fields.uuid("submission_id") is None:
        body["submission_id"] = str(id)
    if source_of(fields) is None:
        came = body.get("source")
        body["source"] = (came if isinstance(came, dict) else {}) | {"system": SYSTEM, "form_id": FORM_ID}
    body["schema"] = SCHEMA
    for part in ("patient", "contact", "matter"):
        if not isinstance(body.get(part), dict):
            body[part] = {}
    body["patient"].setdefault("identifier", {"type": "none"})
    return body


def _shallow(value: Any, depth: int = 0) -> Any:
    """The values without what is nested too deep to belong to a submission."""
    if depth > DEEPEST:
        return None
    if isinstance(value, Mapping):
        return {key: _shallow(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shallow(inner, depth + 1) for inner in value]
    return value


def _given(patch: Mapping[str, Any], pointer: str) -> bool:
    """Whether the person herself gave what stands at that place."""
    place: Any = patch
    for step in pointer.lstrip("/").split("/"):
        if isinstance(place, Mapping) and step in place:
            place = place[step]
        else:
            return isinstance(place, Sequence) and not isinstance(place, str)
    return True


def _must_be_asked(problem: Problem) -> bool:
    """Whether a person has to give it; an entry of a list that misses a part is left out as a whole instead."""
    return problem.code is ProblemCode.REQUIRED and not any(step.isdigit() for step in problem.pointer.split("/"))


def _last_first(problems: Iterable[Problem]) -> list[tuple[str, ...]]:
    """The ways to what is taken away, an entry of a list as a whole and once, the last entry first."""
    ways = {_to_the_whole(problem.pointer) for problem in problems}
    return sorted(ways, key=lambda way: [(int(step) if step.isdigit() else 0, step) for step in way], reverse=True)


def _to_the_whole(pointer: str) -> tuple[str, ...]:
    """The way to the entry of a list that a place lies in, or to the place itself."""
    way = pointer.lstrip("/").split("/")
    entry = next((number for number, step in enumerate(way) if step.isdigit()), len(way) - 1)
    return tuple(way[: entry + 1])


def _take_away(body: dict[str, Any], way: tuple[str, ...]) -> None:
    place: Any = body
    for step in way[:-1]:
        place = place.get(step) if isinstance(place, dict) else None
    if isinstance(place, dict):
        place.pop(way[-1], None)
    elif isinstance(place, list) and int(way[-1]) < len(place):
        place.pop(int(way[-1]))
