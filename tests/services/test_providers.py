"""The catalogue at the desk: taken in, searched with a case, chosen from, kept by hand, ended."""

from datetime import date, timedelta
from typing import Any

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import ConsentMode, FactSource, Relation, Role, SegmentState
from pkui.domain.phone_book import PhoneKind, PhoneRow
from pkui.domain.providers.ladder import RungState, Why
from pkui.services.cases import take
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.phone_book import import_phones
from pkui.services.providers import is_current, open_book
from pkui.services.providers_aloud import aloud
from pkui.services.providers_choose import Choice, choose, set_segment_state
from pkui.services.providers_edit import add_slip, agreements_of, edit_agreement, edit_waiting_time, history
from pkui.services.providers_import import import_catalogue, parse, preview_import
from pkui.services.providers_search import ProviderRow, Wanted, patient_context, search
from storage.store import Store
from tests.conftest import DeskAs
from tests.data.catalogue import document, encoded, waiting
from tests.services.steps import everything, later, received, stored

TODAY = date(2026, 11, 23)
POSTCODES = {"8800": (56.45, 9.4), "8000": (56.157, 10.211), "8700": (55.86, 9.85)}


def take_in(desk: Desk, body: dict[str, Any] | None = None, **more: Any) -> Any:
    return import_catalogue(desk, parse({"catalogue.json": encoded(body or document())}), **more)


def ladder(desk: Desk, number: int | None = None, **more: Any) -> dict[str, ProviderRow]:
    patient = patient_context(desk, number) if number is not None else None
    wanted = Wanted(area="HAND", patient=patient, **more)
    return {row.provider_id: row for row in search(open_book(desk), wanted, TODAY)}


@pytest.fixture
def adviser(desk_as: DeskAs, desk: Desk) -> Desk:
    take_in(desk)
    return desk_as(Role.ADVISER)


@pytest.fixture
def mine(adviser: Desk, desk: Desk) -> int:
    """A case the adviser holds: a hand operation at Viborg with a date in March, assessed in October."""
    number = received(desk)
    take(adviser, number)
    record_fact(adviser, number, "referral_received", "2026-10-29", source=FactSource.HOSPITAL)
    return number


def test_what_was_taken_in_is_read_again_unchanged(desk: Desk, store: Store) -> None:
    assert take_in(desk).counts["services"]["added"] == 6
    again = take_in(desk)
    assert again.changes == ()
    assert stored(store, "SELECT count(*) FROM catalogue_changes") == [29]


def test_a_preview_writes_nothing_and_counts_what_the_import_does(desk: Desk, store: Store) -> None:
    take_in(desk)
    body = document()
    body["waiting_times"] = [waiting("ouh-HAND", 3)]
    before = everything(store)
    preview = preview_import(desk, parse({"catalogue.json": encoded(body)}))
    assert everything(store) == before
    assert preview.counts["waiting_times"] == {"added": 0, "changed": 1, "ended": 5, "kept": 0}
    assert take_in(desk, body, based_on=preview.based_on).counts == preview.counts
    with pytest.raises(Refused, match="catalogue_changed"):
        take_in(desk, based_on=preview.based_on)


def test_rows_end_and_come_back_and_are_never_deleted(desk: Desk, store: Store) -> None:
    take_in(desk)
    body = document()
    for name, key in (("agreements", "id"), ("waiting_times", "service_id"), ("services", "id")):
        body[name] = [one for one in body[name] if not one[key].startswith("bakkehus")]
    take_in(desk, body)
    assert stored(store, "SELECT count(*) FROM services") == [6]
    assert stored(store, "SELECT id FROM services WHERE ended_on IS NOT NULL") == ["bakkehus-HAND"]
    assert "bakkehus" not in ladder(desk)
    take_in(desk)
    assert "bakkehus" in ladder(desk)
    kinds = [row.kind for row in history(desk, "services", "bakkehus-HAND")]
    assert kinds == ["added", "ended", "added"]


