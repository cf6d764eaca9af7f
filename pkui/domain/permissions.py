"""Who may do what: the office's table of roles and rights, as data that every service asks."""

from collections.abc import Collection
from enum import StrEnum

from pkui.domain.codes import Complexity, Role, Topic

RECORD_TOPICS = frozenset(
    {Topic.HEALTH_RECORD, Topic.RECORD_PRIVATE_MARK, Topic.AUTHORITY_COMPLAINT, Topic.SERVICE_COMPLAINT}
)
"""The topics an administrative colleague works on."""


class Permission(StrEnum):
    """What a use case needs."""

    READ_QUEUE = "read_queue"
    WORK_CASES = "work_cases"
    APPROVE = "approve"
    REGISTER = "register"
    OPEN_OUTSIDE_TEAM = "open_outside_team"
    MOVE_CASES = "move_cases"
    REPORT_ILLNESS = "report_illness"
    SETTINGS = "settings"
    LAW = "law"
    TEXTS = "texts"
    SEE_PEOPLE = "see_people"
    PEOPLE = "people"
    CATALOGUE = "catalogue"
    OWN_ACCESS_LOG = "own_access_log"
    ACCESS_LOG_FIGURES = "access_log_figures"
    ALL_ACCESS_LOG = "all_access_log"
    OPERATE = "operate"


class Grant(StrEnum):
    """How far a permission goes."""

    NO = "no"
    SIMPLE_ONLY = "simple_only"
    RECORD_TOPICS = "record_topics"
    IN_A_CALL = "in_a_call"
    WITH_REASON = "with_reason"
    YES = "yes"


_STRENGTH = list(Grant)
_P, _R = Permission, Role

TABLE: dict[Permission, dict[Role, Grant]] = {
    _P.READ_QUEUE: dict.fromkeys(
        (_R.ADVISER, _R.SECRETARY, _R.ADMINISTRATIVE, _R.SUPERVISOR, _R.TEMPORARY, _R.DAY_COORDINATOR),
        Grant.YES,
    ),
    _P.WORK_CASES: {
        _R.ADVISER: Grant.YES,
        _R.SUPERVISOR: Grant.YES,
        _R.ADMINISTRATIVE: Grant.RECORD_TOPICS,
        _R.TEMPORARY: Grant.SIMPLE_ONLY,
    },
    _P.APPROVE: {_R.ADVISER: Grant.YES, _R.SUPERVISOR: Grant.YES},
    _P.REGISTER: dict.fromkeys(
        (_R.ADVISER, _R.SECRETARY, _R.ADMINISTRATIVE, _R.SUPERVISOR, _R.TEMPORARY, _R.DAY_COORDINATOR),
        Grant.YES,
    ),
    _P.OPEN_OUTSIDE_TEAM: {
        _R.ADVISER: Grant.WITH_REASON,
        _R.SECRETARY: Grant.IN_A_CALL,
        _R.ADMINISTRATIVE: Grant.WITH_REASON,
        _R.SUPERVISOR: Grant.YES,
        _R.DAY_COORDINATOR: Grant.YES,
    },
    _P.MOVE_CASES: {_R.SUPERVISOR: Grant.YES, _R.DAY_COORDINATOR: Grant.YES},
    _P.REPORT_ILLNESS: {_R.SECRETARY: Grant.YES, _R.SUPERVISOR: Grant.YES, _R.DAY_COORDINATOR: Grant.YES},
    _P.SETTINGS: {_R.SUPERVISOR: Grant.YES, _R.SYSTEM_ADMINISTRATOR: Grant.YES},
    _P.LAW: {_R.SUPERVISOR: Grant.YES},
    _P.TEXTS: {_R.SUPERVISOR: Grant.YES},
    _P.SEE_PEOPLE: {role: Grant.YES for role in _R if role not in (_R.LOG_REVIEWER, _R.SYSTEM)},
    _P.PEOPLE: {_R.SUPERVISOR: Grant.YES, _R.SYSTEM_ADMINISTRATOR: Grant.YES},
    _P.CATALOGUE: dict.fromkeys(
        (_R.ADVISER, _R.SECRETARY, _R.ADMINISTRATIVE, _R.SUPERVISOR, _R.DAY_COORDINATOR), Grant.YES
    ),
    _P.OWN_ACCESS_LOG: dict.fromkeys(
        (_R.ADVISER, _R.SECRETARY, _R.ADMINISTRATIVE, _R.SUPERVISOR, _R.TEMPORARY, _R.DAY_COORDINATOR),
        Grant.YES,
    ),
    _P.ACCESS_LOG_FIGURES: {_R.SUPERVISOR: Grant.YES, _R.LOG_REVIEWER: Grant.YES},
    _P.ALL_ACCESS_LOG: {_R.LOG_REVIEWER: Grant.YES},
    _P.OPERATE: {_R.SYSTEM_ADMINISTRATOR: Grant.YES},
}


def grant(roles: Collection[Role], permission: Permission) -> Grant:
    """The furthest that any of the roles reaches; the system person of a training database may do everything."""
    if Role.SYSTEM in roles:
        return Grant.YES
    row = TABLE[permission]
    return max((row.get(role, Grant.NO) for role in roles), key=_STRENGTH.index, default=Grant.NO)


def may_work(roles: Collection[Role], topic: Topic, complexity: Complexity) -> bool:
    """Whether a person with these roles may work a case of that topic and complexity to its end."""
    match grant(roles, Permission.WORK_CASES):
        case Grant.YES:
            return True
        case Grant.RECORD_TOPICS:
            return topic in RECORD_TOPICS
        case Grant.SIMPLE_ONLY:
            return complexity is Complexity.SIMPLE
        case _:
            return False
