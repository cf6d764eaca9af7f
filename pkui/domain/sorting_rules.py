"""What makes a case simple: the rules as the office has them before a supervisor changes one."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from pkui.domain.codes import Topic


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


TEAM_REASONS = frozenset(
    {SortingReason.TEAM_MAXIMUM_WAITING_TIME, SortingReason.TEAM_HEALTH_RECORD, SortingReason.TEAM_WORKING_GROUP}
)
ORDINARY_BECAUSE: tuple[str, ...] = tuple(reason.value for reason in SortingReason if reason not in TEAM_REASONS)
"""What makes a case ordinary: any one of these, in the order they are told."""
SIMPLE_TOPICS: tuple[str, ...] = (
    Topic.FASTER_IMAGING.value,
    Topic.FASTER_ASSESSMENT.value,
    Topic.FASTER_TREATMENT.value,
    Topic.OPERATION_CHANGED.value,
    Topic.CHOOSE_HOSPITAL.value,
)
"""Topics that are about one course of examination or treatment: only these can be simple."""
COMMON_AREAS: tuple[str, ...] = (
    "*karpaltunnel*", "*springfinger*", "*grå stær*", "*katarakt*", "hofte*", "knæ*", "*menisk*", "skulder*", "brok",
    "*lyskebrok*", "*navlebrok*", "*åreknude*", "mr", "*mrscan*", "*mr-scan*", "*ctscan*", "*ct-scan*", "*ultralyd*",
    "*røntgen*", "*rygscan*", "fod", "*hallux*", "*mandler*", "*søvnapnø*", "*gynækolog*", "*galdesten*",
)  # fmt: skip
PSYCHIATRY_WORDS: tuple[str, ...] = ("*psyk*", "adhd", "*autis*", "*spiseforstyr*", "*anoreksi*", "*bulimi*")
LIMIT_WORDS: tuple[str, ...] = ("bmi", "*pacemaker*", "*svær overvægt*", "*blodfortynd*", "dialyse*")


def has_word(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words stands in a case-folded text; `*` at an end of a word stands for any letters."""
    pattern = _pattern(tuple(words))
    return pattern is not None and pattern.search(text) is not None


@lru_cache(maxsize=32)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    parts = [_part(word.casefold()) for word in words if word.strip("* ")]
    return re.compile("|".join(parts)) if parts else None


def _part(word: str) -> str:
    start = "" if word.startswith("*") else r"\b"
    end = "" if word.endswith("*") else r"\b"
    return start + re.escape(word.strip("*")) + end
