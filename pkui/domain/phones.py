"""Telephone numbers: one written form (E.164) for storing and searching, one for reading aloud."""

import re

DENMARK = "+45"
_DROPPED = re.compile(r"\(0\)|[\s().\u2010\u2011\u2013-]")
_DANISH = re.compile(r"[2-9][0-9]{7}")
_FOREIGN = re.compile(r"\+[1-9][0-9]{7,14}")


def normalise(text: str) -> str | None:
    """The number in E.164, or None where a person must look at it.

    Denmark's plan is closed: eight digits, none starting with 0 or 1. `00` is read as `+`. Foreign numbers
    are kept with 8 to 15 digits. Mobile series are no rule, as numbers move between operators.
    """
    compact = _DROPPED.sub("", text)
    if compact.startswith("00"):
        compact = "+" + compact[2:]
    local = compact.removeprefix(DENMARK)
    if _DANISH.fullmatch(local) and local.isascii():
        return DENMARK + local
    if compact.startswith(DENMARK):
        return None
    return compact if _FOREIGN.fullmatch(compact) else None


def display(number: str) -> str:
    """A stored number as it is read: `20 30 40 50` for a Danish one, others as they stand."""
    local = number.removeprefix(DENMARK)
    if local == number or not _DANISH.fullmatch(local):
        return number
    return " ".join(local[i : i + 2] for i in range(0, 8, 2))
