"""The users' words of the access log, its review, and what cases are opened for."""

from collections.abc import Iterable

from pkui.base.words import N_, _
from pkui.domain import codes

_PURPOSES = {
    codes.Purpose.IN_A_CALL: N_("Somebody is on the phone about it"),
    codes.Purpose.COVER: N_("Covering for a colleague"),
    codes.Purpose.ASKED_BY_COLLEAGUE: N_("A colleague asked for help"),
    codes.Purpose.LETTER: N_("Post about the case has come"),
    codes.Purpose.CORRECTION: N_("Something is to be corrected"),
    codes.Purpose.STATED: N_("Stated in words"),
}

_ACCESS_KINDS = {
    codes.AccessKind.LOOK_UP: N_("Look-up"),
    codes.AccessKind.SEARCH: N_("Search"),
    codes.AccessKind.CREATE: N_("Registered"),
    codes.AccessKind.CHANGE: N_("Changed"),
    codes.AccessKind.EXPORT: N_("Handed out"),
    codes.AccessKind.PRINT: N_("Printed"),
    codes.AccessKind.COPY: N_("Copied"),
    codes.AccessKind.DELETE: N_("Deleted"),
    codes.AccessKind.SIGN_IN: N_("Sign-in"),
}

_MARKS = {
    codes.ReviewMark.OWN_CASE: N_("own case"),
    codes.ReviewMark.OWN_NAME: N_("own name"),
    codes.ReviewMark.COLLEAGUE: N_("colleague"),
    codes.ReviewMark.SAME_ADDRESS: N_("same address"),
    codes.ReviewMark.SAME_SURNAME: N_("same surname"),
    codes.ReviewMark.BREAK_GLASS: N_("protected"),
    codes.ReviewMark.MANY: N_("many at once"),
    codes.ReviewMark.NO_TASK: N_("no task"),
}

_DECISIONS = {
    codes.ReviewDecision.IN_ORDER: N_("In order"),
    codes.ReviewDecision.ASK: N_("Ask the person"),
    codes.ReviewDecision.BREACH: N_("Breach"),
}


def purpose(code: codes.Purpose | str) -> str:
    """What a case was opened for."""
    return _(_PURPOSES[codes.Purpose(code)])


def access_kind(code: codes.AccessKind) -> str:
    """What was done with data about a patient."""
    return _(_ACCESS_KINDS[code])


def review_mark(code: codes.ReviewMark) -> str:
    """Why a look-up is one to be reviewed."""
    return _(_MARKS[code])


def review_decision(code: codes.ReviewDecision) -> str:
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


def marks(found: Iterable[codes.ReviewMark]) -> str:
    """Why a look-up is reviewed, in a few words."""
    return ", ".join(review_mark(one) for one in found) or _("random sample")


def purpose_or_code(text: str | None) -> str:
    """A purpose in words; other codes, such as a username, as they stand."""
    if text is None:
        return ""
    return purpose(text) if text in set(codes.Purpose) else text
