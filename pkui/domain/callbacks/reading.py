"""Reads `callback-instance/1` into values, naming the place and the kind of what is wrong with it."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pkui.domain.callbacks.instance import (
    MINUTES_A_DAY,
    Adviser,
    Booking,
    Call,
    Confirmed,
    Instance,
    Shift,
    Span,
    Wall,
    Window,
    instant,
    wall,
)

FORMAT = "callback-instance/1"
LARGEST = 1_000_000
FARTHEST_DAYS = 3660
CLOCK = re.compile(r"([0-9]{2}):([0-5][0-9])")
T = TypeVar("T")


class BadInstance(ValueError):
    """The instance breaks a rule: `pointer` is a JSON pointer, `code` names the rule."""

    def __init__(self, pointer: str, code: str) -> None:
        super().__init__(f"{pointer or '/'}: {code}")
        self.pointer, self.code = pointer, code


class Node:
    """A JSON value with its pointer; each reading either gives the right type or raises BadInstance."""

    __slots__ = ("at", "value")

    def __init__(self, value: object, at: str = "") -> None:
        self.value, self.at = value, at

    def fail(self, code: str) -> NoReturn:
        """Raises BadInstance for this place."""
        raise BadInstance(self.at, code)

    def _object(self) -> Mapping[str, Any]:
        if not isinstance(self.value, dict):
            self.fail("not_an_object")
        return self.value

    def get(self, key: str) -> "Node":
        """A member that must be there."""
        inside = self._object()
        if key not in inside:
            raise BadInstance(f"{self.at}/{key}", "missing")
        return Node(inside[key], f"{self.at}/{key}")

    def maybe(self, key: str, read: "Callable[[Node], T]") -> T | None:
        """A member that may be absent or null."""
        found = self._object().get(key)
        return None if found is None else read(Node(found, f"{self.at}/{key}"))

    def items(self) -> Iterator["Node"]:
        """The elements of a list."""
        if not isinstance(self.value, list):
            self.fail("not_a_list")
        for number, value in enumerate(self.value):
            yield Node(value, f"{self.at}/{number}")

    def pairs(self) -> Iterator[tuple[str, "Node"]]:
        """The members of an object."""
        for key, value in self._object().items():
            yield key, Node(value, f"{self.at}/{key}")

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not self.value:
            self.fail("not_a_text")
        return self.value

    def truth(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.fail("not_true_or_false")
        return self.value

    def number(self, least: int, most: int = LARGEST) -> int:
        """A whole number within the limits."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.fail("not_a_whole_number")
        if not least <= self.value <= most:
            self.fail("out_of_range")
        return self.value

    def day(self) -> date:
        """A date as YYYY-MM-DD."""
        text = self.text()
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self.fail("not_a_date")
        if found.isoformat() != text:
            self.fail("not_a_date")
        return found

    def clock(self, step: int = 1) -> int:
        """Minutes after midnight from HH:MM (24:00 is the end of the day), a multiple of the step."""
        found = CLOCK.fullmatch(self.text())
        if not found:
            self.fail("not_a_time")
        minute = int(found[1]) * 60 + int(found[2])
        if minute > MINUTES_A_DAY:
            self.fail("not_a_time")
        if minute % step:
            self.fail("off_the_grid")
        return minute

    def moment(self, step: int = 1) -> Wall:
        """A local wall time YYYY-MM-DDTHH:MM without an offset."""
        text = self.text()
        if len(text) != 16 or text[10] != "T":
            self.fail("not_a_local_time")
        found = Wall(Node(text[:10], self.at).day(), Node(text[11:], self.at).clock(step))
        if found.minute == MINUTES_A_DAY:
            self.fail("not_a_local_time")
        return found


def span_of(start: Node, end: Node, step: int) -> Span:
    """A span that ends after it starts; one across midnight is refused."""
    found = Span(start.clock(step), end.clock(step))
    if found.end <= found.start:
        end.fail("ends_before_it_starts")
    return found


def _pair(node: Node, step: int) -> Span:
    parts = list(node.items())
    if len(parts) != 2:
        node.fail("not_a_span")
    return span_of(parts[0], parts[1], step)


def _window(node: Node, step: int) -> Window:
    parts = list(node.items())
    if len(parts) != 3:
        node.fail("not_a_window")
    return Window(parts[0].number(0, 6), *span_of(parts[1], parts[2], step))


def _shift(node: Node, step: int) -> Shift:
    hours = span_of(node.get("start"), node.get("end"), step)
    return Shift(node.get("date").day(), hours, tuple(_pair(rest, step) for rest in node.get("breaks").items()))


def _adviser(node: Node, step: int) -> Adviser:
    return Adviser(
        node.get("id").text(),
        frozenset(skill.text() for skill in node.get("skills").items()),
        node.get("new_staff").truth(),
        tuple(_shift(shift, step) for shift in node.get("shifts").items()),
    )


def _known(node: Node, names: frozenset[str]) -> str:
    if node.text() not in names:
        node.fail("unknown_adviser")
    return node.text()


