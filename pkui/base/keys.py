"""UUIDs of version 7 (RFC 9562): primary keys that sort by the instant they were made."""

import secrets
from datetime import datetime
from random import Random
from uuid import UUID


def new_key(at: datetime, chance: Random | None = None) -> UUID:
    """A new key made at that instant; `chance` gives repeatable keys for data made from a seed."""
    bits = chance.getrandbits(74) if chance else secrets.randbits(74)
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    high, low = bits >> 62, bits & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
