"""Reads submissions of OS2forms: turned into `pk-intake/1` by a mapping file, then read like any other. Never raises.

Source: OS2Forms/os2forms_rest_api 2.3.0 and os2forms 5.0.0 (name and address protection, renamed MitID elements).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pkui.domain.identifiers import classify
from pkui.domain.intake.body import read_body
from pkui.domain.intake.mapping import TARGETS, FormMapping, Kind
from pkui.domain.intake.parse import parse_values
from pkui.domain.intake.values import SCHEMA, Parsed, Problem, ProblemCode, Rejected

SYSTEM = "os2forms"
PROTECTED_FLAG = "os2forms_nemid_elements_nemid_address_protected"
_SUFFIX = re.compile(r"\s*\([^()]*(?:beskyttelse|protection)[^()]*\)\s*$", re.IGNORECASE)
_INSTEAD = re.compile(r"(?=.*\b(?:navn|name)\b)(?=.*(?:beskytte|protected)).*", re.IGNORECASE | re.DOTALL)
"""What the form puts in place of a protected child's name and address."""
_EPOCH = re.compile(r"[0-9]{9,11}")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*", re.DOTALL)
_HOUR = re.compile(r"[0-9]:.*", re.DOTALL)
_YES, _NO = frozenset({"ja", "yes", "true", "1"}), frozenset({"nej", "no", "false", "0"})
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("mandag", "monday"),
            ("tirsdag", "tuesday"),
            ("onsdag", "wednesday"),
            ("torsdag", "thursday"),
            ("fredag", "friday"),
            ("lørdag", "saturday"),
            ("søndag", "sunday"),
        ),
        1,
    )
    for name in names
}
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Translated:
    """What a submission was read as, and the same in `pk-intake/1` for whoever completes it; None where rejected."""

    parsed: Parsed
    neutral: dict[str, Any] | None


def parse_os2forms(raw: bytes, mapping: FormMapping, now: datetime) -> Translated:
    """The enquiry in an OS2forms submission. A draft is refused and not remembered: it comes again when completed."""
    body = read_body(raw)
    if isinstance(body, Rejected):
        return Translated(body, None)
    problems = list(body.problems)
    if any(problem.code is ProblemCode.TOO_DEEP for problem in problems):
        return Translated(parse_values({}, now, problems), {})
    form = _Form(body.values, mapping)
    if _flag(form.first("in_draft")) is True:
        return Translated(Rejected(ProblemCode.DRAFT), None)
    neutral = form.neutral()
    if neutral["source"]["form_id"] not in (None, mapping.form_id):
        problems.append(Problem("/source/form_id", ProblemCode.OTHER_FORM))
    return Translated(parse_values(neutral, now, problems), neutral)


def neutral_bytes(neutral: dict[str, Any]) -> bytes:
    """The translated submission as it is kept; what nests too deep to be written is left out."""
    try:
        return json.dumps(neutral, ensure_ascii=True).encode("ascii")
    except (RecursionError, ValueError):
        return b"{}"


