"""How a provider stands to a region for an area on a day: never a property of the hospital alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pkui.domain.codes import Relation
from pkui.domain.folding import fold
from pkui.domain.providers.catalogue import Agreement, AgreementKind, Organization, Ownership

REGION_NAMES = {
    "1081": "Region Nordjylland",
    "1082": "Region Midtjylland",
    "1083": "Region Syddanmark",
    "1084": "Region Hovedstaden",
    "1085": "Region Sjælland",
}
"""The regions by the codes the office uses; ISO 3166-2 has the last two digits (`DK-82`)."""
EVERY_REGION = frozenset({"dk", "all"})
_CLUSTER = re.compile(r"^(?P<region>[^()]+?)\s*(?:\((?P<cluster>.+?)(?:-klyngen)?\))?$")
_ORDER = (AgreementKind.FRIKLINIK, AgreementKind.PARTNER, AgreementKind.TIED, AgreementKind.AGREEMENT)
_RELATIONS = {
    AgreementKind.FRIKLINIK: Relation.PUBLIC,
    AgreementKind.PARTNER: Relation.PARTNER,
    AgreementKind.TIED: Relation.TIED,
    AgreementKind.AGREEMENT: Relation.AGREEMENT,
}


@dataclass(frozen=True)
class Standing:
    """The relation and the agreement it rests on; `cluster_open`: a cluster decides and which one is not known."""

    relation: Relation
    agreement: Agreement | None = None
    cluster_open: bool = False


def relation_on(
    organization: Organization,
    agreements: Iterable[Agreement],
    *,
    area: str,
    region: str | None,
    home_hospital: str | None,
    on: date,
) -> Standing | None:
    """How the organization stands for an area, a patient of a region and of a home hospital, on a day.

    None where nothing holds. The nearest agreement wins (friklinik, partner, tied, agreement); `home_hospital` is a
    name and decides whether an agreement for a cluster reaches the patient.
    """
    if organization.ownership is Ownership.PUBLIC:
        return Standing(Relation.PUBLIC)
    held = [one for one in agreements if area in one.areas and one.in_force(on)]
    best: Standing | None = None
    for one in sorted(held, key=lambda one: _ORDER.index(one.kind)):
        reaches = _reaches(one, region, home_hospital)
        if reaches is True:
            firm = Standing(_RELATIONS[one.kind], one)
            return firm if best is None or best.relation is firm.relation else best
        if reaches is None and best is None:
            best = Standing(_RELATIONS[one.kind], one, cluster_open=True)
    if best is None and organization.special:
        return Standing(Relation.SPECIAL)
    return best


def region_of(owner_region: str | None) -> str | None:
    """The office's code (`1082`) for ISO 3166-2 (`DK-82`); None for what is neither."""
    if owner_region in REGION_NAMES:
        return owner_region
    code = f"10{owner_region[3:]}" if owner_region and owner_region.startswith("DK-") else None
    return code if code in REGION_NAMES else None


def _reaches(agreement: Agreement, region: str | None, home_hospital: str | None) -> bool | None:
    """Whether the agreement covers patients of the region and the home hospital; None: a cluster decides."""
    match = _CLUSTER.match(agreement.region_scope.strip())
    scope = fold(match["region"] if match else agreement.region_scope).strip()
    cluster = agreement.cluster or (match["cluster"] if match else None)
    if scope not in EVERY_REGION and (region is None or scope not in (fold(REGION_NAMES.get(region, "")), region)):
        return False
    if cluster is None:
        return True
    return None if home_hospital is None else fold(cluster) in fold(home_hospital)
