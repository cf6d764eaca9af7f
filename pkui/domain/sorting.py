"""Sorting: may a temporary colleague finish the case, and which team deals with it. A person may override both.

What makes a case simple stands in the office's dated settings, so that a supervisor can read and change it.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pkui.domain.codes import Complexity, ConsentType, Team, Topic
from pkui.domain.identifiers import age_on
from pkui.domain.intake.values import Submission
from pkui.domain.office import OfficeSettings
from pkui.domain.sorting_rules import SortingReason as SortingReason
from pkui.domain.sorting_rules import has_word
from pkui.domain.windows import COPENHAGEN

COMPLAINTS = frozenset({Topic.AUTHORITY_COMPLAINT, Topic.SERVICE_COMPLAINT, Topic.DISSATISFACTION})
RECORDS = frozenset({Topic.HEALTH_RECORD, Topic.RECORD_PRIVATE_MARK})
_USUAL = OfficeSettings()


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


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    """A team opened and closed by date, and what goes to it: these topics, or these words in the course."""

    code: str
    opened_on: date
    closed_on: date | None = None
    topics: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    def takes(self, topic: Topic, course: str, on: date) -> bool:
        """Whether a case goes to the group that day; one without topics and words takes what a person gives it."""
        if not self.open_on(on) or not (self.topics or self.words):
            return False
        return (not self.topics or topic in self.topics) and (not self.words or has_word(course, self.words))

    def open_on(self, day: date) -> bool:
        """Whether the group is open that day; its last day is included."""
        return self.opened_on <= day and (self.closed_on is None or day <= self.closed_on)


def group_for(groups: Iterable[WorkingGroup], topic: Topic, course: str, on: date) -> str | None:
    """The first open group that takes such a case; `course` is case-folded text."""
    return next((group.code for group in groups if group.takes(topic, course, on)), None)


def sort_case(facts: SortingFacts, office: OfficeSettings = _USUAL) -> Sorting:
    """Complexity and team of a case.

    Simple: one segment, a common area, all facts known, and none of: complaint, protected address, missing
    consent, under 18, interpreter, psychiatry, free choice used before, a clinical limit; as far as the office's
    settings ask for each.
    """
    against = tuple(reason for reason, holds in _against(facts, office) if holds and reason in office.ordinary_because)
    team, why = _team(facts)
    complexity = Complexity.ORDINARY if against else Complexity.SIMPLE
    return Sorting(complexity, team, (*against, *((why,) if why else ())))


def _against(facts: SortingFacts, office: OfficeSettings) -> tuple[tuple[SortingReason, bool], ...]:
    return (
        (SortingReason.COMPLAINT, facts.topic in COMPLAINTS),
        (SortingReason.NOT_ONE_COURSE, facts.topic not in office.simple_topics and facts.topic not in COMPLAINTS),
        (SortingReason.SEVERAL_SEGMENTS, facts.segments > 1),
        (SortingReason.UNCOMMON_AREA, not facts.common_area),
        (SortingReason.FACTS_MISSING, not facts.facts_known),
        (SortingReason.ADDRESS_PROTECTED, facts.address_protected),
        (SortingReason.CONSENT_MISSING, not facts.consent_given),
        (SortingReason.AGE_UNKNOWN, facts.age is None),
        (SortingReason.UNDER_18, facts.age is not None and facts.age < office.simple_from_age),
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


def facts_of(
    submission: Submission, now: datetime, working_group: str | None = None, office: OfficeSettings = _USUAL
) -> SortingFacts:
    """What a fresh enquiry tells; area, psychiatry and limits are read from its words, generously.

    A consent to health information (Sundhedsloven § 51, stk. 4) counts as missing until one is recorded as given.
    """
    referral = submission.referral
    course = course_of(submission)
    words = f"{course} {folded(submission.matter.free_text)}"
    born = submission.patient.birth_date
    consents = [c.given for c in submission.consents if c.type is ConsentType.HEALTH_INFORMATION]
    return SortingFacts(
        topic=submission.matter.topic,
        segments=1,
        common_area=has_word(course, office.common_areas),
        facts_known=bool(
            referral and referral.hospital_text and referral.treatment_text and referral.referral_date_in_letter
        ),
        address_protected=submission.patient.address_protected,
        consent_given=bool(consents) and all(consents),
        age=age_on(born, now.astimezone(COPENHAGEN).date()) if born else None,
        interpreter=submission.contact.interpreter_language is not None,
        psychiatry=has_word(words, office.psychiatry_words),
        free_choice_used=bool(referral and referral.free_choice_already_used),
        clinical_limit=has_word(words, office.limit_words),
        working_group=working_group,
    )


def course_of(submission: Submission) -> str:
    """What the enquiry says of the course it is about, case-folded."""
    referral = submission.referral
    return folded(referral.treatment_text, referral.department_text) if referral else ""


def folded(*texts: str | None) -> str:
    """The texts as one, composed and case-folded, as the rules' words are looked for in it."""
    return unicodedata.normalize("NFC", " ".join(text for text in texts if text)).casefold()