class _Form:
    """One submission: `entity` about it, `data` in it. PHP writes an empty object as an empty list."""

    def __init__(self, values: dict[str, object], mapping: FormMapping) -> None:
        self.entity, self.data = _object(values.get("entity")), _object(values.get("data"))
        self.mapping = mapping
        self.protected = _flag(self.data.get(PROTECTED_FLAG)) is True

    def first(self, key: str, part: str = "value") -> object:
        """The value of one of the entity's own fields, each of which is a list of one object."""
        values = self.entity.get(key)
        entry = values[0] if isinstance(values, list) and values else values
        return entry.get(part) if isinstance(entry, dict) else None

    def neutral(self) -> dict[str, Any]:
        """The submission in `pk-intake/1`; what cannot be read stays as it came, so that the reader points at it."""
        received = _instant(self.first("completed")) or _instant(self.first("created"))
        found: dict[str, Any] = {
            "schema": SCHEMA,
            "submission_id": self.first("uuid"),
            "source": {
                "system": SYSTEM,
                "form_id": self.first("webform_id", "target_id"),
                "serial": _whole(self.first("serial")),
                "channel": "self_service",
            },
            "received_at": received,
            "patient": {"identifier": {"type": "none"}},
            "contact": {},
            "matter": {},
        }
        for target, value in self._fields():
            _put(found, target, value)
        self._representative(found)
        found["call_windows"] = [*self._window_list(), *self._window_choices()]
        found["unavailable"] = self._periods()
        found["consents"] = self._consents(received)
        found["attachments"] = list(self._files())
        if self.protected:
            found["patient"]["address_protected"] = True
        return found

    def _fields(self) -> Iterator[tuple[str, object]]:
        """Every filled part with its value; of several fields for one part the first that is filled."""
        filled = set()
        for field, target in self.mapping.fields.items():
            value = self._read(target, self.data.get(field))
            if value is not None and target not in filled:
                filled.add(target)
                yield target, value

    def _read(self, target: str, value: object) -> object:
        kind = TARGETS[target]
        if value is None or value == "" or value == [] or value == {}:
            return None
        if kind is Kind.LIST:
            entries = value if isinstance(value, list) else [value]
            return [one for one in entries if one != ""] or None
        if kind is Kind.FLAG:
            flag = _flag(value)
            return value if flag is None else flag
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return value
        text = str(value).strip() if kind is not Kind.TEXT or isinstance(value, str) else str(value)
        text = self.mapping.words.get(target, {}).get(text, text)
        match kind:
            case Kind.PERSONAL:
                return self._personal(text)
            case Kind.IDENTIFIER:
                return _identifier(text)
            case Kind.DAY:
                day = _DAY.fullmatch(text)
                return day[1] if day else text
            case Kind.NUMBER:
                return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else text
            case _:
                return text

    def _personal(self, text: str) -> str | None:
        """A prefilled text without the suffix that marks protection; the mark is kept."""
        if len(text) > _LONGEST:
            return text
        while (bare := _SUFFIX.sub("", text)) != text:
            self.protected, text = True, bare
        if _INSTEAD.fullmatch(text):
            self.protected = True
            return None
        return text or None

    def _representative(self, found: dict[str, Any]) -> None:
        """Somebody who writes for the patient, unless the form says that nobody does."""
        person = found.get("representative", {})
        if person.pop("present", None) is False or not person:
            found["representative"] = None
        for target, text in self.mapping.constants.items():
            if not target.startswith("representative.") or found["representative"]:
                _put(found, target, text)

    def _entries(self, names: dict[str, str]) -> Iterator[tuple[object, ...]]:
        """The parts of each entry of a list field; entries of which every part is empty are left out."""
        entries = self.data.get(names["list"]) if names else None
        for entry in entries if isinstance(entries, list) else [entries] if entries else []:
            values = _object(entry)
            parts = tuple(values.get(name) for key, name in names.items() if key != "list")
            if any(part not in (None, "") for part in parts) or (entry and not values):
                yield parts

    def _window_list(self) -> Iterator[dict[str, object]]:
        for weekday, start, end in self._entries(self.mapping.window_list):
            yield {"weekday": _weekday(weekday), "from": _wall(start), "to": _wall(end)}

    def _window_choices(self) -> Iterator[dict[str, object]]:
        """The other style: a field a weekday, each ticked choice a span of time."""
        for field, weekday in self.mapping.window_days.items():
            ticked = self.data.get(field)
            for choice in ticked if isinstance(ticked, list) else [ticked]:
                if choice not in (None, "", 0, False):
                    span = self.mapping.window_choices.get(str(choice)[:_LONGEST], (choice, None))
                    yield {"weekday": weekday, "from": span[0], "to": span[1]}

    def _periods(self) -> list[dict[str, object]]:
        return [{"from": first, "to": last} for first, last in self._entries(self.mapping.periods)]

    def _consents(self, received: object) -> list[dict[str, object]]:
        found = []
        for field, sort in self.mapping.consents.items():
            value = self.data.get(field)
            if value not in (None, "", [], {}):
                flag = _flag(value)
                given = value if flag is None else flag
                found.append({"type": sort, "given": given, "mode": "written", "given_at": received})
        return found

    def _files(self) -> Iterator[dict[str, object]]:
        """One file is a text, several are a list; what is known of them stands under `linked`. No address is kept."""
        linked = _object(self.data.get("linked"))
        for field in self.mapping.files:
            ids = self.data.get(field)
            about = _object(linked.get(field))
            for id in ids if isinstance(ids, list) else [ids]:
                if id in (None, ""):
                    continue
                name = str(id)[:_LONGEST]
                file = _object(about.get(name))
                url = file.get("url")
                yield {
                    "id": name,
                    "filename": url.rsplit("/", 1)[-1] if isinstance(url, str) else None,
                    "media_type": file.get("mime_type") or None,
                    "size": _whole(file.get("size")),
                    "fetch": f"{SYSTEM}:file/{name}",
                }


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _put(found: dict[str, Any], target: str, value: object) -> None:
    """Sets a part of the contract by its dotted name."""
    *way, last = target.split(".")
    place = found
    for step in way:
        place = place.setdefault(step, {})
    place[last] = value


def _flag(value: object) -> bool | None:
    """Yes or no as forms write them; None for anything else."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold() if isinstance(value, str | int) else ""
    return True if word in _YES else False if word in _NO else None


def _whole(value: object) -> object:
    """A whole number, also written as a text; anything else as it came, an empty text as nothing."""
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value)
    return None if value == "" else value


def _instant(value: object) -> object:
    """A timestamp in ISO 8601; seconds since 1970 become one."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else None
    if text is not None and _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC).isoformat()
    return value or None


def _identifier(text: str) -> dict[str, str]:
    known = classify(text)
    return {"type": known.type.value, "value": known.value} if known else {"type": "cpr", "value": text}


def _weekday(value: object) -> object:
    """A weekday by its name or number."""
    if isinstance(value, str):
        word = value.strip().casefold()
        return _WEEKDAYS.get(word, int(word) if word in set("1234567") else value)
    return value


def _wall(value: object) -> object:
    """A wall time; an hour of one digit is given its zero."""
    if isinstance(value, str) and _HOUR.fullmatch(value.strip()):
        return "0" + value.strip()
    return value
