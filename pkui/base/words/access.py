"""The users' words of the access log, its review, and what cases are opened for."""

from collections.abc import Iterable

from pkui.base.words import N_, _
from pkui.domain import access_codes

_PURPOSES = {
    access_codes.Purpose.IN_A_CALL: N_("Somebody is on the phone about it"),
    access_codes.Purpose.COVER: N_("Covering for a colleague"),
    access_codes.Purpose.ASKED_BY_COLLEAGUE: N_("A colleague asked for help"),
    access_codes.Purpose.LETTER: N_("Post about the case has come"),
    access_codes.Purpose.CORRECTION: N_("Something is to be corrected"),
    access_codes.Purpose.STATED: N_("Stated in words"),
}

_ACCESS_KINDS = {
    access_codes.AccessKind.LOOK_UP: N_("Look-up"),
    access_codes.AccessKind.SEARCH: N_("Search"),
    access_codes.AccessKind.CREATE: N_("Registered"),
    access_codes.AccessKind.CHANGE: N_("Changed"),
    access_codes.AccessKind.EXPORT: N_("Handed out"),
    access_codes.AccessKind.PRINT: N_("Printed"),
    access_codes.AccessKind.COPY: N_("Copied"),
    access_codes.AccessKind.DELETE: N_("Deleted"),
    access_codes.AccessKind.SIGN_IN: N_("Sign-in"),
}

_MARKS = {
    access_codes.ReviewMark.OWN_CASE: N_("own case"),
    access_codes.ReviewMark.OWN_NAME: N_("own name"),
    access_codes.ReviewMark.COLLEAGUE: N_("colleague"),
    access_codes.ReviewMark.SAME_ADDRESS: N_("same address"),
    access_codes.ReviewMark.SAME_SURNAME: N_("same surname"),
    access_codes.ReviewMark.BREAK_GLASS: N_("protected"),
    access_codes.ReviewMark.MANY: N_("many at once"),
    access_codes.ReviewMark.NO_TASK: N_("no task"),
}

_DECISIONS = {
    access_codes.ReviewDecision.IN_ORDER: N_("In order"),
    access_codes.ReviewDecision.ASK: N_("Ask the person"),
    access_codes.ReviewDecision.BREACH: N_("Breach"),
}


def purpose(code: access_codes.Purpose | str) -> str:
    """What a case was opened for."""
    return _(_PURPOSES[access_codes.Purpose(code)])


def access_kind(code: access_codes.AccessKind) -> str:
    """What was done with data about a patient."""
    return _(_ACCESS_KINDS[code])


def review_mark(code: access_codes.ReviewMark) -> str:
    """Why a look-up is one to be reviewed."""
    return _(_MARKS[code])


def review_decision(code: access_codes.ReviewDecision) -> str:
    """What a reviewer found."""
    return _(_DECISIONS[code])


_BREAKS = {
    "changed": N_("it is not as it was written"),
    "missing": N_("it is missing"),
    "no_end": N_("rows after it have been taken away"),
    "bad_cut": N_("rows before it were deleted outside the rules"),
    "seal_missing": N_("a day's seal is missing"),
    "seal_changed": N_("a day's seal is not as it was made"),
}


def log_break(code: str) -> str:
    """Why a row of the log is not whole."""
    return _(_BREAKS[code])


def marks(found: Iterable[access_codes.ReviewMark]) -> str:
    """Why a look-up is reviewed, in a few words."""
    return ", ".join(review_mark(one) for one in found) or _("random sample")


def purpose_or_code(text: str | None) -> str:
    """A purpose in words; other codes, such as a username, as they stand."""
    if text is None:
        return ""
    return purpose(text) if text in set(access_codes.Purpose) else text
