"""How a provider stands to a region for an area on a day: never a property of the hospital alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

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
_REGIONS = {code: fold(name) for code, name in REGION_NAMES.items()}
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
    if len(held) > 1:
        held.sort(key=lambda one: _ORDER.index(one.kind))
    best: Standing | None = None
    for one in held:
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
    scope, named = _scope(agreement.region_scope)
    if scope not in EVERY_REGION and (region is None or scope not in (_REGIONS.get(region), region)):
        return False
    cluster = fold(agreement.cluster) if agreement.cluster else named
    if cluster is None:
        return True
    return None if home_hospital is None else cluster in fold(home_hospital)


@cache
def _scope(text: str) -> tuple[str, str | None]:
    """The region and the cluster that a scope names, folded; a catalogue has a handful of scopes."""
    match = _CLUSTER.match(text.strip())
    if match is None:
        return fold(text).strip(), None
    return fold(match["region"]).strip(), fold(match["cluster"]) if match["cluster"] else None
