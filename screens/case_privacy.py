"""What the patient agreed to, notes that are corrected by new ones, and cases kept beyond their time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from pkui.base.clock import local_date
from pkui.base.words import _, codes
from pkui.base.words.dates import plain_date, stamp
from pkui.domain.codes import ConsentMode, ConsentType
from pkui.domain.typed import Unreadable, typed_date
from pkui.services import consents, retention
from screens.case_rights import CaseRights
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.line import Line
from screens.dialogs.pick import Pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from pkui.services.case_view import CaseView, ConsentView, NoteView

BEGINNING = 60
"""How much of a note tells it from the others."""
BACK, REFUSED = "back", "refused"


class CasePrivacy(CaseRights):
    """Consent, corrections and holds."""

    correcting: NoteView | None = None
    """The note that what is being written corrects."""

    # -- consent -------------------------------------------------------------------------------------------

    def do_consent(self) -> None:
        """u: what was agreed to; a new consent, a refusal, or one taken back."""
        standing = [one for one in self.view.consents if one.given and one.withdrawn_at is None]
        choices = [(f"{BACK}:{one.id}", self._taken_back(one)) for one in standing]
        for type in ConsentType:
            name = codes.consent(type)
            given = _("%(what)s: given, %(how)s")
            choices += [
                (f"{type.value}:{mode.value}", given % {"what": name, "how": codes.consent_mode(mode)})
                for mode in ConsentMode
            ]
            choices.append((f"{type.value}:{REFUSED}", _("%(what)s: refused") % {"what": name}))
        self.app.push_screen(Pick(_("Consent"), choices), self._consent_picked)

    def _taken_back(self, one: ConsentView) -> str:
        values = {"what": codes.consent(one.type), "day": plain_date(local_date(one.given_at))}
        return _("Take back: %(what)s, given %(day)s") % values

    def _consent_picked(self, chosen: str | None) -> None:
        what, _colon, how = (chosen or "").partition(":")
        if not what:
            return
        if what == BACK:
            self.change(lambda v: consents.withdraw_consent(self.bench.here, self.number, UUID(how), version=v))
        elif how == REFUSED:
            self._write_consent(ConsentType(what), ConsentMode.SPOKEN, {}, given=False)
        else:
            type, mode = ConsentType(what), ConsentMode(how)

            def told(given: dict[str, str] | None) -> None:
                """Writes it down as it was told."""
                if given is not None:
                    self._write_consent(type, mode, given)

            fields = [Field("by", _("By whom")), Field("scope", _("How far")), Field("until", _("Until and with"))]
            self.app.push_screen(
                FieldsDialog(codes.consent(type), fields, hint=_("All may be left empty: then the patient herself.")),
                told,
            )

    def _write_consent(self, type: ConsentType, mode: ConsentMode, told: dict[str, str], *, given: bool = True) -> None:
        text = told.get("until", "").strip()
        try:
            until = typed_date(text, self.today) if text else None
        except Unreadable:
            self.say(_("A day is needed, for instance 27/11."), warning=True)
            return
        write = partial(consents.record_consent, self.bench.here, self.number, type, mode, given=given)
        by, scope = told.get("by", ""), told.get("scope", "")
        self.change(lambda version: write(given_by=by, scope=scope, ends_on=until, version=version))

    # -- notes ---------------------------------------------------------------------------------------------

    def do_correct_note(self) -> None:
        """The text of a note is put where one writes; saved it stands beside the old one, which stays."""
        notes = sorted(self.view.notes, key=lambda one: one.at, reverse=True)
        if not notes:
            self.say(_("The case has no note."), warning=True)
            return
        choices = [(str(one.id), f"{stamp(one.at)} {one.by or ''}: {one.text[:BEGINNING]}") for one in notes]

        def picked(id: str | None) -> None:
            """Puts the note picked where one writes."""
            if id:
                self.correct_note(next(one for one in notes if str(one.id) == id))

        self.app.push_screen(Pick(_("Correct which note?"), choices), picked)

    def correct_note(self, note: NoteView) -> None:
        """Begins the correction; the screen that holds the note does."""

    # -- kept beyond its time --------------------------------------------------------------------------------

    def do_hold(self) -> None:
        """Keeps the case while a complaint or compensation case is open."""
        self._reasoned(_("Keep the case beyond its time: why?"), retention.hold)

    def do_lift_hold(self) -> None:
        """Lets the case's time run again."""
        self._reasoned(_("Let the case's time run again: why?"), retention.lift)

    def _reasoned(self, question: str, write: Callable[..., CaseView]) -> None:
        call = partial(write, self.bench.here, self.number)

        def told(why: str | None) -> None:
            """Makes the change for that reason."""
            if why:
                self.change(lambda version: call(reason=why, version=version))

        self.app.push_screen(Line(question), told)
