"""Roles, teams and hours of the person under the cursor, each from a day on; and working groups by date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from textual.content import Content

from pkui.base.clock import local_date
from pkui.base.errors import BadInput
from pkui.base.words import _, codes, ngettext
from pkui.base.words import people as words
from pkui.base.words.dates import plain_date, stamp
from pkui.base.words.errors import message
from pkui.domain.codes import Role, Topic
from pkui.domain.folding import fold, words_of
from pkui.domain.permissions import Grant, Permission
from pkui.domain.rota import BadHours, ordered
from pkui.domain.typed import Unreadable, near_date, typed_time
from pkui.services import employment, roster
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.pick import Pick
from screens.dialogs.reading import Reading
from screens.widgets.cells import plain
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.services.employment import ChangeRecord, HoursSet, Term, Terms
    from pkui.services.roster import PersonToday, TeamView

NEW = "+"
_ROLE, _TEAM = "role", "team"


@dataclass(frozen=True)
class _Group:
    """What was typed about a working group."""

    code: str
    name: str
    first: date
    last: date | None
    topics: list[str]
    words: list[str]
    members: list[str]


class PeopleTerms(WorkScreen):
    """The part of the people screen that changes what a person is, and when she works."""

    @property
    def today(self) -> date:
        """The date in the office."""
        return local_date(self.bench.here.clock.now())

    @property
    def chosen(self) -> PersonToday | None:
        """The person under the cursor; none without a list."""
        return None

    def load(self) -> None:
        """Reads the people anew; a screen with a list adds how."""

    # -- roles and teams ---------------------------------------------------------------------------------

    def do_person_terms(self) -> None:
        """o: a role or a team, given or ended by date."""
        one = self.chosen
        if one is not None:
            name = one.record.username
            self.ask(
                lambda: (employment.terms(self.bench.here, name), roster.teams(self.bench.here)),
                self._pick_term,
                group="terms",
            )

    def _pick_term(self, found: tuple[Terms, list[TeamView]]) -> None:
        terms, teams = found
        roles = {Role(one.code): one for one in terms.roles}
        places = {one.code: one for one in terms.teams}
        choices = [(f"{_ROLE}:{role.value}", self._term(role, roles.get(role))) for role in employment.GIVEN]
        choices += [
            (f"{_TEAM}:{team.code}", self._term(team.code, places.get(team.code), team.name or codes.team(team.code)))
            for team in teams
            if team.closed_on is None or team.closed_on >= self.today
        ]
        held: dict[str, Term] = {f"{_ROLE}:{role.value}": one for role, one in roles.items()}
        held |= {f"{_TEAM}:{code}": one for code, one in places.items()}

        def picked(value: str | None) -> None:
            """Goes on with what was picked."""
            if value:
                self._ask_term(terms.record.name, terms.record.username, value, held.get(value), dict(choices)[value])

        self.app.push_screen(Pick(_("%(name)s: role and team") % {"name": plain(terms.record.name)}, choices), picked)

    def _term(self, code: str, held: Term | None, team: str | None = None) -> str:
        first, last = (held.first, held.last) if held else (None, None)
        return words.term(code, first, last, self.today, team=team)

    def _ask_term(self, name: str, username: str, value: str, held: Term | None, title: str) -> None:
        kind, _colon, code = value.partition(":")
        today = plain_date(self.today)
        if held is not None:
            fields = [Field("last", _("Last day"), today)]
            hint = _("Ends after that day; yesterday ends it at once.")
        else:
            fields = [Field("first", _("First day"), today), Field("last", _("Last day"), "")]
            hint = _("Without a last day: until further notice.")

        def write(given: dict[str, str] | None) -> None:
            """Carries out what was typed."""
            if given is None:
                return
            last = self._typed(given["last"])
            first = self._typed(given["first"]) if held is None else None
            here = self.bench.here

            def change() -> Terms:
                """Ends or gives the role or team."""
                if held is not None and kind == _ROLE:
                    return employment.end_role(here, username, Role(code), last=last)
                if held is not None:
                    return employment.end_team(here, username, code, last=last)
                if kind == _ROLE:
                    return employment.give_role(here, username, Role(code), first=first, last=last)
                return employment.give_team(here, username, code, first=first, last=last)

            self.ask(change, lambda _terms: self._changed(name), group="write")

        box = FieldsDialog(f"{plain(name)} · {plain(title)}", fields, hint=hint, wrong=self._wrong_days)
        self.app.push_screen(box, write)

    def _changed(self, name: str) -> None:
        self.say(_("Written. %(key)s shows what was changed about %(name)s.")
                 % {"key": self.key_of("person.history"), "name": name})  # fmt: skip
        self.load()

    # -- hours -------------------------------------------------------------------------------------------

    def do_person_hours(self) -> None:
        """a: when she works, on a day or on several."""
        one = self.chosen
        if one is not None:
            name = one.record.username
            self.ask(lambda: employment.terms(self.bench.here, name), self._ask_hours, group="terms")

    def _ask_hours(self, terms: Terms) -> None:
        person = terms.record
        first, hours = terms.hours[0] if terms.hours else (self.today, ())
        fields = [
            Field("first", _("First day"), plain_date(first)),
            Field("last", _("Last day"), plain_date(first)),
            Field("hours", _("Hours (- is off)"), words.hours(hours) if hours else "-"),
        ]

        def write(given: dict[str, str] | None) -> None:
            """Carries out what was typed."""
            if given is None:
                return
            begin, end = self._typed(given["first"]), self._typed(given["last"])
            stretches = typed_hours(given["hours"])
            self.ask(
                lambda: employment.set_hours(self.bench.here, person.username, stretches, first=begin, last=end),
                lambda done: self._hours_set(person.name, done),
                group="write",
            )

        title = _("Hours of %(name)s on working days") % {"name": plain(person.name)}
        hint = "\n".join(words.hours_ahead(terms.hours))
        self.app.push_screen(FieldsDialog(title, fields, hint=hint, wrong=self._wrong_hours), write)

    def _wrong_hours(self, given: Mapping[str, str]) -> str | None:
        try:
            ordered(typed_hours(given["hours"]))
        except BadHours:
            return message(BadInput("bad_hours"))
        except Unreadable:
            return _("Write the hours as 8-12, 12.30-16; half a day is one of them, - is off.")
        return self._wrong_days(given)

    def _hours_set(self, name: str, done: HoursSet) -> None:
        text = ngettext("%(name)s: the hours hold on %(n)s day.", "%(name)s: the hours hold on %(n)s days.", done.days)
        text %= {"name": name, "n": done.days}
        if done.calls:
            numbers = ", ".join(str(number) for number in done.calls)
            text += " " + _("Booked calls outside them: %(numbers)s.") % {"numbers": numbers}
        self.say(text, warning=bool(done.calls))
        self.load()

    # -- history -----------------------------------------------------------------------------------------

    def do_person_history(self) -> None:
        """h: what was changed."""
        one = self.chosen
        if one is not None:
            record = one.record
            self.ask(
                lambda: employment.changes(self.bench.here, record.username),
                lambda found: self._show_history(record.name, found),
                group="history",
            )

    def _show_history(self, name: str, found: list[ChangeRecord]) -> None:
        lines = [
            Content.assemble(
                (f"{stamp(one.at)} {plain(one.by)}", "bold"), "\n  ", plain(words.change(one.what, one.details))
            )
            for one in found
        ]
        nothing = Content(_("Nothing has been changed here yet."))
        self.app.push_screen(Reading(plain(name), Content("\n").join(lines) if lines else nothing))

    # -- teams -------------------------------------------------------------------------------------------

    def do_person_teams(self) -> None:
        """t: the teams; who may change people opens and closes working groups here."""
        self.ask(lambda: roster.teams(self.bench.here), self._show_teams, group="teams")

    def _show_teams(self, found: list[TeamView]) -> None:
        if self.bench.here.person.grant(Permission.PEOPLE) is Grant.NO:
            self.app.push_screen(Reading(_("Teams"), Content("\n").join(team_lines(found))))
            return
        choices = [(NEW, _("Open a working group")), *((one.code, team_title(one)) for one in found)]
        known = {one.code: one for one in found}

        def picked(value: str | None) -> None:
            """Goes on with what was picked."""
            if value in roster.STANDING:
                self.app.push_screen(Reading(_("Teams"), Content("\n").join(team_lines([known[value]]))))
            elif value:
                self._ask_group(known.get(value))

        self.app.push_screen(Pick(_("Teams"), choices), picked)

    def _ask_group(self, one: TeamView | None) -> None:
        members = ", ".join(one.members) if one else ""
        fields = [
            Field("name", _("Name"), (one.name or one.code) if one else ""),
            Field("first", _("First day"), plain_date(one.opened_on if one else self.today)),
            Field("last", _("Last day"), plain_date(one.closed_on) if one and one.closed_on else ""),
            Field("topics", _("Topics"), ", ".join(codes.topic(Topic(topic)) for topic in one.topics) if one else ""),
            Field("words", _("Words of the course"), ", ".join(one.words) if one else ""),
            Field("members", _("People (usernames)"), members),
        ]

        def write(given: dict[str, str] | None) -> None:
            """Carries out what was typed."""
            if given is not None:
                self._put_group(self._group(given, one.code if one else None))

        title = _("Working group") if one else _("Open a working group")
        hint = _("Its topics and words bring cases to it; after the last day they are everybody's.")
        self.app.push_screen(FieldsDialog(title, fields, hint=hint, wrong=self._wrong_group), write)

    def _group(self, given: Mapping[str, str], code: str | None) -> _Group:
        return _Group(
            code or "_".join(words_of(fold(given["name"])))[:40],
            given["name"].strip(),
            self._typed(given["first"]) or self.today,
            self._typed(given["last"]),
            [topic_of(part).value for part in _parts(given["topics"])],
            _parts(given["words"]),
            _parts(given["members"]),
        )

    def _wrong_group(self, given: Mapping[str, str]) -> str | None:
        if not words_of(fold(given["name"])):
            return _("The group needs a name.")
        for part in _parts(given["topics"]):
            try:
                topic_of(part)
            except Unreadable:
                return _("%(topic)s is no topic.") % {"topic": plain(part)}
        return self._wrong_days(given)

    def _put_group(self, group: _Group) -> None:
        self.ask(
            lambda: roster.open_team(
                self.bench.here, group.code, group.name, first=group.first, last=group.last,
                topics=group.topics, words=group.words, members=group.members,
            ),
            lambda done: self._group_put(done),
            group="write",
        )  # fmt: skip

    def _group_put(self, done: TeamView) -> None:
        self.say(plain(team_title(done)))
        self.load()

    # -- days typed --------------------------------------------------------------------------------------

    def _typed(self, text: str) -> date | None:
        """A day typed into a field; None for an empty one."""
        return near_date(text, self.today) if text.strip() else None

    def _wrong_days(self, given: Mapping[str, str]) -> str | None:
        """What is wrong with the days of a box."""
        try:
            for name in ("first", "last"):
                self._typed(given.get(name, ""))
        except Unreadable:
            return _("That is no day; write 27/11, fre or +3.")
        return None


def typed_hours(text: str) -> list[tuple[time, time]]:
    """The stretches of a day: `8-12, 12.30-16`; `-` is a day off. Raises Unreadable."""
    if text.strip() == "-":
        return []
    found = []
    for part in _parts(text):
        start, _dash, end = part.partition("-")
        found.append((typed_time(start), typed_time(end)))
    if not found:
        raise Unreadable
    return found


def topic_of(text: str) -> Topic:
    """The topic whose words begin like that, or hold it. Raises Unreadable where there is none, or several."""
    named = {topic: fold(codes.topic(topic)) for topic in Topic}
    wanted = fold(text)
    whole = [topic for topic, name in named.items() if name == wanted]
    found = whole or [topic for topic, name in named.items() if wanted in name]
    if len(found) != 1:
        raise Unreadable
    return found[0]


def team_title(one: TeamView) -> str:
    """A team's name; a working group's with its days."""
    if one.code in roster.STANDING:
        return codes.team(one.code)
    last = plain_date(one.closed_on) if one.closed_on else ""
    return f"{one.name or one.code} ({plain_date(one.opened_on)} - {last})"


def team_lines(found: list[TeamView]) -> list[Content]:
    """Two lines a team: its name with its days, and who is in it."""
    lines = []
    for one in found:
        lines += [Content.styled(plain(team_title(one)), "bold"), Content("  " + plain(", ".join(one.members) or "-"))]
    return lines


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip(" -")]
