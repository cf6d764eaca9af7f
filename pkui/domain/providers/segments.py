"""A course that moves to another place: which steps may follow each other, and the row of table 2 it gives."""

from collections.abc import Mapping

from pkui.domain.codes import Relation, SegmentState, Topic

NEXT: Mapping[SegmentState | None, frozenset[SegmentState]] = {
    None: frozenset({SegmentState.CHOSEN}),
    SegmentState.CHOSEN: frozenset({SegmentState.REQUESTED, SegmentState.REFERRAL_SENT, SegmentState.RETURNED}),
    SegmentState.REQUESTED: frozenset({SegmentState.REFERRAL_SENT, SegmentState.RETURNED}),
    SegmentState.REFERRAL_SENT: frozenset({SegmentState.CONFIRMED, SegmentState.RETURNED}),
    SegmentState.CONFIRMED: frozenset({SegmentState.RETURNED}),
    SegmentState.RETURNED: frozenset({SegmentState.CHOSEN}),
}
"""A re-referral counts as done when the complete referral has been delivered (decision 23SFP15)."""

DIAGNOSTIC, ASSESSMENT, TREATMENT = REREFERRALS = ("diagnostic", "assessment_and_treatment", "treatment")
_RELATIONS = {
    Relation.PUBLIC: "free_choice",
    Relation.SPECIAL: "free_choice",
    Relation.PARTNER: "partner",
    Relation.TIED: "partner",
    Relation.AGREEMENT: "agreement",
}


def may_follow(before: SegmentState | None, after: SegmentState) -> bool:
    """Whether a course may go from one state to the other."""
    return after in NEXT[before]


def kind_of(topic: Topic, *, imaging: bool) -> str:
    """The kind of re-referral in table 2: imaging, assessment (and what follows), or treatment."""
    if imaging or topic is Topic.FASTER_IMAGING:
        return DIAGNOSTIC
    return ASSESSMENT if topic is Topic.FASTER_ASSESSMENT else TREATMENT


def outcome_of(kind: str, relation: Relation, *, part_of_assessment: bool = False) -> str:
    """The outcome code of table 2; only private imaging can be part of an assessment."""
    row = _RELATIONS[relation]
    part = part_of_assessment and kind == DIAGNOSTIC and row != "free_choice"
    return f"rereferral.{kind}.{row}{'_part_of_assessment' if part else ''}"
