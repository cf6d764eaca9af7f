"""UUIDs of version 7 (RFC 9562): primary keys that sort by the instant they were made."""

import secrets
import time
from datetime import datetime
from random import Random
from uuid import UUID

_TURN_BITS, _CHANCE_BITS = 50, 24


def new_key(at: datetime, chance: Random | None = None) -> UUID:
    """A new key made at that instant; `chance` gives repeatable keys for data made from a seed.

    Keys of one instant sort in the order in which they were made, also where the clock stands still.
    """
    bits = chance.getrandbits(_TURN_BITS + _CHANCE_BITS) if chance else _turn()
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    high, low = bits >> 62, bits & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def _turn() -> int:
    """Real nanoseconds before chance: they repeat after 13 days, the instant in front of them does not."""
    return (time.time_ns() & ((1 << _TURN_BITS) - 1)) << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS)
