"""What a patient agrees to (Sundhedsloven § 51, stk. 4, among others): given, refused, ended, taken back."""

from datetime import date
from uuid import UUID

from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.codes import ConsentMode, ConsentType, EventKind
from pkui.domain.disclosure import Agreed
from pkui.domain.permissions import Permission
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import LONGEST_NAME, not_longer, open_for_change
from pkui.services.desk import Work, use_case
from pkui.services.routing import route_anew
from storage.cases import read_consents
from storage.tables.cases import Case
from storage.tables.contacts import Consent

LONGEST_SCOPE = 500


@use_case(Permission.REGISTER)
def record_consent(
    work: Work,
    queue_number: int,
    type: ConsentType,
    mode: ConsentMode,
    *,
    given: bool = True,
    given_by: str = "",
    scope: str = "",
    ends_on: date | None = None,
    version: int | None = None,
) -> CaseView:
    """Writes down what the patient agreed to or refused; the newest of a kind holds. Raises BadInput('bad_days').

    `given_by`: who said so in the patient's place, such as one with custody of a child under 15.
    """
    case = open_for_change(work, queue_number, version)
    if ends_on is not None and ends_on < work.today:
        raise BadInput("bad_days")
    scope, given_by = not_longer(scope.strip(), LONGEST_SCOPE), not_longer(given_by.strip(), LONGEST_NAME)
    add_consent(work, case, type, mode, given=given, given_by=given_by, scope=scope, ends_on=ends_on)
    work.event(case, EventKind.CONSENT_RECORDED, type=type.value, mode=mode.value, given=given)
    route_anew(work, case)
    return view_of(work, case)


def add_consent(
    work: Work,
    case: Case,
    type: ConsentType,
    mode: ConsentMode,
    *,
    given: bool = True,
    given_by: str = "",
    scope: str = "",
    ends_on: date | None = None,
) -> None:
    """Adds a consent to the case, recorded by whoever sits here."""
    work.session.add(
        Consent(
            id=new_key(work.now),
            case_id=case.id,
            type=type,
            mode=mode,
            scope=scope or None,
            given=given,
            given_by=given_by or None,
            given_at=work.now,
            ends_on=ends_on,
            recorded_by=work.person.id,
        )
    )


@use_case(Permission.REGISTER)
def withdraw_consent(work: Work, queue_number: int, consent_id: UUID, *, version: int | None = None) -> CaseView:
    """The patient takes a consent back, which she can at any time; what it was stays to be seen.

    Raises BadInput('no_such_consent') and Refused('withdrawn_already').
    """
    case = open_for_change(work, queue_number, version)
    consent = next((one for one in read_consents(work.session, case.id) if one.id == consent_id), None)
    if consent is None:
        raise BadInput("no_such_consent")
    if consent.withdrawn_at is not None:
        raise Refused("withdrawn_already")
    consent.withdrawn_at = work.now
    work.event(case, EventKind.CONSENT_WITHDRAWN, type=consent.type.value)
    route_anew(work, case)
    return view_of(work, case)


def holds(work: Work, case: Case, type: ConsentType) -> bool:
    """Whether the newest consent of a kind is given and not over."""
    found = [one for one in read_consents(work.session, case.id) if one.type is type]
    if not found:
        return False
    newest = found[-1]
    return Agreed(newest.type, newest.given, newest.ends_on, newest.withdrawn_at is not None).holds(work.today)


def require_consent(work: Work, case: Case) -> None:
    """Raises Refused('consent_needed') where health information may not be passed on or asked for (§ 51, stk. 4)."""
    if not holds(work, case, ConsentType.HEALTH_INFORMATION):
        raise Refused("consent_needed")