def test_a_wrong_catalogue_changes_nothing(desk: Desk, store: Store) -> None:
    take_in(desk)
    before = everything(store)
    body = document()
    body["locations"][0]["organization_id"] = "nobody"
    with pytest.raises(BadInput, match="bad_catalogue"):
        take_in(desk, body)
    with pytest.raises(BadInput, match="bad_catalogue"):
        parse({"catalogue.json": b"{"})
    with pytest.raises(BadInput, match="bad_catalogue"):
        parse({"services.csv": b"id"})
    assert everything(store) == before


def test_a_feed_that_lost_its_rows_is_not_taken_in_but_a_person_may(desk: Desk) -> None:
    take_in(desk)
    small = document() | {name: [] for name in document() if isinstance(document()[name], list)}
    with pytest.raises(Refused, match="catalogue_far_smaller"):
        take_in(desk, small, source="feed")
    assert take_in(desk, small).far_smaller


def test_without_a_case_the_rungs_hang_in_the_air(adviser: Desk) -> None:
    rows = ladder(adviser)
    assert {row.verdict.state for row in rows.values()} == {RungState.UNKNOWN}
    assert {id: row.verdict.rung for id, row in rows.items()} == {
        "rh-viborg": 2, "rh-horsens": 2, "ouh": 2, "aaklinik": 3, "bakkehus": 4, "engholm": 4,
    }  # fmt: skip
    assert {row.distance_km for row in rows.values()} == {None}


def test_a_case_brings_its_hospital_its_limit_and_its_wishes(adviser: Desk, mine: int) -> None:
    record_fact(adviser, mine, "preferred_providers", "Åklinikken, engholm", source=FactSource.PATIENT)
    context = patient_context(adviser, mine)
    assert (context.area, context.home_hospital, context.region) == ("HAND", "Regionshospitalet Viborg", "1082")
    rows = ladder(adviser, mine, postcodes=POSTCODES)
    assert [row.verdict.rung for row in rows.values()] == [1, 2, 2, 3, 4, 4]
    own = rows["rh-viborg"]
    assert (own.verdict.why, own.verdict.earliest) == (Why.OWN_HOSPITAL, date(2027, 3, 11))
    assert {id for id, row in rows.items() if row.preferred} == {"aaklinik", "engholm"}
    assert own.distance_km == pytest.approx(0)
    assert rows["bakkehus"].distance_km == pytest.approx(60, abs=5)
    assert rows["bakkehus"].too_far is False, "the form says at most 60 km"
    assert rows["ouh"].distance_km is None
    assert rows["aaklinik"].verdict.earliest == TODAY + timedelta(weeks=6)


def test_an_agreement_hospital_is_compared_with_the_region(adviser: Desk, mine: int) -> None:
    record_fact(adviser, mine, "informed_of_diagnosis_on", "2026-10-29", source=FactSource.HOSPITAL)
    rows = ladder(adviser, mine)
    assert rows["bakkehus"].verdict.state is RungState.OPEN
    assert rows["bakkehus"].verdict.meets is False, "the limit has passed already; that closes nothing"
    assert rows["engholm"].verdict.why is Why.PRIVATE_LONGER


def test_an_unknown_area_names_the_nearest(adviser: Desk) -> None:
    with pytest.raises(BadInput) as caught:
        search(open_book(adviser), Wanted(area="HNAD"), TODAY)
    assert caught.value.code == "unknown_area"
    assert str(caught.value.details["nearest"]).startswith("HAND")
    assert search(open_book(adviser), Wanted(area="hand"), TODAY)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("åklinikken", {"aaklinik"}),
        ("aaklinikken", {"aaklinik"}),
        ("aklinikken", {"aaklinik"}),
        ("horsens", {"rh-horsens"}),
        ("hosrens", {"rh-horsens"}),
        ("regionshospitalet vib", {"rh-viborg"}),
        ("bakehus", {"bakkehus"}),
        ("karpaltunnel horsens", {"rh-horsens"}),
        ("qqqqqqqq", set()),
    ],
)
def test_words_typed_wrong_find_their_place(adviser: Desk, typed: str, found: set[str]) -> None:
    rows = search(open_book(adviser), Wanted(text=typed), TODAY)
    assert {row.provider_id for row in rows} == found


