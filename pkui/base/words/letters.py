"""Texts that go out to patients."""

from pkui.base.words import _, ngettext


def not_reached_letter(case_number: str, attempts: int) -> str:
    """The letter after the last attempt to call; nothing in it about health."""
    tried = ngettext("We have tried to call you once.", "We have tried to call you %(n)s times.", attempts) % {
        "n": attempts
    }
    return "\n\n".join(
        (
            _("Dear patient"),
            _("You have written to the Patient Office (case %(case)s).") % {"case": case_number} + " " + tried,
            _("Please call us, or tell us when we can call you."),
            _("Kind regards\nThe Patient Office"),
        )
    )
