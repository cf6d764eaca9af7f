"""When a closed case has been kept long enough, by what it was about.

Source: databeskyttelsesforordningen art. 5, stk. 1, litra e; the months are the office's own dated settings.
"""

from datetime import date
from enum import StrEnum

from pkui.domain.codes import Topic
from pkui.domain.office import OfficeSettings

COMPLAINTS = frozenset({Topic.AUTHORITY_COMPLAINT, Topic.SERVICE_COMPLAINT, Topic.DISSATISFACTION})
RECORDS = frozenset({Topic.HEALTH_RECORD, Topic.RECORD_PRIVATE_MARK})


class Keeping(StrEnum):
    """What a case is kept as."""

    COMPLAINT = "complaint"
    RECORD = "record"
    ADVICE = "advice"


def keeping(topic: Topic) -> Keeping:
    """What a case of a topic is kept as."""
    if topic in COMPLAINTS:
        return Keeping.COMPLAINT
    return Keeping.RECORD if topic in RECORDS else Keeping.ADVICE


def months_kept(kept: Keeping, office: OfficeSettings) -> int:
    """How many months after it was closed."""
    return {
        Keeping.COMPLAINT: office.kept_months_complaints,
        Keeping.RECORD: office.kept_months_records,
        Keeping.ADVICE: office.kept_months,
    }[kept]


def over_on(closed: date, months: int) -> date:
    """The first day on which it need not be kept any more; a day the month lacks becomes the first of the next."""
    year, month = divmod(closed.month - 1 + months, 12)
    try:
        return closed.replace(year=closed.year + year, month=month + 1)
    except ValueError:
        year, month = divmod(closed.month + months, 12)
        return closed.replace(year=closed.year + year, month=month + 1, day=1)