def test_narrowing_hides_rows_and_changes_no_verdict(adviser: Desk, mine: int) -> None:
    whole = ladder(adviser, mine)
    for more in ({"text": "engholm"}, {"relations": frozenset({Relation.AGREEMENT})}, {"limit": 2}):
        for id, row in ladder(adviser, mine, **more).items():
            assert row.verdict == whole[id].verdict
    assert set(ladder(adviser, mine, relations=frozenset({Relation.PARTNER}))) == {"aaklinik"}


def test_choosing_writes_the_course_the_request_and_the_copies(adviser: Desk, mine: int, store: Store) -> None:
    view = choose(adviser, mine, Choice("aaklinik-HAND", present_kept=True, cancelled_by="department"))
    (segment,) = view.segments
    assert (segment.state, segment.provider_name) == (SegmentState.CHOSEN, "Åklinikken")
    row = stored(
        store,
        "SELECT area, kind, relation, provider_id, agreement_id, outcome, present_date_cancelled_by, offered_wait_days "
        "FROM case_segments",
    )
    outcome = "rereferral.treatment.partner"
    assert row == [("HAND", "treatment", "partner", "aaklinik", "aaklinik-p", outcome, "department", 42)]
    drafts = stored(store, "SELECT recipient, text FROM outbox_drafts ORDER BY recipient")
    assert [one[0] for one in drafts] == ["department", "patient", "private_hospital"]
    assert all("Åklinikken" in text for _who, text in drafts)
    assert view.events[-1].details["name"] == "Åklinikken"


def test_nothing_is_chosen_without_consent(adviser: Desk, desk: Desk, store: Store) -> None:
    number = received(desk, 2, consents=[])
    take(adviser, number)
    before = everything(store)
    with pytest.raises(Refused, match="consent_needed"):
        choose(adviser, number, Choice("aaklinik-HAND"))
    assert everything(store) == before
    view = choose(adviser, number, Choice("aaklinik-HAND", consent=ConsentMode.SPOKEN))
    assert [(one.given, one.mode) for one in view.consents] == [(True, ConsentMode.SPOKEN)]


def test_a_closed_place_asks_for_a_reason(adviser: Desk, mine: int) -> None:
    record_fact(adviser, mine, "informed_of_diagnosis_on", "2026-10-29", source=FactSource.HOSPITAL)
    with pytest.raises(Refused, match="reason_to_choose"):
        choose(adviser, mine, Choice("engholm-HAND"))
    view = choose(adviser, mine, Choice("engholm-HAND", reason="Aftalt med afdelingen"))
    assert view.events[-1].reason == "Aftalt med afdelingen"
    assert view.events[-1].details["why"] == "private_longer"


def test_only_the_holder_chooses(mine: int, desk_as: DeskAs) -> None:
    with pytest.raises(Refused, match="not_yours"):
        choose(desk_as(Role.ADVISER), mine, Choice("aaklinik-HAND"))


def test_a_course_goes_its_steps_with_their_days(adviser: Desk, mine: int, store: Store) -> None:
    choose(adviser, mine, Choice("aaklinik-HAND"))
    with pytest.raises(Refused, match="segment_step"):
        set_segment_state(adviser, mine, 1, SegmentState.CONFIRMED, confirmed_date=date(2026, 12, 7))
    set_segment_state(adviser, mine, 1, SegmentState.REQUESTED)
    set_segment_state(adviser, mine, 1, SegmentState.REFERRAL_SENT, on=TODAY)
    with pytest.raises(Refused, match="segment_under_way"):
        choose(adviser, mine, Choice("bakkehus-HAND"))
    view = choose(adviser, mine, Choice("bakkehus-HAND", reason="Også hofte", further=True))
    assert [(one.number, one.provider_name, one.state) for one in view.segments] == [
        (1, "Åklinikken", SegmentState.REFERRAL_SENT),
        (2, "Bakkehus", SegmentState.CHOSEN),
    ]
    with pytest.raises(BadInput, match="confirmed_date_needed"):
        set_segment_state(adviser, mine, 1, SegmentState.CONFIRMED)
    with pytest.raises(BadInput, match="day_in_the_future"):
        set_segment_state(adviser, mine, 1, SegmentState.RETURNED, on=TODAY + timedelta(days=1))
    view = set_segment_state(adviser, mine, 1, SegmentState.CONFIRMED, confirmed_date=date(2026, 12, 7))
    assert view.segments[0].confirmed_date == date(2026, 12, 7)
    steps = "chosen_on, requested_on, referral_sent_on, confirmed_on, returned_on"
    days = stored(store, f"SELECT {steps} FROM case_segments ORDER BY number")
    assert [str(day) for day in days[0]] == [str(TODAY)] * 4 + ["None"]


