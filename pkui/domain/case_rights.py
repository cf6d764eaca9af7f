"""From what a case holds to the facts that rights are decided on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pkui.domain.codes import Topic
from pkui.domain.identifiers import age_on
from pkui.domain.rights.facts import FIELDS, CaseKind, RightsFacts
from pkui.domain.rights.reading import read_facts

KIND_OF_TOPIC = {
    Topic.FASTER_IMAGING: CaseKind.DIAGNOSTIC,
    Topic.FASTER_ASSESSMENT: CaseKind.ASSESSMENT,
    Topic.FASTER_TREATMENT: CaseKind.TREATMENT,
    Topic.OPERATION_CHANGED: CaseKind.TREATMENT,
    Topic.PATIENT_TRANSPORT: CaseKind.TRANSPORT,
    Topic.CROSS_BORDER_CARE: CaseKind.EU,
    Topic.AUTHORITY_COMPLAINT: CaseKind.COMPLAINT,
}
"""What a topic says of the kind of case; whether a maximum waiting time is about cancer or heart must be asked."""

COMPLAINTS = frozenset({Topic.AUTHORITY_COMPLAINT})


def rights_facts(
    topic: Topic,
    facts: Mapping[str, Any],
    *,
    birth_date: date | None,
    region: str | None,
    received_on: date,
    on: date,
) -> RightsFacts:
    """The case's newest facts by the rules' names, with what topic, person and form say; a recorded fact wins.

    A complaint counts as filed the day the office receives it (Sundhedsloven § 51, stk. 5).
    """
    found: dict[str, Any] = {}
    if topic in KIND_OF_TOPIC:
        found["case_kind"] = KIND_OF_TOPIC[topic].value
    if birth_date is not None and birth_date <= on:
        found["age"] = age_on(birth_date, on)
    if region is not None:
        found["residence_region"] = region
    if facts.get("letter_hospital"):
        found["offered_at"] = facts["letter_hospital"]
    if facts.get("letter_department"):
        found["specialty"] = facts["letter_department"]
    if facts.get("appointment_changed_by_hospital") is True or topic is Topic.OPERATION_CHANGED:
        found["surgery_date_history"] = [_change(facts)]
    if topic in COMPLAINTS:
        found["received_by_patientkontor_on"] = received_on.isoformat()
    found |= {name: value for name, value in facts.items() if name in FIELDS and value is not None}
    return read_facts(found)


def _change(facts: Mapping[str, Any]) -> dict[str, Any]:
    by_hospital = facts.get("appointment_changed_by_hospital")
    return {
        "old_date": None,
        "new_date": facts.get("offered_date"),
        "changed_on": facts.get("date_changed_on"),
        "cause": "hospital" if by_hospital is True else None,
        "at": facts.get("changed_at"),
    }
