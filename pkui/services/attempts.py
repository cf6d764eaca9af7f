"""How often a patient is tried."""

from pkui.domain.codes import PriorityClass
from pkui.services.desk import Work
from storage.tables.cases import Case


def attempts_allowed(work: Work, case: Case) -> int | None:
    """How often the patient is tried: None is without limit (maximum waiting times), one when she asked for one."""
    if case.priority_class == PriorityClass.MAXIMUM_WAITING_TIME:
        return None
    return 1 if case.one_attempt_only else work.office.attempts
