"""What a password must be, and how long wrong tries lock a person out."""

from datetime import timedelta

from pkui.domain.folding import fold, fold_words

SHORTEST, LONGEST = 12, 200
FREE_TRIES = 3
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


def locked_for(failures: int) -> timedelta:
    """How long after so many wrong tries in a row: nothing before the third, then a minute, doubled up to an hour."""
    if failures < FREE_TRIES:
        return timedelta(0)
    doubled: int = 1 << min(failures - FREE_TRIES, 10)
    return min(_FIRST_WAIT * doubled, _LONGEST_WAIT)


def password_fault(password: str, username: str, name: str) -> str | None:
    """Why a password cannot be taken (a code), or None. Long and not one's own name; no rule about signs (NIST)."""
    if len(password) < SHORTEST:
        return "password_too_short"
    if len(password) > LONGEST:
        return "password_too_long"
    folded = fold(password)
    if len(set(password)) < 4 or any(word in folded for word in (fold(username), *fold_words(name)) if len(word) > 3):
        return "password_too_easy"
    return None
