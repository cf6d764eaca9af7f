"""Sorting: may a temporary colleague finish the case, and which team deals with it. A person may override both."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pkui.domain.codes import Complexity, ConsentType, Team, Topic
from pkui.domain.identifiers import age_on
from pkui.domain.intake.values import Submission
from pkui.domain.windows import COPENHAGEN

ADULT = 18

TREATMENT_TOPICS = frozenset(
    {
        Topic.FASTER_IMAGING,
        Topic.FASTER_ASSESSMENT,
        Topic.FASTER_TREATMENT,
        Topic.OPERATION_CHANGED,
        Topic.CHOOSE_HOSPITAL,
    }
)
"""Topics that are about one course of examination or treatment: only these can be simple."""
COMPLAINTS = frozenset({Topic.AUTHORITY_COMPLAINT, Topic.SERVICE_COMPLAINT, Topic.DISSATISFACTION})
RECORDS = frozenset({Topic.HEALTH_RECORD, Topic.RECORD_PRIVATE_MARK})

_COMMON_AREA = re.compile(
    r"karpaltunnel|springfinger|grå stær|katarakt|\bhofte|\bknæ|menisk|\bskulder|\bbrok\b|lyskebrok|navlebrok|"
    r"åreknude|\bmr\b|mr-?scan|ct-?scan|ultralyd|røntgen|rygscan|\bfod\b|hallux|mandler|søvnapnø|gynækolog|galdesten"
)
_PSYCHIATRY = re.compile(r"psyk|\badhd\b|autis|spiseforstyr|anoreksi|bulimi")
_LIMIT = re.compile(r"\bbmi\b|pacemaker|svær overvægt|blodfortynd|\bdialyse")


class SortingReason(StrEnum):
    """Why a case is not simple, or goes to a team of its own; the sentences stand in base/words."""

    NOT_ONE_COURSE = "not_one_course"
    SEVERAL_SEGMENTS = "several_segments"
    UNCOMMON_AREA = "uncommon_area"
    FACTS_MISSING = "facts_missing"
    COMPLAINT = "complaint"
    ADDRESS_PROTECTED = "address_protected"
    CONSENT_MISSING = "consent_missing"
    UNDER_18 = "under_18"
    AGE_UNKNOWN = "age_unknown"
    INTERPRETER = "interpreter"
    PSYCHIATRY = "psychiatry"
    FREE_CHOICE_USED = "free_choice_used"
    CLINICAL_LIMIT = "clinical_limit"
    TEAM_MAXIMUM_WAITING_TIME = "team_maximum_waiting_time"
    TEAM_HEALTH_RECORD = "team_health_record"
    TEAM_WORKING_GROUP = "team_working_group"


@dataclass(frozen=True, slots=True)
class SortingFacts:
    """What sorting looks at; `clinical_limit` is one such as BMI or a pacemaker, `working_group` an open one's name."""

    topic: Topic
    segments: int
    common_area: bool
    facts_known: bool
    address_protected: bool
    consent_given: bool
    age: int | None
    interpreter: bool
    psychiatry: bool
    free_choice_used: bool
    clinical_limit: bool
    working_group: str | None = None


@dataclass(frozen=True, slots=True)
class Sorting:
    """Complexity and team, with every reason why the case is not simple or not everybody's."""

    complexity: Complexity
    team: str
    reasons: tuple[SortingReason, ...]


def sort_case(facts: SortingFacts) -> Sorting:
    """Complexity and team of a case.

    Simple: one segment, a common area, all facts known, and none of: complaint, protected address, missing
    consent, under 18, interpreter, psychiatry, free choice used before, a clinical limit.
    """
    against = tuple(reason for reason, holds in _against(facts) if holds)
    team, why = _team(facts)
    complexity = Complexity.ORDINARY if against else Complexity.SIMPLE
    return Sorting(complexity, team, (*against, *((why,) if why else ())))


def _against(facts: SortingFacts) -> tuple[tuple[SortingReason, bool], ...]:
    return (
        (SortingReason.COMPLAINT, facts.topic in COMPLAINTS),
        (SortingReason.NOT_ONE_COURSE, facts.topic not in TREATMENT_TOPICS and facts.topic not in COMPLAINTS),
        (SortingReason.SEVERAL_SEGMENTS, facts.segments > 1),
        (SortingReason.UNCOMMON_AREA, not facts.common_area),
        (SortingReason.FACTS_MISSING, not facts.facts_known),
        (SortingReason.ADDRESS_PROTECTED, facts.address_protected),
        (SortingReason.CONSENT_MISSING, not facts.consent_given),
        (SortingReason.AGE_UNKNOWN, facts.age is None),
        (SortingReason.UNDER_18, facts.age is not None and facts.age < ADULT),
        (SortingReason.INTERPRETER, facts.interpreter),
        (SortingReason.PSYCHIATRY, facts.psychiatry),
        (SortingReason.FREE_CHOICE_USED, facts.free_choice_used),
        (SortingReason.CLINICAL_LIMIT, facts.clinical_limit),
    )


def _team(facts: SortingFacts) -> tuple[str, SortingReason | None]:
    """Maximum waiting times before all else, then an open working group, then the records' team."""
    if facts.topic is Topic.MAXIMUM_WAITING_TIME:
        return Team.MAXIMUM_WAITING_TIME, SortingReason.TEAM_MAXIMUM_WAITING_TIME
    if facts.working_group:
        return facts.working_group, SortingReason.TEAM_WORKING_GROUP
    if facts.topic in RECORDS:
        return Team.HEALTH_RECORD, SortingReason.TEAM_HEALTH_RECORD
    return Team.GENERAL, None


def facts_of(submission: Submission, now: datetime, working_group: str | None = None) -> SortingFacts:
    """What a fresh enquiry tells; area, psychiatry and limits are read from its words, generously.

    A consent to health information (Sundhedsloven § 51, stk. 4) counts as missing until one is recorded as given.
    """
    referral = submission.referral
    course = _folded(referral.treatment_text, referral.department_text) if referral else ""
    words = f"{course} {_folded(submission.matter.free_text)}"
    born = submission.patient.birth_date
    consents = [c.given for c in submission.consents if c.type is ConsentType.HEALTH_INFORMATION]
    return SortingFacts(
        topic=submission.matter.topic,
        segments=1,
        common_area=bool(_COMMON_AREA.search(course)),
        facts_known=bool(
            referral and referral.hospital_text and referral.treatment_text and referral.referral_date_in_letter
        ),
        address_protected=submission.patient.address_protected,
        consent_given=bool(consents) and all(consents),
        age=age_on(born, now.astimezone(COPENHAGEN).date()) if born else None,
        interpreter=submission.contact.interpreter_language is not None,
        psychiatry=bool(_PSYCHIATRY.search(words)),
        free_choice_used=bool(referral and referral.free_choice_already_used),
        clinical_limit=bool(_LIMIT.search(words)),
        working_group=working_group,
    )


def _folded(*texts: str | None) -> str:
    return unicodedata.normalize("NFC", " ".join(text for text in texts if text)).casefold()
