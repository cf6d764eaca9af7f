"""The steps of working a case: a command of the table, a question where one is needed, one call of a service."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from pkui.base.words import _, calls, codes
from pkui.domain import phones
from pkui.domain.codes import HISTORICAL_TOPICS, BookingState, Complexity, Party, PriorityClass, Topic
from pkui.domain.windows import CallWindow
from pkui.services import cases, contacts, facts, people, roster, routing
from pkui.services.case_view import CaseView
from screens import case_text, clipboard
from screens.call_card import card
from screens.case_company import CaseCompany
from screens.dialogs.close import CloseDialog, Closing
from screens.dialogs.contact import ContactDialog, Logged
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.line import Line
from screens.dialogs.outside import OutsideDialog
from screens.dialogs.pick import Pick
from screens.dialogs.reading import Reading
from screens.dialogs.times import TimesDialog
from screens.dialogs.wait import WaitDialog, Waiting
from screens.reasons import reasoned

EXPECTED_WITHIN = timedelta(minutes=30)
"""How far from the agreed minute a call is still the one agreed on."""
OPEN_ONLY = frozenset({"route", "ring", "book", "wait", "close", "close_next", "put_back", "hand_over", "take"})
HOLDER_ONLY = frozenset({"wait", "close", "close_next", "put_back", "hand_over"})


class CaseSteps(CaseCompany):
    """What can be done with the case."""

    def why_not(self, id: str) -> str | None:
        """What the state of the case and who holds it allow."""
        record = self.view.row.record
        if id in OPEN_ONLY and record.closed_at is not None:
            return _("The case is closed; reopen it first.")
        if id == "reopen" and record.closed_at is None:
            return _("The case is open already.")
        if id in HOLDER_ONLY and not self.view.mine:
            if record.assignee is None:
                return _("Take the case first (%(key)s).") % {"key": self.key_of("take")}
            return _("%(name)s holds the case.") % {"name": record.assignee_name}
        if id in ("take", "ring") and record.assignee is not None and not self.view.mine:
            return _("%(name)s holds the case.") % {"name": record.assignee_name}
        if id == "copy_phone" and not case_text.numbers(self.view):
            return _("There is no telephone number.")
        if id == "copy_cpr" and not self.view.patient.identifier:
            return _("There is no CPR number.")
        if id == "linked" and not self.view.links:
            return _("The person has no other case.")
        return super().why_not(id)

    def close_after_note(self, after: str | None) -> None:
        """Closes the case; a screen that holds a note saves it first."""
        self.ask_closing(after)

    def do_take(self, reason: str | None = None) -> None:
        """h: takes the case."""
        self.ask(
            lambda: cases.take(self.bench.here, self.number, reason=reason),
            self.changed,
            group="write",
            failed=lambda error: self.ask_reason(error, self.do_take),
        )

    def do_book(self) -> None:
        """b: a time for the next call; back here the case shows it."""
        from screens.callbacks import CallbacksScreen

        self.app.push_screen(CallbacksScreen(self.bench, self.number), lambda after: self._call_booked(after))

    def _call_booked(self, after: object) -> None:
        self.reread()
        if after == "booked":
            self.say(_("The call is booked."))

    def do_ring(self, reason: str | None = None) -> None:
        """r: takes a free case and asks for the result of the call."""
        if not self.view.mine:
            self.ask(
                lambda: cases.take(self.bench.here, self.number, reason=reason),
                lambda view: self.changed(view, self.do_ring),
                group="write",
                failed=lambda error: self.ask_reason(error, self.do_ring),
            )
            return
        row = self.view.row
        urgent = row.record.priority_class == PriorityClass.MAXIMUM_WAITING_TIME
        if row.window_open or urgent or self._agreed_now():
            self._call(None)
        else:
            self.app.push_screen(OutsideDialog(), lambda why: self._call(why) if why else None)

    def _agreed_now(self) -> bool:
        """Whether the patient expects the call at this hour."""
        one, now = self.view.row.booked, self.bench.here.clock.now()
        return one is not None and one.state is BookingState.AGREED and abs(one.starts_at - now) <= EXPECTED_WITHIN

    def _call(self, outside: str | None) -> None:
        numbers = "\n".join(case_text.phone_words(*one) for one in case_text.numbers(self.view))
        warning = _("Outside the patient's call times.") if outside else ""
        known = card(self.view, self.bench.here.clock.now())
        dialog = ContactDialog(today=self.today, party=Party.PATIENT, number=numbers, warning=warning, card=known)
        self.app.push_screen(dialog, lambda logged: self._log(logged, outside))

    def do_contact(self) -> None:
        """k: a contact with anyone."""
        self.app.push_screen(ContactDialog(today=self.today), self._log)

    def _log(self, logged: Logged | None, outside: str | None = None) -> None:
        if logged is None:
            return
        self.change(
            lambda version: contacts.log_contact(
                self.bench.here,
                self.number,
                party=logged.party,
                result=logged.result,
                text=logged.text,
                answer_promised_on=logged.answer_promised_on,
                outside_window_reason=outside,
                version=version,
            ),
            lambda: self._said_after(logged),
            own=logged.text or codes.result(logged.result),
        )

    def _said_after(self, logged: Logged) -> None:
        """What was logged, and when the next attempt is planned."""
        said, booked = codes.contact(logged.party, logged.result), self.view.row.booked
        if logged.party is Party.PATIENT and booked is not None:
            now = self.bench.here.clock.now()
            said += f" · {calls.next_attempt(booked.starts_at, booked.adviser_name, now)}"
        self.say(said)

    def do_wait(self) -> None:
        """v: wait for somebody."""
        self.app.push_screen(WaitDialog(today=self.today, until=self.follow_up_day()), self._wait)

    def _wait(self, waiting: Waiting | None) -> None:
        if waiting is None:
            return
        self.change(
            lambda version: cases.wait(
                self.bench.here,
                self.number,
                party=waiting.party,
                until=waiting.until,
                text=waiting.text,
                version=version,
            ),
            own=waiting.text,
        )

    def do_close(self) -> None:
        """a: close and go back to the queue."""
        self.close_after_note(None)

    def do_close_next(self) -> None:
        """F8: close and take the next case."""
        self.close_after_note("next")

    def ask_closing(self, after: str | None) -> None:
        """Asks for outcome and cause, closes, and leaves the case."""

        def close(closing: Closing | None) -> None:
            """Closes with that outcome and leaves."""
            if closing is not None:
                self.change(
                    lambda version: cases.close(
                        self.bench.here,
                        self.number,
                        outcome=closing.outcome,
                        cause=closing.cause,
                        forwarded_to=closing.forwarded_to,
                        version=version,
                    ),
                    lambda: self.leave(after),
                    own=codes.outcome(closing.outcome),
                )

        self.app.push_screen(CloseDialog(self.view.row.record.case_number), close)

    def do_providers(self) -> None:
        """p: where the patient can go; what was chosen there is seen here."""
        from screens.providers import ProvidersScreen

        places = ProvidersScreen(self.bench, number=self.number, version=self.view.version)
        self.app.push_screen(places, lambda after: self.reread() if after == "changed" else None)

    def do_next(self) -> None:
        """n: leaves this case as it stands and takes the next one."""
        self.leave("next")

    def do_put_back(self) -> None:
        """z: back to its place in the queue."""

        def put(reason: str | None) -> None:
            """Puts it back for that reason and leaves."""
            if reason:
                self.change(
                    lambda version: cases.put_back(self.bench.here, self.number, reason=reason, version=version),
                    self.leave,
                    own=reason,
                )

        self.app.push_screen(Line(_("Put back: why?")), put)

    def do_hand_over(self) -> None:
        """o: to a colleague, with a message."""
        self.ask(lambda: people.list_staff(self.bench.here), self._pick_colleague, group="people")

    def _pick_colleague(self, staff: list[people.StaffRecord]) -> None:
        me = self.bench.here.person.username
        choices = [(one.username, one.name) for one in staff if one.username != me and not one.absent]

        def chosen(username: str | None) -> None:
            """Asks for the message to whoever was picked."""
            if username:
                self.app.push_screen(
                    Line(_("Message to %(name)s") % {"name": dict(choices)[username]}),
                    lambda text: self._hand_over(username, text) if text else None,
                )

        self.app.push_screen(Pick(_("Hand over to"), choices), chosen)

    def _hand_over(self, username: str, text: str) -> None:
        self.change(
            lambda version: cases.hand_over(self.bench.here, self.number, username, text=text, version=version),
            self.leave,
            own=text,
        )

    def do_route(self) -> None:
        """d: another topic, team or complexity, with a reason."""
        self.ask(lambda: roster.teams(self.bench.here), self._pick_route, group="people")

    def _pick_route(self, found: list[roster.TeamView]) -> None:
        open_ = [one for one in found if one.opened_on <= self.today and (one.closed_on or self.today) >= self.today]
        choices = [(f"complexity:{one.value}", codes.complexity(one).capitalize()) for one in Complexity]
        choices += [
            (f"team:{one.code}", _("Team: %(team)s") % {"team": one.name or codes.team(one.code)}) for one in open_
        ]
        choices += [
            (f"topic:{one.value}", _("Topic: %(topic)s") % {"topic": codes.topic(one)})
            for one in Topic
            if one not in HISTORICAL_TOPICS | {self.view.row.record.topic}
        ]

        def chosen(value: str | None) -> None:
            """Asks why."""
            if value:
                question = _("%(what)s: why?") % {"what": dict(choices)[value]}
                self.app.push_screen(Line(question), lambda why: self._route(value, why) if why else None)

        self.app.push_screen(Pick(_("Topic, team, complexity"), choices), chosen)

    def _route(self, value: str, reason: str) -> None:
        kind, _colon, code = value.partition(":")
        if kind == "topic":
            self.change(
                lambda version: routing.change_topic(
                    self.bench.here, self.number, Topic(code), reason=reason, version=version
                ),
                lambda: self.say(_("The topic is changed; %(key)s changes it back.") % {"key": self.key_of("route")}),
                own=reason,
            )
            return
        team, level = (code, None) if kind == "team" else (None, Complexity(code))
        self.change(
            lambda version: routing.set_routing(
                self.bench.here, self.number, team=team, complexity=level, reason=reason, version=version
            ),
            own=reason,
        )

    def do_reopen(self) -> None:
        """å: a closed case is open again."""

        def reopen(reason: str | None) -> None:
            """Opens it for that reason."""
            if reason:
                self.change(
                    lambda version: cases.reopen(self.bench.here, self.number, reason=reason, version=version),
                    own=reason,
                )

        self.app.push_screen(Line(_("Reopen: why?")), reopen)

    def do_count(self) -> None:
        """s: the sum behind the date."""
        text = case_text.count(self.view, self.bench.here.clock.now())
        self.app.push_screen(Reading(_("Answer by, day by day"), text))

    def do_linked(self) -> None:
        """y: the person's other case."""
        self._open_linked(None)

    def _open_linked(self, reason: str | None) -> None:
        other = self.view.links[-1].queue_number
        self.ask(
            lambda: cases.open_case(self.bench.here, other, reason=reason),
            self._push_linked,
            group="open",
            failed=lambda error: reasoned(self, error, self._open_linked),
        )

    def _push_linked(self, view: CaseView) -> None:
        self.app.push_screen(type(self)(self.bench, view), lambda after: self.leave(after) if after else None)

    def do_copy_phone(self) -> None:
        """c: the number to dial."""
        self._copy(phones.display(case_text.numbers(self.view)[0][0]), "phone")

    def do_copy_number(self) -> None:
        """x: the case number."""
        self._copy(self.view.row.record.case_number, "case_number")

    def do_copy_cpr(self) -> None:
        """Menu: the person number, for a minute; logged before it is copied."""

        def copy(_none: None) -> None:
            """Lends it to the clipboard once it is logged."""
            if clipboard.lend(self.app, self.bench, self.view.patient.identifier or ""):
                self.say(_("Copied: CPR number. The clipboard is emptied in a minute."))
            else:
                self.say(_("The terminal belongs to another user; nothing was copied."), warning=True)

        self.ask(lambda: cases.copied(self.bench.here, self.number, "identifier"), copy, group="copy")

    def _copy(self, text: str, what: str) -> None:
        """Logged before it is copied."""

        def copy(_none: None) -> None:
            """The text to the clipboard."""
            self.app.copy_to_clipboard(text)
            self.say(_("Copied: %(text)s") % {"text": text})

        self.ask(lambda: cases.copied(self.bench.here, self.number, what), copy, group="copy")

    def do_windows(self) -> None:
        """w: when the patient can be called, painted."""

        def paint(windows: tuple[CallWindow, ...] | None) -> None:
            """Writes the times painted."""
            if windows is not None:
                self.change(
                    lambda version: facts.change_windows(self.bench.here, self.number, windows, version=version),
                    lambda: self.say(_("The call times are changed.")),
                    own=_("Call times"),
                )

        self.app.push_screen(TimesDialog(self.view.row.record.windows), paint)

    def do_core_data(self) -> None:
        """æ: name, telephone, address."""
        patient, reach = self.view.patient, self.view.reach
        fields = [
            Field("name", _("Name"), patient.name or ""),
            Field("phone", _("Telephone"), phones.display(reach.phone) if reach.phone else ""),
            Field("alternative_phone", _("Other telephone"), reach.alternative_phone or ""),
            Field("email", _("E-mail"), reach.email or ""),
            Field("address_line", _("Address"), patient.address_line or ""),
            Field("postcode", _("Postcode"), patient.postcode or ""),
            Field("city", _("City"), patient.city or ""),
            Field("interpreter_language", _("Interpreter"), reach.interpreter_language or ""),
        ]

        def write(changed: dict[str, str] | None) -> None:
            """Writes what was changed."""
            if changed is not None:
                self.change(
                    lambda version: facts.change_core_data(
                        self.bench.here, self.number, version=version, **cast(dict[str, Any], changed)
                    ),
                    own="\n".join(changed.values()),
                )

        self.app.push_screen(FieldsDialog(_("Contact details"), fields), write)