def _booking(node: Node, step: int, names: frozenset[str]) -> Booking:
    """A booking; off the grid it takes every slot it touches, so its own minutes are free."""
    span = span_of(node.get("start"), node.get("end"), 1)
    rounded = Span(span.start // step * step, -(-span.end // step) * step)
    return Booking(_known(node.get("adviser"), names), node.get("date").day(), rounded)


def _rank(node: Node, weights: Mapping[int, int]) -> int:
    rank = node.number(1, 9)
    if rank not in weights:
        node.fail("unknown_class")
    return rank


def _settled(moment: Wall, zone: ZoneInfo) -> Wall:
    """The same moment, or the one the clock shows instead where the hour is skipped in spring."""
    return wall(instant(moment, zone), zone)


def _call(node: Node, step: int, names: frozenset[str], weights: Mapping[int, int], zone: ZoneInfo) -> Call:
    minutes = node.get("duration")
    if minutes.number(1, MINUTES_A_DAY) % step:
        minutes.fail("off_the_grid")
    not_before = node.maybe("not_before", Node.moment)
    return Call(
        id=node.get("id").text(),
        rank=_rank(node.get("class"), weights),
        skill=node.get("skill").text(),
        minutes=minutes.number(1),
        due=node.get("due").day(),
        windows=tuple(_window(window, step) for window in node.get("windows").items()),
        max_attempts=node.get("max_attempts").number(0),
        attempts_used=node.get("attempts_used").number(0),
        not_before=None if not_before is None else _settled(not_before, zone),
        previous_adviser=node.maybe("previous_adviser", Node.text),
        confirmed=node.maybe(
            "confirmed",
            lambda inner: Confirmed(_known(inner.get("adviser"), names), inner.get("start").moment(step)),
        ),
        created=node.maybe("created", Node.moment),
    )


def _weights(node: Node) -> dict[int, int]:
    """Weight by class; the classes are written as texts, as object keys are."""
    found: dict[int, int] = {}
    for key, value in node.pairs():
        if key not in set("123456789"):
            value.fail("unknown_class")
        found[int(key)] = value.number(0, 10_000)
    return found


def _once(nodes: Node, read: Callable[[Node], T], name: Callable[[T], str]) -> tuple[T, ...]:
    """Reads a list whose elements have an id each, none of them twice."""
    found: list[T] = []
    seen: set[str] = set()
    for node in nodes.items():
        value = read(node)
        if name(value) in seen:
            node.get("id").fail("twice")
        seen.add(name(value))
        found.append(value)
    return tuple(found)


def _days(node: Node, closed: frozenset[date]) -> tuple[date, ...]:
    days: list[date] = []
    for item in node.items():
        day = item.day()
        if day.weekday() > 4 or day in closed:
            item.fail("not_a_working_day")
        if days and day <= days[-1]:
            item.fail("not_in_order")
        days.append(day)
    if not days:
        node.fail("empty")
    if (days[-1] - days[0]).days > FARTHEST_DAYS:
        node.fail("out_of_range")
    return tuple(days)


def _check_near(instance: Instance, cases: Node) -> None:
    """Refuses dates of a call that lie ten years from the horizon: a slip, and endless to count working days over."""
    for call, node in zip(instance.calls, cases.items(), strict=True):
        for name, day in (("due", call.due), ("created", call.created.day if call.created else call.due)):
            if abs((day - instance.days[0]).days) > FARTHEST_DAYS:
                node.get(name).fail("out_of_range")


def read_instance(document: object) -> Instance:
    """The instance in a decoded JSON document. Raises BadInstance with the place and the kind of the first problem."""
    root = Node(document)
    if root.get("format").value != FORMAT:
        root.get("format").fail("unknown_format")
    if root.get("timezone").text() not in available_timezones():
        root.get("timezone").fail("unknown_timezone")
    step = root.get("slot_min").number(1, 60)
    if MINUTES_A_DAY % step:
        root.get("slot_min").fail("out_of_range")
    zone = ZoneInfo(root.get("timezone").text())
    closed = frozenset(day.day() for day in root.get("closed_days").items())
    weights = _weights(root.get("class_weight"))
    advisers = _once(root.get("advisers"), lambda node: _adviser(node, step), lambda adviser: adviser.id)
    names = frozenset(adviser.id for adviser in advisers)
    instance = Instance(
        name=root.get("name").text(),
        timezone=root.get("timezone").text(),
        slot=step,
        now=root.get("now").moment(),
        days=_days(root.get("horizon_days"), closed),
        closed=closed,
        weights=weights,
        extra_days=root.get("unscheduled_extra_days").number(0, 1000),
        advisers=advisers,
        bookings=tuple(_booking(node, step, names) for node in root.get("bookings").items()),
        calls=_once(root.get("cases"), lambda node: _call(node, step, names, weights, zone), lambda call: call.id),
    )
    _check_near(instance, root.get("cases"))
    return instance
