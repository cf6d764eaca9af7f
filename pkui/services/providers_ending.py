"""When an agreement ends: nothing new goes there, and every family with a course there is found and helped."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.domain.providers.catalogue import Agreement, Organization
from pkui.domain.providers.differences import Change, ChangeKind
from pkui.services.desk import Work, use_case
from storage.providers import SegmentAtProvider as SegmentAtProvider
from storage.providers import read_held, read_segments_at, write_changes
from storage.tables.providers import AgreementEnding, EndingCheck
from storage.tables.staff import StaffTeam, TeamRow

LOOK_BACK_YEARS = 2
CHECKS = ("advised", "complaint", "moved_back")
_GROUP = "ended-"


@dataclass(frozen=True)
class EndingView:
    """A provider whose agreement ended, the group that works on it, and every course there."""

    organization_id: str
    name: str
    ends_on: date
    team: str
    agreements: tuple[str, ...]
    segments: tuple[SegmentAtProvider, ...]


@use_case(Permission.CATALOGUE)
def end_agreement(work: Work, id: str, *, on: date, chance: Random | None = None) -> EndingView:
    """Ends an agreement, or every one of a provider, from a day on. Done before, it only lists again.

    From that day the place is closed on every ladder; a working group is opened under the provider's name. `chance`
    makes made-up data the same every time.
    """
    held = read_held(work.session, ("agreements", "organizations"))
    agreement = held["agreements"].get(id)
    organization_id = getattr(agreement.row, "organization_id", "") if agreement else id
    organization = held["organizations"].get(organization_id)
    if organization is None or not isinstance(organization.row, Organization):
        raise BadInput("no_provider")
    ended = [
        one.row
        for one in held["agreements"].values()
        if isinstance(one.row, Agreement)
        and one.row.organization_id == organization_id
        and id in (one.row.id, organization_id)
    ]
    if not ended:
        raise Refused("nothing_to_end")
    _end(work, ended, on)
    only = agreement.row.id if agreement and isinstance(agreement.row, Agreement) else None
    ending = _ending(work, organization.row, only, on, chance)
    return _view(work, ending, organization.row, tuple(one.id for one in ended))


@use_case(Permission.CATALOGUE, writes=False)
def endings(work: Work) -> list[EndingView]:
    """Every ended provider with its courses, the newest first."""
    rows = work.session.scalars(sa.select(AgreementEnding).order_by(col(AgreementEnding.ends_on).desc())).all()
    organizations = read_held(work.session, ("organizations",))["organizations"]
    found = []
    for row in rows:
        held = organizations.get(row.organization_id)
        if held is not None and isinstance(held.row, Organization):
            found.append(_view(work, row, held.row, (row.agreement_id,) if row.agreement_id else ()))
    return found


@use_case(Permission.WORK_CASES)
def check_family(work: Work, organization_id: str, segment_id: UUID, what: str, *, done: bool = True) -> None:
    """Ticks what was done for one family today (advised, complaint, moved back), or takes the tick away."""
    if what not in CHECKS:
        raise BadInput("no_such_check")
    ending = work.session.scalars(
        sa.select(AgreementEnding)
        .where(col(AgreementEnding.organization_id) == organization_id)
        .order_by(col(AgreementEnding.ends_on).desc())
    ).first()
    if ending is None:
        raise BadInput("no_provider")
    if segment_id not in {one.segment_id for one in _segments(work, ending)}:
        raise BadInput("no_segment")
    row = work.session.get(EndingCheck, (ending.id, segment_id)) or EndingCheck(
        ending_id=ending.id, segment_id=segment_id
    )
    setattr(row, f"{what}_on", work.today if done else None)
    work.session.add(row)


def _end(work: Work, agreements: list[Agreement], on: date) -> None:
    last = on - timedelta(days=1)
    changes = []
    for one in agreements:
        if one.valid_to is not None and one.valid_to <= last:
            continue
        starts = one.valid_from if one.valid_from is None or one.valid_from <= last else last
        after = replace(one, valid_from=starts, valid_to=last)
        changes.append(Change("agreements", one.id, ChangeKind.CHANGED, one, after, ("valid_to",)))
    write_changes(
        work.session,
        changes,
        at=work.now,
        today=work.today,
        staff_id=work.person.id,
        import_id=None,
        source="ended",
        by_hand=True,
    )


def _ending(
    work: Work, organization: Organization, agreement_id: str | None, on: date, chance: Random | None
) -> AgreementEnding:
    held = work.session.scalars(
        sa.select(AgreementEnding).where(
            col(AgreementEnding.organization_id) == organization.id, col(AgreementEnding.ends_on) == on
        )
    ).first()
    if held is not None:
        return held
    ending = AgreementEnding(
        id=new_key(work.now, chance),
        organization_id=organization.id,
        agreement_id=agreement_id,
        ends_on=on,
        team=_group(work, organization),
        at=work.now,
        staff_id=work.person.id,
    )
    work.session.add(ending)
    work.session.flush()
    return ending


def _group(work: Work, organization: Organization) -> str:
    """Opens the working group, with the person who ended the agreement in it; an open one is used again."""
    code = f"{_GROUP}{organization.id}"[:40]
    team = work.session.get(TeamRow, code)
    if team is None:
        work.session.add(TeamRow(code=code, name=organization.name[:120], opened_on=work.today))
        work.session.flush()
        work.session.add(StaffTeam(staff_id=work.person.id, team=code, valid_from=work.today))
    else:
        team.closed_on = None
    return code


def _segments(work: Work, ending: AgreementEnding) -> list[SegmentAtProvider]:
    return read_segments_at(work.session, ending.organization_id, closed_after=_look_back(work), ending_id=ending.id)


def _look_back(work: Work) -> datetime:
    year = work.today.year - LOOK_BACK_YEARS
    leap = work.today.month == 2 and work.today.day == 29
    day = date(year, 2, 28) if leap else work.today.replace(year=year)
    return at(day, work.office.opens)


def _view(work: Work, ending: AgreementEnding, organization: Organization, agreements: tuple[str, ...]) -> EndingView:
    return EndingView(
        organization_id=organization.id,
        name=organization.name,
        ends_on=ending.ends_on,
        team=ending.team,
        agreements=agreements,
        segments=tuple(_segments(work, ending)),
    )
