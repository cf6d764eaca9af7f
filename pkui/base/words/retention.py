"""What a case is kept as."""

from pkui.base.words import N_, _
from pkui.domain.retention import Keeping

_KEPT = {Keeping.COMPLAINT: N_("complaint"), Keeping.RECORD: N_("record matter"), Keeping.ADVICE: N_("advice")}


def kept_as(code: Keeping) -> str:
    """What a case is kept as."""
    return _(_KEPT[code])
