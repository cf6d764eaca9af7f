"""The receipt of an enquiry: its number, and what was promised with it."""

from dataclasses import dataclass
from datetime import datetime

from pkui.domain.codes import ReceiptStatus, ReplyChannel, Topic
from pkui.domain.windows import Occurrence


@dataclass(frozen=True)
class Registered:
    """What the receipt says; `left_out` are the places in a completed submission that nobody could read."""

    status: ReceiptStatus
    queue_number: int
    case_number: str
    due_at: datetime
    topic: Topic
    priority_class: int
    reply_channel: ReplyChannel
    window: Occurrence | None
    linked_to: tuple[str, ...]
    flagged_words: tuple[str, ...]
    left_out: tuple[str, ...] = ()