def test_a_slip_shows_to_everybody_and_expires_by_itself(adviser: Desk, desk_as: DeskAs) -> None:
    book = open_book(adviser)
    import_phones(adviser, [PhoneRow(PhoneKind.TRANSPORT_OFFICE, "Kørsel", "Viborg", "+4578440000")], source="brev")
    assert is_current(adviser, book), "a telephone number is no part of the catalogue"
    add_slip(adviser, "engholm-HAND", told_by="Sekretær Ulla", weeks=1, text="Afbud i uge 49")
    assert not is_current(adviser, book)
    colleague = desk_as(Role.ADVISER)
    row = ladder(colleague)["engholm"]
    assert row.figure is not None
    assert (row.figure.weeks, row.figure.source, row.age_days) == (1, "phone", 0)
    assert row.slip is not None
    assert (row.slip.told_by, row.slip.by) == ("Sekretær Ulla", adviser.person.name)
    gone = ladder(later(colleague, days=4))["engholm"]
    assert gone.slip is None
    assert gone.figure is not None
    assert gone.figure.weeks == 9


@pytest.mark.parametrize(
    ("more", "code"),
    [({}, "slip_says_nothing"), ({"weeks": -1}, "slip_says_nothing"), ({"weeks": 1, "told_by": " "}, "text_needed"),
     ({"first_free": date(2026, 11, 20)}, "day_in_the_past")],
)  # fmt: skip
def test_a_slip_that_says_nothing_is_refused(adviser: Desk, more: dict[str, Any], code: str) -> None:
    with pytest.raises(BadInput, match=code):
        add_slip(adviser, "engholm-HAND", **({"told_by": "Ulla"} | more))


def test_an_edit_tells_who_changed_what_from_which_source(adviser: Desk, desk: Desk) -> None:
    edit_agreement(adviser, {"valid_to": "2026-12-31"}, source="sundhed.dk, overblik", key="aaklinik-p")
    newest, *_older = history(adviser, "agreements", "aaklinik-p")
    assert (newest.by, newest.kind, newest.source) == (adviser.person.name, "changed", "sundhed.dk, overblik")
    assert newest.before is not None
    assert newest.after is not None
    assert (newest.before["valid_to"], newest.after["valid_to"]) == (None, "2026-12-31")
    assert take_in(desk).counts["agreements"]["kept"] == 1
    agreement = ladder(adviser)["aaklinik"].agreement
    assert agreement is not None
    assert agreement.valid_to == date(2026, 12, 31), "the file does not undo what a person keeps"


def test_a_new_agreement_opens_a_place(adviser: Desk) -> None:
    values = {"organization_id": "bakkehus", "kind": "partner", "areas": "HAND", "region_scope": "Region Midtjylland"}
    made = edit_agreement(adviser, values, source="brev")
    assert ladder(adviser)["bakkehus"].standing.agreement == made
    with pytest.raises(BadInput, match="no_provider"):
        edit_agreement(adviser, values | {"organization_id": "nobody"}, source="brev")
    with pytest.raises(BadInput, match="source_of_row_needed"):
        edit_agreement(adviser, values, source=" ")
    with pytest.raises(BadInput, match="bad_catalogue"):
        edit_agreement(adviser, {"valid_to": "i morgen"}, source="brev", key=made.id)
    with pytest.raises(BadInput, match="no_agreement"):
        edit_agreement(adviser, {}, source="brev", key="nobody")


