"""What an adviser can have advised on ("Vejledt om"), and the rights each is about."""

from enum import StrEnum

from pkui.domain.rights.answers import Right


class Advised(StrEnum):
    """One item of the strip, in the order it is shown."""

    FREE_CHOICE = "free_choice"
    EXTENDED_FREE_CHOICE = "extended_free_choice"
    ASSESSMENT_PLAN = "assessment_plan"
    PATIENT_TRANSPORT = "patient_transport"
    COMPLAINT = "complaint"
    PRESENT_DATE = "present_date"


RIGHTS: dict[Advised, tuple[Right, ...]] = {
    Advised.FREE_CHOICE: (Right.FREE_CHOICE,),
    Advised.EXTENDED_FREE_CHOICE: (Right.EXTENDED_FREE_CHOICE,),
    Advised.ASSESSMENT_PLAN: (Right.ASSESSMENT,),
    Advised.PATIENT_TRANSPORT: (Right.TRANSPORT,),
    Advised.COMPLAINT: (Right.COMPLAINT_TREATMENT, Right.COMPLAINT_RIGHTS, Right.COMPENSATION),
    Advised.PRESENT_DATE: (),
}
"""The hints whose answers belong to an item."""
