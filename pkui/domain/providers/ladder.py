"""The offer ladder: own hospital, other public, partner, agreement; each place open, closed or unknown, and why.

The order of the tests is the law's: the region's own hospitals and its partners first, and an agreement hospital only
where none of them meets the limit and where it is not slower than they are (Sundhedsloven § 87, stk. 1-3 and § 86).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pkui.domain.codes import Relation
from pkui.domain.providers.figures import Figure
from pkui.domain.rights.answers import Answer

OWN, OTHER_PUBLIC, PARTNER, AGREEMENT = 1, 2, 3, 4
_POSITIVE = frozenset({Answer.YES, Answer.LIKELY})


class RungState(StrEnum):
    """Whether a place can be offered."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why a place stands as it stands; base/words makes the sentence."""

    NO_CASE = "no_case"
    OWN_HOSPITAL = "own_hospital"
    FREE_CHOICE = "free_choice"
    FREE_CHOICE_LIKELY = "free_choice_likely"
    FREE_CHOICE_NO = "free_choice_no"
    NO_OTHER_REGIONS = "no_other_regions"
    OUTSIDE_LIMITS = "outside_limits"
    LIMITS_OPEN = "limits_open"
    OWN_CAPACITY = "own_capacity"
    OWN_CAPACITY_LATE = "own_capacity_late"
    CLUSTER_OPEN = "cluster_open"
    NOT_CHECKED = "not_checked"
    EXTENDED_NO = "extended_no"
    NOT_YET = "not_yet"
    FACTS_MISSING = "facts_missing"
    REVIEW = "review"
    CLINICAL = "clinical"
    REGION_WITHIN_LIMIT = "region_within_limit"
    PARTNER_WITHIN_LIMIT = "partner_within_limit"
    REGION_WAIT_UNKNOWN = "region_wait_unknown"
    FIGURE_OLD = "figure_old"
    PRIVATE_WAIT_UNKNOWN = "private_wait_unknown"
    PRIVATE_LONGER = "private_longer"
    EQUAL_WAITS = "equal_waits"
    NO_LIMIT_KNOWN = "no_limit_known"
    EXTENDED_YES = "extended_yes"
    EXTENDED_LIKELY = "extended_likely"
    CHANGED_DATE = "changed_date"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class RightsPicture:
    """What the hints say: each right's answer (None: not looked at), and the last day of the limit.

    `changed_date`: the private right rests on an operation date the hospital changed (§ 87, stk. 3), where neither
    the limit nor the comparison of waits is asked for.
    """

    free_choice: Answer | None = None
    extended: Answer | None = None
    deadline: date | None = None
    changed_date: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One provider's service as the ladder sees it.

    `fits`: whether the patient is inside the provider's own limits (age, BMI); None where a figure of hers is missing.
    """

    id: str
    relation: Relation
    figure: Figure | None
    own: bool = False
    in_region: bool = False
    accepts_other_regions: bool | None = None
    cluster_open: bool = False
    blocked: bool = False
    fits: bool | None = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """A place's rung (1-4), its state, why, the date it could offer and whether that meets the limit."""

    rung: int
    state: RungState
    why: Why
    earliest: date | None
    meets: bool | None


def rung_of(relation: Relation, *, own: bool) -> int:
    """1 own hospital, 2 other public and special, 3 partner and tied, 4 agreement."""
    if own:
        return OWN
    if relation in (Relation.PUBLIC, Relation.SPECIAL):
        return OTHER_PUBLIC
    return PARTNER if relation in (Relation.PARTNER, Relation.TIED) else AGREEMENT


def judge(places: Sequence[Place], rights: RightsPicture | None, today: date) -> list[Verdict]:
    """Every place's verdict, in the order given; without `rights` (no case) what hangs on rights is unknown."""
    region = _Region(places, rights, today)
    return [_verdict(place, rights, region, today) for place in places]


def _verdict(place: Place, rights: RightsPicture | None, region: "_Region", today: date) -> Verdict:
    rung = rung_of(place.relation, own=place.own)
    deadline = rights.deadline if rights else None
    earliest = place.figure.earliest(today) if place.figure else None
    meets = place.figure.meets(deadline, today) if place.figure else None
    if place.blocked:
        state, why = RungState.CLOSED, Why.ENDED
    elif rung == OWN:
        state, why = RungState.OPEN, Why.OWN_HOSPITAL
    elif place.fits is False:
        state, why = RungState.CLOSED, Why.OUTSIDE_LIMITS
    elif rights is None:
        state, why = RungState.UNKNOWN, Why.NO_CASE
    elif rung == OTHER_PUBLIC:
        state, why = _public(place, rights)
    elif rung == PARTNER:
        state, why = _partner(place, meets)
    else:
        state, why = _agreement(place, rights, region, today)
    return Verdict(rung, state, why, earliest, meets)