def test_a_waiting_time_by_hand(adviser: Desk) -> None:
    edit_waiting_time(adviser, "ouh-HAND", {"weeks_outpatient": "0", "weeks_examination": ""}, source="Ringet til OUH")
    figure = ladder(adviser)["ouh"].figure
    assert figure is not None
    assert (figure.weeks, figure.reported_on) == (0, TODAY)
    with pytest.raises(BadInput, match="bad_catalogue"):
        edit_waiting_time(adviser, "ouh-HAND", {"weeks_outpatient": "mange"}, source="x")
    with pytest.raises(BadInput, match="day_in_the_future"):
        edit_waiting_time(adviser, "ouh-HAND", {"reported_on": "2026-11-24"}, source="x")


def test_limits_typed_or_known_close_a_place_and_hide_none(adviser: Desk, mine: int, desk: Desk) -> None:
    body = document()
    body["services"][4]["patient_limits"] = "Alder 18-75, BMI under 35"
    take_in(desk, body)
    for more, why in (({"bmi": 41.0}, True), ({"age": 17, "bmi": 20.0}, True), ({"age": 40, "bmi": 20.0}, False)):
        rows = ladder(adviser, mine, **more)
        assert len(rows) == 6
        assert (rows["bakkehus"].verdict.why is Why.OUTSIDE_LIMITS) is why
    assert ladder(adviser, mine, age=40)["bakkehus"].fits is None, "her BMI is not known"


def test_a_wish_in_a_word_or_two_marks_the_place(adviser: Desk, mine: int) -> None:
    record_fact(adviser, mine, "preferred_providers", "Horsens, aaklinikken, Viborg Privat", source=FactSource.PATIENT)
    assert {id for id, row in ladder(adviser, mine).items() if row.preferred} == {"rh-horsens", "aaklinik"}


def test_waiting_times_from_venteinfo_are_taken_in_beside_the_catalogue(desk: Desk, adviser: Desk) -> None:
    lines = (
        "Behandlingssted,Behandlingsnavn,Indberetningsdato,Ventetid til ambulant behandling (uger)",
        "Regionshospitalet Horsens,Karpaltunnel,2026-11-20,3",
    )
    found = import_catalogue(desk, parse({"venteinfo.csv": "\n".join(lines).encode()}))
    assert {(one.list, one.key, one.kind.value) for one in found.changes} == {
        ("waiting_times", "rh-horsens-HAND", "changed")
    }
    figure = ladder(adviser)["rh-horsens"].figure
    assert figure is not None
    assert (figure.weeks, figure.reported_on, figure.source) == (3, date(2026, 11, 20), "venteinfo")
    assert len(ladder(adviser)) == 6


def test_what_a_colleague_changed_meanwhile_is_not_written_over(adviser: Desk, desk_as: DeskAs) -> None:
    (seen,) = agreements_of(adviser, "aaklinik")
    edit_agreement(desk_as(Role.ADVISER), {"valid_to": "2026-12-31"}, source="brev", key=seen.id)
    with pytest.raises(Refused, match="row_changed"):
        edit_agreement(adviser, {"notes": "x"}, source="side", key=seen.id, seen=seen)
    waiting = ladder(adviser)["ouh"].entry.waiting
    edit_waiting_time(adviser, "ouh-HAND", {"weeks_outpatient": "1"}, source="brev", seen=waiting)
    with pytest.raises(Refused, match="row_changed"):
        edit_waiting_time(adviser, "ouh-HAND", {"weeks_outpatient": "2"}, source="brev", seen=waiting)
    with pytest.raises(BadInput, match="unknown_areas"):
        edit_agreement(adviser, {"areas": "HAND;HNAD"}, source="brev", key=seen.id)


def test_reading_out_offers_by_itself_only_what_is_open(adviser: Desk, mine: int) -> None:
    record_fact(adviser, mine, "informed_of_diagnosis_on", "2026-10-29", source=FactSource.HOSPITAL)
    rows = list(ladder(adviser, mine).values())
    context = patient_context(adviser, mine)
    closed = next(row for row in rows if row.verdict.state is RungState.CLOSED)
    text = aloud(context, [closed], rows, TODAY)
    assert "kan du ikke vælge dette sted" in text
    by_itself = aloud(context, [], rows, TODAY)
    named = {row.verdict.state for row in rows if row.entry.organization.name in by_itself and not row.own}
    assert named == {RungState.OPEN}
