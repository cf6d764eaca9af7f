"""Texts that go out to patients."""

from dataclasses import dataclass

from pkui.base.words import N_, _, ngettext


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


@dataclass(frozen=True)
class Request:
    """A request to the referring department, and the same as a copy for others."""

    for_department: str
    copy: str


ENCLOSED = (
    N_("the referral itself, with diagnosis, question and date of receipt"),
    N_("the relevant record notes and the latest findings"),
    N_("descriptions of images, and the images where the place needs them"),
    N_("laboratory results and the current medication"),
    N_("height, weight, other illnesses and what anaesthesia must know"),
    N_("the patient's telephone number, and needs such as an interpreter"),
)
"""What makes a referral complete: a re-referral counts only once all of it is delivered (decision 23SFP15)."""


def referral_request(
    *,
    case_number: str,
    patient: str | None,
    department: str | None,
    place: str,
    place_line: str,
    area: str,
    agreement: bool,
    interpreter: str | None,
    present_kept: bool | None,
) -> Request:
    """Asks the referring department to forward the referral; the person number is put in when it is sent."""
    to = _("To {department}").format(department=department) if department else _("To the referring department")
    about = _("Patient: {name} (person number is put in when sent). Our case: {case}.").format(
        name=patient or _("name not known"), case=case_number
    )
    where = f"{place}, {place_line}" if place_line else place
    ask = _("The patient has chosen {place} for: {area}. Please forward the referral there.").format(
        place=where, area=area
    )
    lines = [to, about, ask]
    if agreement:
        lines.append(_("The place treats the patient under an agreement with the region."))
    lines.append(
        "\n".join([_("Please enclose, so that the referral is complete:"), *(f"- {_(one)}" for one in ENCLOSED)])
    )
    if interpreter:
        lines.append(_("The patient needs an interpreter: {language}.").format(language=interpreter))
    if present_kept is not None:
        lines.append(
            _("The present date is kept until the new place has confirmed one.")
            if present_kept
            else _("The present date is to be cancelled.")
        )
    lines.append(_("The patient has agreed to the information being passed on (Health Act, section 51(4))."))
    lines.append(_("Kind regards\nThe Patient Office"))
    text = "\n\n".join(lines)
    return Request(text, "\n\n".join([_("Copy for your information"), text]))