def _public(place: Place, rights: RightsPicture) -> tuple[RungState, Why]:
    """Free choice among public and special hospitals (§ 86, stk. 1); refusal for capacity is the place's own."""
    if not place.in_region and place.accepts_other_regions is False:
        return RungState.CLOSED, Why.NO_OTHER_REGIONS
    match rights.free_choice:
        case Answer.YES:
            return RungState.OPEN, Why.FREE_CHOICE
        case Answer.LIKELY:
            return RungState.OPEN, Why.FREE_CHOICE_LIKELY
        case Answer.NO:
            return RungState.CLOSED, Why.FREE_CHOICE_NO
    return RungState.UNKNOWN, _open_question(rights.free_choice)


def _partner(place: Place, meets: bool | None) -> tuple[RungState, Why]:
    """A partner is the region's own capacity (§ 79): no right is needed, and a late one blocks none (23SFP14)."""
    if place.cluster_open:
        return RungState.UNKNOWN, Why.CLUSTER_OPEN
    return RungState.OPEN, Why.OWN_CAPACITY_LATE if meets is False else Why.OWN_CAPACITY


def _agreement(place: Place, rights: RightsPicture, region: "_Region", today: date) -> tuple[RungState, Why]:
    """Extended free choice: the hint, then the region and its partners, then whether the private one is slower."""
    if place.cluster_open:
        return RungState.UNKNOWN, Why.CLUSTER_OPEN
    if rights.extended is Answer.NO:
        return RungState.CLOSED, Why.EXTENDED_NO
    if rights.extended is Answer.NOT_YET:
        return RungState.CLOSED, Why.NOT_YET
    if rights.extended not in _POSITIVE:
        return RungState.UNKNOWN, _open_question(rights.extended)
    if rights.changed_date:
        return RungState.OPEN, Why.CHANGED_DATE
    if rights.deadline is None:
        return RungState.UNKNOWN, Why.NO_LIMIT_KNOWN
    return region.against(place, likely=rights.extended is Answer.LIKELY, today=today)


def _open_question(answer: Answer | None) -> Why:
    match answer:
        case Answer.REVIEW:
            return Why.REVIEW
        case Answer.CLINICAL:
            return Why.CLINICAL
        case None:
            return Why.NOT_CHECKED
    return Why.FACTS_MISSING


class _Region:
    """What the region itself and its partners can do: the bar an agreement hospital is held against."""

    def __init__(self, places: Iterable[Place], rights: RightsPicture | None, today: date) -> None:
        self._deadline = rights.deadline if rights else None
        self._today = today
        open_ = [place for place in places if not place.blocked and (place.own or place.fits is not False)]
        self._own = [p for p in open_ if p.own or (p.in_region and p.relation is Relation.PUBLIC)]
        self._partners = [p for p in open_ if p.relation in (Relation.PARTNER, Relation.TIED)]

    def against(self, place: Place, *, likely: bool, today: date) -> tuple[RungState, Why]:
        """The verdict on an agreement hospital once the private right may exist."""
        for group, why in ((self._own, Why.REGION_WITHIN_LIMIT), (self._partners, Why.PARTNER_WITHIN_LIMIT)):
            if any(self._meets(one) and self._firm(one) for one in group):
                return RungState.CLOSED, why
        everyone = [*self._own, *self._partners]
        within = [one for one in everyone if self._meets(one) is not False]
        if any(one.figure is None or one.figure.earliest(self._today) is None for one in everyone):
            return RungState.UNKNOWN, Why.REGION_WAIT_UNKNOWN
        if any(one.cluster_open for one in within):
            return RungState.UNKNOWN, Why.CLUSTER_OPEN
        if any(one.fits is None for one in within):
            return RungState.UNKNOWN, Why.LIMITS_OPEN
        if within:
            old = any(one.figure is not None and one.figure.old(self._today) for one in within)
            return RungState.UNKNOWN, Why.FIGURE_OLD if old else Why.REGION_WAIT_UNKNOWN
        return self._compared(place, everyone, likely=likely, today=today)

    def _compared(self, place: Place, everyone: Sequence[Place], *, likely: bool, today: date) -> tuple[RungState, Why]:
        """A private wait may not exceed the region's own or its partners'; equal ones are for a person to settle."""
        mine = place.figure.earliest(today) if place.figure else None
        if mine is None:
            return RungState.UNKNOWN, Why.PRIVATE_WAIT_UNKNOWN
        if place.figure is not None and place.figure.old(today):
            return RungState.UNKNOWN, Why.FIGURE_OLD
        theirs = [day for one in everyone if one.figure and (day := one.figure.earliest(today)) is not None]
        if not theirs:
            return RungState.UNKNOWN, Why.REGION_WAIT_UNKNOWN
        if mine > min(theirs):
            return RungState.CLOSED, Why.PRIVATE_LONGER
        if mine == min(theirs):
            return RungState.UNKNOWN, Why.EQUAL_WAITS
        return RungState.OPEN, Why.EXTENDED_LIKELY if likely else Why.EXTENDED_YES

    def _meets(self, place: Place) -> bool | None:
        return place.figure.meets(self._deadline, self._today) if place.figure else None

    def _firm(self, place: Place) -> bool:
        """Whether the place's figure is young enough, and the place surely takes the patient, to close anything."""
        fresh = place.figure is not None and not place.figure.old(self._today)
        return fresh and not place.cluster_open and (place.own or place.fits is True)
