"""Where a case goes: sorted anew when what is known changes, or by a person with a reason; the reason stays on it."""

from typing import Any

from pkui.base.clock import local_date
from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import HISTORICAL_TOPICS, CaseState, Complexity, ConsentType, EventKind, Topic
from pkui.domain.identifiers import age_on
from pkui.domain.permissions import Grant, Permission, may_work
from pkui.domain.sorting import SortingFacts, folded, group_for, sort_case
from pkui.domain.sorting_rules import has_word
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import LONGEST_REASON, given_text, not_longer, open_for_change
from pkui.services.desk import Work, require, use_case
from pkui.services.openings import keep_open
from pkui.services.standing import facts_of, place_anew
from storage.cases import patient_of, read_consents, read_segments
from storage.staff import read_groups, read_staff
from storage.tables.cases import Case
from storage.tables.staff import Staff, TeamRow


@use_case(Permission.WORK_CASES)
def set_routing(
    work: Work,
    queue_number: int,
    *,
    team: str | None = None,
    complexity: Complexity | None = None,
    reason: str,
    version: int | None = None,
) -> CaseView:
    """Gives a case another team or complexity by hand, with a reason; the rules leave it at that from then on.

    Raises Refused('class_1_is_never_simple') and, for who may work simple cases only, Refused('not_allowed').
    """
    case = open_for_change(work, queue_number, version)
    if case.closed_at is not None:
        raise Refused("closed", queue_number=queue_number)
    if not reason.strip():
        raise BadInput("reason_needed")
    kept = not_longer(reason, LONGEST_REASON).strip()
    before = case.team, case.complexity
    if team is not None:
        row = work.session.get(TeamRow, team)
        if row is None or row.opened_on > work.today or (row.closed_on is not None and row.closed_on < work.today):
            raise BadInput("no_such_team")
        case.team, case.team_reason = team, kept
    if complexity is not None:
        _require_may_set(work, case, complexity)
        case.complexity, case.complexity_reason = complexity, kept
    _finish(work, case, before, case.routing or [], reason=kept)
    return view_of(work, case)


@use_case(Permission.REGISTER)
def change_topic(work: Work, queue_number: int, topic: Topic, *, reason: str, version: int | None = None) -> CaseView:
    """Sorts an open case under another topic, with a reason; class, place, team and hints follow.

    Changed back the same way. Raises Refused('closed'), BadInput('reason_needed') and BadInput('unknown_topic').
    """
    case = open_for_change(work, queue_number, version)
    if case.closed_at is not None:
        raise Refused("closed", queue_number=queue_number)
    if topic in HISTORICAL_TOPICS:
        raise BadInput("unknown_topic")
    kept, before = given_text(reason, "reason_needed", LONGEST_REASON), case.topic
    if topic is not before:
        work.event(case, EventKind.SORTED, reason=kept, before=before.value, topic=topic.value)
        set_topic(work, case, topic)
        keep_open(work, case, kept)
    return view_of(work, case)


def set_topic(work: Work, case: Case, topic: Topic) -> None:
    """Gives an open case its topic and sorts and places it anew; what was set by hand does not hold for class 1."""
    case.topic = topic
    if topic is Topic.MAXIMUM_WAITING_TIME:
        case.team_reason = case.complexity_reason = None
    route_anew(work, case)
    _finish(work, case, (case.team, case.complexity), case.routing or [])


def route_anew(work: Work, case: Case) -> None:
    """Sorts a case by what is known of it now; what a person has set stays as she set it."""
    if case.closed_at is not None:
        return
    work.session.flush()
    before, why = (case.team, case.complexity), case.routing
    sorting = sort_case(_known(work, case), work.office)
    if case.team_reason is None:
        case.team = sorting.team
    if case.complexity_reason is None:
        case.complexity = sorting.complexity
    case.routing = [reason.value for reason in sorting.reasons]
    if (case.team, case.complexity) != before or case.routing != (why or []):
        _finish(work, case, before, case.routing)


def _require_may_set(work: Work, case: Case, complexity: Complexity) -> None:
    if complexity is not Complexity.SIMPLE:
        return
    if case.topic is Topic.MAXIMUM_WAITING_TIME:
        raise Refused("class_1_is_never_simple")
    if require(work.person, Permission.WORK_CASES) is not Grant.YES:
        raise Refused("not_allowed", permission=Permission.WORK_CASES.value)


def _finish(
    work: Work, case: Case, before: tuple[str, Complexity], why: list[Any], *, reason: str | None = None
) -> None:
    """Places the case anew and records where it went; a holder who may not finish it any more gives it back."""
    released = _release(work, case)
    place_anew(work, case)
    if reason is None and not released and (case.team, case.complexity) == before:
        return
    work.event(
        case,
        EventKind.ROUTED,
        reason=reason,
        team=case.team,
        complexity=case.complexity.value,
        before_team=before[0],
        before_complexity=before[1].value,
        why=why,
        released=released,
    )


def _release(work: Work, case: Case) -> bool:
    if case.assignee_id is None:
        return False
    holder = work.session.get(Staff, case.assignee_id)
    found = read_staff(work.session, work.today, work.now, username=holder.username) if holder else []
    if found and may_work(found[0].roles, case.topic, case.complexity):
        return False
    case.assignee_id = None
    if case.state in (CaseState.ASSIGNED, CaseState.SCHEDULED):
        case.state = CaseState.NEW
    return True


def _known(work: Work, case: Case) -> SortingFacts:
    """What is stored of a case, as sorting looks at it."""
    patient, facts, office = patient_of(work.session, case), facts_of(work, case), work.office
    course = folded(facts.get("letter_treatment"), facts.get("letter_department"))
    words = f"{course} {folded(case.free_text)}"
    consents = [one for one in read_consents(work.session, case.id) if one.type is ConsentType.HEALTH_INFORMATION]
    newest = consents[-1] if consents else None
    return SortingFacts(
        topic=case.topic,
        segments=max(1, len(read_segments(work.session, case.id))),
        common_area=has_word(course, office.common_areas),
        facts_known=all(facts.get(name) for name in ("letter_hospital", "letter_treatment", "referral_date_in_letter")),
        address_protected=patient.protected,
        consent_given=newest is not None and newest.given and newest.withdrawn_at is None,
        age=age_on(patient.birth_date, local_date(work.now)) if patient.birth_date else None,
        interpreter=case.interpreter_language is not None,
        psychiatry=has_word(words, office.psychiatry_words),
        free_choice_used=facts.get("free_choice_already_used") is True,
        clinical_limit=has_word(words, office.limit_words),
        working_group=group_for(read_groups(work.session, work.today), case.topic, course, work.today),
    )
