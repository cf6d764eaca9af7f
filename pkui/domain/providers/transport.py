"""What a choice means for the patient's transport (Sundhedsloven § 171, BEK 816/2018 §§ 17 and 31), as codes."""

from enum import StrEnum

from pkui.domain.codes import Relation


class Transport(StrEnum):
    """The consequence in words of base/words; never an amount."""

    ORDINARY = "ordinary"
    CAPPED = "capped"
    REFERRED = "referred"
    ASK_OFFICE = "ask_office"


def transport_for(relation: Relation, *, own: bool) -> Transport:
    """The consequence of going there.

    Own hospital: ordinary rules. Another public or special hospital is the patient's own choice: conditions must hold
    for both places, payment at most as to the region's own (§ 17, § 31, stk. 3). A partner is a referral by the region:
    full entitlement. An agreement hospital: no ride, at most as by own choice, to be settled with the transport office
    (RIGHTS 3.12, medium confidence).
    """
    if own:
        return Transport.ORDINARY
    match relation:
        case Relation.PARTNER | Relation.TIED:
            return Transport.REFERRED
        case Relation.AGREEMENT:
            return Transport.ASK_OFFICE
    return Transport.CAPPED
