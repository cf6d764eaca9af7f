"""What may be said to whom, in words."""

from pkui.base.words import N_, _
from pkui.domain.disclosure import May

_MAY = {
    May.OWN_CASE: N_("The patient: her own case, also what stands in records. Ask who is speaking first."),
    May.OWN_CASE_NO_RECORDS: N_("The patient: her own case. No consent to records: general guidance about health."),
    May.CHILD: N_("The patient is under 15: general guidance only; talk with those who have custody."),
    May.SPEAKS: N_("%(who)s: may be told what concerns the case."),
    May.CUSTODY: N_("%(who)s: has custody; ask whether both parents agree."),
    May.CUSTODY_SETTLED: N_("%(who)s: has custody and may be told what concerns the case."),
    May.CUSTODY_UNCLEAR: N_("%(who)s: custody is unclear. General guidance only, until both parents agree."),
    May.GENERAL_ONLY: N_("%(who)s: no consent. General guidance only; do not say whether there is a case."),
    May.OTHERS: N_("Anybody else: general guidance only; do not say whether there is a case."),
    May.PROTECTED: N_("BESK.: never say address or telephone, not even to relatives."),
}


def may_say(may: May, who: str = "") -> str:
    """One line of what may be said."""
    text = _(_MAY[may])
    return text % {"who": who} if "%(who)s" in text else text
