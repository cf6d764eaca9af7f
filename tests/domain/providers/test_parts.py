"""Relations, figures, distances, limits, hints and the steps of a course."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.domain.codes import OUTCOMES, Relation, SegmentState, Topic
from pkui.domain.providers.area_words import area_in
from pkui.domain.providers.catalogue import Agreement, AgreementKind, Organization, Ownership, WaitingTime, WaitSource
from pkui.domain.providers.distance import BadPostcodes, between, distance_km, read_postcodes
from pkui.domain.providers.figures import figure_for
from pkui.domain.providers.hints import picture_of
from pkui.domain.providers.ladder import RightsPicture
from pkui.domain.providers.limits import Limits, read_limits
from pkui.domain.providers.relation import region_of, relation_on
from pkui.domain.providers.segments import NEXT, REREFERRALS, kind_of, may_follow, outcome_of
from pkui.domain.providers.transport import Transport, transport_for
from pkui.domain.rights.answers import Answer, Hint, Right

DAY = date(2026, 11, 23)
CLINIC = Organization("k", "Klinik", Ownership.PRIVATE)
PARTNER = Agreement("p", "k", AgreementKind.PARTNER, ("MR",), "Region Midtjylland")
DUF = Agreement("a", "k", AgreementKind.AGREEMENT, ("MR",), "DK")


def relation(*agreements: Agreement, region: str | None = "1082", home: str | None = None, on: date = DAY) -> object:
    found = relation_on(CLINIC, agreements, area="MR", region=region, home_hospital=home, on=on)
    return None if found is None else (found.relation, found.cluster_open)


def test_the_relation_holds_per_area_region_and_period() -> None:
    assert relation(DUF, PARTNER) == (Relation.PARTNER, False)
    assert relation(DUF, PARTNER, region="1081") == (Relation.AGREEMENT, False)
    assert relation(PARTNER, region="1081") is None
    assert relation(replace(PARTNER, areas=("CT",)), DUF) == (Relation.AGREEMENT, False)
    assert relation(replace(PARTNER, valid_to=date(2026, 11, 22)), DUF) == (Relation.AGREEMENT, False)
    assert relation(replace(PARTNER, valid_to=DAY), DUF) == (Relation.PARTNER, False)
    assert relation(replace(PARTNER, valid_from=date(2026, 11, 24)), DUF) == (Relation.AGREEMENT, False)
    assert relation() is None


def test_a_cluster_reaches_the_patients_of_its_hospital() -> None:
    cluster = replace(PARTNER, region_scope="Region Midtjylland (Gødstrup-klyngen)")
    assert relation(cluster, DUF, home="Regionshospitalet Gødstrup") == (Relation.PARTNER, False)
    assert relation(cluster, DUF, home="Regionshospitalet Viborg") == (Relation.AGREEMENT, False)
    assert relation(cluster, DUF) == (Relation.PARTNER, True), "nobody knows yet"
    assert relation(cluster, region="1083", home="Regionshospitalet Gødstrup") is None


def test_ownership_decides_where_no_agreement_does() -> None:
    public = replace(CLINIC, ownership=Ownership.PUBLIC)
    special = replace(CLINIC, ownership=Ownership.ASSOCIATION, special=True)
    friklinik = replace(PARTNER, kind=AgreementKind.FRIKLINIK)
    for organization, agreements, wanted in (
        (public, (DUF,), Relation.PUBLIC),
        (special, (), Relation.SPECIAL),
        (CLINIC, (friklinik, DUF), Relation.PUBLIC),
        (CLINIC, (replace(PARTNER, kind=AgreementKind.TIED),), Relation.TIED),
    ):
        found = relation_on(organization, agreements, area="MR", region="1082", home_hospital=None, on=DAY)
        assert found is not None
        assert found.relation is wanted


def test_regions_by_either_code() -> None:
    assert region_of("DK-82") == region_of("1082") == "1082"
    assert region_of("DK-99") is None
    assert region_of(None) is None


def test_the_figure_that_counts() -> None:
    waiting = WaitingTime("s", DAY, WaitSource.VENTEINFO, weeks_examination=3, weeks_outpatient=None, weeks_inpatient=9)
    assert figure_for(waiting, examination=True).weeks == 3
    assert figure_for(waiting, examination=False).weeks == 9
    assert figure_for(replace(waiting, weeks_outpatient=0), examination=False).weeks == 0
    assert figure_for(replace(waiting, weeks_examination=None), examination=True).earliest(DAY) is None


def test_distance_against_known_places() -> None:
    aarhus, copenhagen = (56.1567, 10.2108), (55.6761, 12.5683)
    assert distance_km(aarhus, copenhagen) == pytest.approx(157, abs=2)
    postcodes = read_postcodes("postcode,name,lat,lon\n8000,Aarhus C,56.1567,10.2108\n1000,Kbh,55.6761,12.5683\n")
    assert between(postcodes, "8000", "1000", None) == pytest.approx(157, abs=2)
    assert between(postcodes, "8000", "9999", copenhagen) == pytest.approx(157, abs=2)
    assert between(postcodes, "8000", "9999", None) is None
    assert between({}, "8000", "1000", None) is None


@given(
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
def test_distance_is_the_same_both_ways_and_never_more_than_half_the_globe(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    there = distance_km(one, other)
    assert there == pytest.approx(distance_km(other, one))
    assert 0 <= there <= 20016


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("postcode,name\n8000,x\n", 1), ("postcode,name,lat,lon\n8000,x,a,1\n", 2),
     ("postcode,name,lat,lon\n8000,x,1,1\n8100,x,91,1\n", 3), ("postcode,name,lat,lon\n8000,x\n", 2)],
)  # fmt: skip
def test_a_wrong_file_of_postcodes_is_told_by_its_line(text: str, line: int) -> None:
    with pytest.raises(BadPostcodes) as caught:
        read_postcodes(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        (None, Limits()),
        ("Kun ASA 1-2", Limits()),
        ("Alder 18-75 år, BMI under 35", Limits(18, 75, 35)),
        ("BMI < 40", Limits(bmi_to=40)),
        ("alder over 18", Limits(age_from=18)),
        ("60+", Limits(age_from=60)),
        ("Alder højst 80", Limits(age_to=80)),
    ],
)
def test_limits_are_read_from_the_places_own_words(text: str | None, limits: Limits) -> None:
    assert read_limits(text) == limits


def test_a_limit_with_an_unknown_figure_is_unknown() -> None:
    limits = Limits(18, 75, 35)
    assert limits.allow(age=40, bmi=30) is True
    assert limits.allow(age=17, bmi=None) is False
    assert limits.allow(age=40, bmi=36) is False
    assert limits.allow(age=None, bmi=30) is None
    assert limits.allow(age=40, bmi=None) is None
    assert Limits().allow(age=None, bmi=None) is True


AREAS = {
    "MR": ("MR-skanning", ()),
    "CT": ("CT-skanning", ()),
    "KNEE": ("Knækirurgi", ("DM17",)),
    "HAND": ("Håndkirurgi", ("DG560",)),
    "NEUROPHYS": ("Neurofysiologisk undersøgelse", ("DG560",)),
}


@pytest.mark.parametrize(
    ("text", "sks", "area"),
    [
        ("Karpaltunnel", None, "HAND"),
        ("MR-scanning af knæ", None, "MR"),
        ("CT-scanning af bihuler", None, "CT"),
        ("knæoperation", None, "KNEE"),
        ("noget andet", "DM171", "KNEE"),
        ("noget andet", "DG560", None),
        ("hånd", "DG560", "HAND"),
        ("hånd og knæ", None, None),
        ("Håndkirurgi", None, "HAND"),
        ("Handicap", None, None),
        ("Starter senere", None, None),
        ("", None, None),
    ],
)
def test_the_area_a_letter_means(text: str, sks: str | None, area: str | None) -> None:
    assert area_in(text, AREAS, sks) == area


def hint(right: Right, limb: str | None, answer: Answer, deadline: date | None = DAY) -> Hint:
    return Hint(right, limb, answer, DAY, deadline, None, (), (), (), (), (), ())


def test_hints_become_the_ladders_picture() -> None:
    free = hint(Right.FREE_CHOICE, None, Answer.LIKELY)
    treatment = hint(Right.EXTENDED_FREE_CHOICE, "treatment", Answer.YES)
    assessment = hint(Right.EXTENDED_FREE_CHOICE, "assessment", Answer.NOT_YET)
    changed = hint(Right.EXTENDED_FREE_CHOICE, "changed_surgery_date", Answer.YES, None)
    own = hint(Right.ASSESSMENT, None, Answer.NOT_YET)
    assert picture_of([free, treatment], "treatment") == RightsPicture(Answer.LIKELY, Answer.YES, DAY)
    assert picture_of([assessment], "diagnostic") == RightsPicture(None, Answer.NOT_YET, DAY)
    assert picture_of([treatment, changed], "treatment").changed_date
    refused = hint(Right.EXTENDED_FREE_CHOICE, "changed_surgery_date", Answer.NO, None)
    assert not picture_of([treatment, refused], "treatment").changed_date
    assert picture_of([free, own], "treatment") == RightsPicture(Answer.LIKELY, None, DAY)
    assert picture_of([], "treatment") == RightsPicture()


@pytest.mark.parametrize("kind", REREFERRALS)
@pytest.mark.parametrize("part", [False, True])
def test_every_outcome_of_a_choice_is_one_a_case_can_end_with(kind: str, part: bool) -> None:
    for relation_ in Relation:
        assert outcome_of(kind, relation_, part_of_assessment=part) in OUTCOMES


def test_the_kind_of_a_rereferral() -> None:
    assert kind_of(Topic.FASTER_TREATMENT, imaging=True) == "diagnostic"
    assert kind_of(Topic.FASTER_IMAGING, imaging=False) == "diagnostic"
    assert kind_of(Topic.FASTER_ASSESSMENT, imaging=False) == "assessment_and_treatment"
    assert kind_of(Topic.OPERATION_CHANGED, imaging=False) == "treatment"


def test_the_steps_of_a_course() -> None:
    assert set(NEXT) == {None, *SegmentState}
    assert may_follow(None, SegmentState.CHOSEN)
    assert may_follow(SegmentState.REFERRAL_SENT, SegmentState.CONFIRMED)
    assert not may_follow(SegmentState.CHOSEN, SegmentState.CONFIRMED)
    assert not may_follow(SegmentState.CONFIRMED, SegmentState.REQUESTED)


def test_what_a_choice_means_for_transport() -> None:
    assert transport_for(Relation.PUBLIC, own=True) is Transport.ORDINARY
    assert transport_for(Relation.PUBLIC, own=False) is Transport.CAPPED
    assert transport_for(Relation.SPECIAL, own=False) is Transport.CAPPED
    assert transport_for(Relation.PARTNER, own=False) is Transport.REFERRED
    assert transport_for(Relation.TIED, own=False) is Transport.REFERRED
    assert transport_for(Relation.AGREEMENT, own=False) is Transport.ASK_OFFICE
