"""Calendars as whole numbers: bit i is slot i of a day, and shifting finds every start with room in a few steps."""


def block(start: int, end: int) -> int:
    """The slots from start to end, end excluded."""
    return ((1 << (end - start)) - 1) << start if end > start else 0


def starts(free: int, length: int) -> int:
    """The slots where a run of `length` free slots begins; it doubles the run it knows at each step."""
    known = 1
    while known < length and free:
        step = min(known, length - known)
        free &= free >> step
        known += step
    return free


def covered(begin: int, length: int) -> int:
    """The slots covered by a run of `length` slots from any of the starts given."""
    known = 1
    while known < length and begin:
        step = min(known, length - known)
        begin |= begin << step
        known += step
    return begin


def lowest(bits: int) -> int:
    """The number of the lowest bit set; the bits must not be zero."""
    return (bits & -bits).bit_length() - 1


def each(bits: int) -> list[int]:
    """The numbers of the bits set, lowest first."""
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found
