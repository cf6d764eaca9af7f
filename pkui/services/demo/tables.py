"""How often what happens: the office's own table 1 and table 2 for 2024 (annual report of 2024, chapters 3 and 4).

A case's topic and outcome are drawn together as one row of those tables, so that both keep their proportions: 45,858
of 49,627 enquiries are the central re-referral function (3,851 acceptance requests, 9,680 waiting times that were not
re-referred, 32,327 re-referrals), 634 complaints, 1,741 rights, 1,394 others. The report does not say how often an
acceptance is granted, nor which topic led to a row of table 2: those shares are our own guesses.
"""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

from pkui.domain.codes import Cause, Topic

T = TypeVar("T")

REREFERRED = {
    "rereferral.diagnostic.free_choice": 277,
    "rereferral.diagnostic.partner": 3034,
    "rereferral.diagnostic.agreement": 2042,
    "rereferral.diagnostic.agreement_part_of_assessment": 300,
    "rereferral.diagnostic.partner_part_of_assessment": 485,
    "rereferral.assessment_and_treatment.free_choice": 2644,
    "rereferral.assessment_and_treatment.partner": 4230,
    "rereferral.assessment_and_treatment.agreement": 10958,
    "rereferral.treatment.free_choice": 1017,
    "rereferral.treatment.partner": 810,
    "rereferral.treatment.agreement": 6530,
}
"""Table 2, 2024: the re-referrals by what they were for and where to."""

NOT_REREFERRED = 9680
"""Table 2, 2024: waiting times without a re-referral; counted on the topic the patient came with."""

ACCEPTANCES = 3851
_ACCEPTED = {"acceptance.granted": 80, "acceptance.partly": 7, "acceptance.refused": 8, "acceptance.returned": 5}

OTHERS = {
    Topic.AUTHORITY_COMPLAINT: 503,
    Topic.SERVICE_COMPLAINT: 83,
    Topic.DISSATISFACTION: 48,
    Topic.RIGHTS_QUESTION: 892,
    Topic.CROSS_BORDER_CARE: 481,
    Topic.REHABILITATION: 4,
    Topic.HEARING_AID: 178,
    Topic.MAXIMUM_WAITING_TIME: 142,
    Topic.PATIENT_TRANSPORT: 44,
    Topic.HEALTH_RECORD: 577,
    Topic.RECORD_PRIVATE_MARK: 190,
    Topic.INTERPRETING: 5,
    Topic.MISCELLANEOUS: 622,
}
"""Table 1, 2024: everything outside the central re-referral function."""

_TOPIC_OF_KIND = {
    "diagnostic": {Topic.FASTER_IMAGING: 100},
    "assessment_and_treatment": {Topic.FASTER_ASSESSMENT: 88, Topic.CHOOSE_HOSPITAL: 12},
    "treatment": {Topic.FASTER_TREATMENT: 74, Topic.OPERATION_CHANGED: 20, Topic.CHOOSE_HOSPITAL: 6},
}
_NOT_REREFERRED_TOPICS = {
    Topic.FASTER_IMAGING: 18,
    Topic.FASTER_ASSESSMENT: 50,
    Topic.FASTER_TREATMENT: 20,
    Topic.OPERATION_CHANGED: 5,
    Topic.CHOOSE_HOSPITAL: 7,
}
_OTHERWISE = {"advised": 90, "forwarded": 6, "withdrawn": 2, "not_reached": 2}
_UNCOUNTED = {"duplicate": 3, "opened_in_error": 1}
_UNCOUNTED_SHARE = 0.012
"""Cases closed as no enquiry at all; the tables leave them out."""

_CAUSES = {
    Topic.OPERATION_CHANGED: {Cause.CANCELLATION: 85, Cause.WAITING_TIME: 10, Cause.NO_ANSWER: 5},
    Topic.DISSATISFACTION: {Cause.NO_ANSWER: 50, Cause.WRONG_INFORMATION: 30, Cause.OTHER: 20},
}
_CAUSES_OF_WAITING = {
    Cause.WAITING_TIME: 72,
    Cause.WRONG_INFORMATION: 10,
    Cause.NO_ANSWER: 9,
    Cause.CANCELLATION: 3,
    Cause.OTHER: 6,
}
_CAUSES_OF_OTHERS = {Cause.OTHER: 60, Cause.WRONG_INFORMATION: 22, Cause.NO_ANSWER: 18}


def draw(chance: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]


_ROWS: dict[str, float] = {
    **REREFERRED,
    "waiting_time": NOT_REREFERRED,
    "acceptance": ACCEPTANCES,
    **{topic.value: weight for topic, weight in OTHERS.items()},
}


def draw_matter(chance: Random) -> tuple[Topic, str]:
    """A topic and the outcome it ends with."""
    row = draw(chance, _ROWS)
    if row == "acceptance":
        topic, outcome = Topic.ACCEPTANCE_REQUEST, draw(chance, _ACCEPTED)
    elif row == "waiting_time":
        topic, outcome = draw(chance, _NOT_REREFERRED_TOPICS), row
    elif row in REREFERRED:
        topic, outcome = draw(chance, _TOPIC_OF_KIND[row.split(".")[1]]), row
    else:
        topic, outcome = Topic(row), draw(chance, _OTHERWISE)
    if chance.random() < _UNCOUNTED_SHARE:
        outcome = draw(chance, _UNCOUNTED)
    return topic, outcome


def draw_cause(chance: Random, topic: Topic) -> Cause:
    """Why the patient had to come to us."""
    of_others = _CAUSES_OF_OTHERS if topic in OTHERS else _CAUSES_OF_WAITING
    return draw(chance, _CAUSES.get(topic, of_others))
