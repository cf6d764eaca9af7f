"""The outbox: drafts from every part of the program in one list; read, corrected, sent, discarded, and each undone."""

import pytest

from pkui.base.errors import BadInput, PkuiError, Refused, Stale
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import ContactResult, DraftKind, DraftState, Party, Role
from pkui.domain.texts import TextKind
from pkui.services.cases import open_case
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.outbox import (
    DraftView,
    correct_draft,
    discard_draft,
    drafts,
    read_draft,
    send_draft,
    take_out,
    undo_draft,
)
from pkui.services.providers_aloud import draft_aloud
from pkui.services.rights import draft_summary
from pkui.services.texts import draft_text, fill_text
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.services.steps import later, received, stored

WRITTEN = {"videresendt_til": "Kørselskontoret", "kontorets_telefon": "83 00 00 00"}


def forwarded(desk: Desk, number: int = 1) -> DraftView:
    """A draft about a new case, nothing missing in it."""
    received(desk, number)
    draft_text(desk, number, TextKind.FORWARDED, WRITTEN)
    return read_draft(desk, drafts(desk)[-1].id)


def refused(code: str, kind: type[PkuiError] = Refused) -> "pytest.RaisesExc[PkuiError]":
    return pytest.raises(kind, match=f"^{code}$")


def test_every_part_of_the_program_adds_to_one_list(desk: Desk) -> None:
    received(desk, 1)
    draft_summary(desk, 1)
    draft_aloud(desk, 1, "Du kan komme til.")
    draft_text(desk, 1, TextKind.FORWARDED)
    for day in range(3):
        log_contact(later(desk, days=day, minutes=5), 1, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    found = drafts(desk)
    assert [one.recipient for one in found] == [Party.PATIENT] * 4
    assert all(one.subject for one in found)
    assert [one.text for one in found] == [""] * 4, "a list shows no text"
    last = read_draft(desk, found[-1].id).record.text
    assert "Vi har ringet 3 gange" in last
    assert "[mangler: kontorets_telefon]" in last, "the phone book is empty"


def test_a_draft_is_corrected_sent_and_taken_back(desk: Desk, desk_as: DeskAs) -> None:
    view = forwarded(desk)
    id, before = view.record.id, view.record.text
    administrative = desk_as(Role.ADMINISTRATIVE)
    corrected = correct_draft(administrative, id, f"{before} Hilsen", version=view.record.version)
    with pytest.raises(Stale):
        correct_draft(desk, id, "noget andet", version=view.record.version)
    sent = send_draft(
        administrative, id, way=DraftKind.LETTER, sent_to="Mette Test Lauridsen", version=corrected.record.version
    )
    assert sent.record.state is DraftState.SENT and not drafts(desk)
    assert [(one.step, one.by, one.way, one.sent_to) for one in sent.steps] == [
        ("corrected", administrative.person.name, None, None),
        ("sent", administrative.person.name, DraftKind.LETTER, "Mette Test Lauridsen"),
    ]
    with refused("draft_done"):
        discard_draft(desk, id)
    assert undo_draft(administrative, id).record.state is DraftState.DRAFT
    assert undo_draft(administrative, id).record.text == before, "the correction too"
    with refused("nothing_to_undo_here"):
        undo_draft(administrative, id)
    assert discard_draft(desk, id).record.state is DraftState.DISCARDED
    assert undo_draft(desk, id).record.text == before
    told = [event.details["what"] for event in open_case(desk, 1).events if event.kind == "draft_decided"]
    assert told == ["sent", "undone", "discarded", "undone"]


def test_what_is_missing_is_filled_before_it_is_sent(desk: Desk) -> None:
    received(desk, 1)
    draft_text(desk, 1, TextKind.FORWARDED)
    (one,) = drafts(desk)
    assert "[mangler: videresendt_til]" in read_draft(desk, one.id).record.text
    with refused("draft_has_gap"):
        send_draft(desk, one.id, way=DraftKind.LETTER, sent_to="Mette")
    correct_draft(desk, one.id, "Vi har sendt den til Kørselskontoret.")
    with refused("sent_to_needed", BadInput):
        send_draft(desk, one.id, way=DraftKind.LETTER, sent_to=" ")
    assert send_draft(desk, one.id, way=DraftKind.LETTER, sent_to="Mette").record.state is DraftState.SENT


def test_an_sms_is_one_sms_and_says_nothing_of_health(desk: Desk) -> None:
    received(desk, 1)
    filled = draft_text(desk, 1, TextKind.SMS, {"kontorets_telefon": "83 00 00 00"})
    assert filled.sms is not None and filled.sms.fits and not filled.missing
    with refused("sms_too_long"):
        draft_text(desk, 1, TextKind.SMS, {"ringetid": "på et tidspunkt " * 10})
    with refused("template_unknown_field", BadInput):
        draft_text(desk, 1, TextKind.SMS, {"område": "kræft"})
    (one,) = drafts(desk)
    assert one.kind is DraftKind.NEMSMS
    correct_draft(desk, one.id, "for lang " * 20)
    with refused("sms_too_long"):
        send_draft(desk, one.id, way=DraftKind.NEMSMS, sent_to="patienten")
    with refused("text_is_spoken"):
        draft_text(desk, 1, TextKind.VOICEMAIL)
    assert "Patientkontoret" in fill_text(desk, 1, TextKind.VOICEMAIL).text


def test_looking_copying_and_printing_are_logged_and_change_nothing(desk: Desk) -> None:
    id = forwarded(desk).record.id
    version = read_draft(desk, id).record.version
    take_out(desk, id, AccessKind.COPY)
    view = take_out(desk, id, AccessKind.PRINT)
    assert (view.record.version, [one.step for one in view.steps]) == (version, ["copied", "printed"])
    logged = stored(desk.store, "SELECT kind FROM access_log WHERE what = 'draft' ORDER BY id")
    assert logged == ["look_up", "look_up", "copy", "print"]


def test_a_list_of_one_s_own(desk: Desk, desk_as: DeskAs) -> None:
    adviser = desk_as(Role.ADVISER)
    forwarded(desk, 1)
    received(desk, 2)
    draft_text(adviser, 2, TextKind.FORWARDED, WRITTEN)
    assert [one.queue_number for one in drafts(adviser)] == [1, 2]
    assert [one.queue_number for one in drafts(adviser, mine=True)] == [2]


def test_e_mail_is_no_way_to_a_patient(desk: Desk) -> None:
    contact = submission(1)["contact"] | {"reply_channel": "email"}
    received(desk, 1, contact=contact)
    draft_text(desk, 1, TextKind.FORWARDED, WRITTEN)
    assert drafts(desk)[0].kind is not DraftKind.EMAIL
