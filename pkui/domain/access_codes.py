"""The codes of the access log and of its review: what was done, why it was opened, what a reviewer found."""

from enum import StrEnum


class AccessKind(StrEnum):
    """What a person did with data about a patient, for the access log; `sign_in` is everything about signing in."""

    LOOK_UP = "look_up"
    SEARCH = "search"
    CREATE = "create"
    CHANGE = "change"
    EXPORT = "export"
    PRINT = "print"
    COPY = "copy"
    DELETE = "delete"
    SIGN_IN = "sign_in"


class ReviewMark(StrEnum):
    """Why a look-up is one that a reviewer sees, the gravest first."""

    OWN_CASE = "own_case"
    OWN_NAME = "own_name"
    COLLEAGUE = "colleague"
    SAME_ADDRESS = "same_address"
    SAME_SURNAME = "same_surname"
    BREAK_GLASS = "break_glass"
    MANY = "many"
    NO_TASK = "no_task"


class ReviewDecision(StrEnum):
    """What a reviewer found of one person's look-ups of one patient."""

    IN_ORDER = "in_order"
    ASK = "ask"
    BREACH = "breach"


class Purpose(StrEnum):
    """Why somebody opens a case that is not hers; `stated` are words of her own, which the access log leaves out."""

    IN_A_CALL = "in_a_call"
    COVER = "cover"
    ASKED_BY_COLLEAGUE = "asked_by_colleague"
    LETTER = "letter"
    CORRECTION = "correction"
    STATED = "stated"
