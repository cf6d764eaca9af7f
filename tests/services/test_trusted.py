"""Who may be told what, and what waits for consent: how it was given, by whom, how far, until when, taken back."""

from datetime import timedelta

import pytest

from pkui.base.errors import Refused
from pkui.domain.codes import ConsentMode, ConsentType, DraftKind, RepresentativeBasis, Role
from pkui.domain.disclosure import May
from pkui.domain.texts import TextKind
from pkui.services.cases import open_case
from pkui.services.consents import record_consent, withdraw_consent
from pkui.services.desk import Desk
from pkui.services.outbox import drafts, send_draft
from pkui.services.texts import draft_text
from screens.case_text import inquiry, numbers
from tests.conftest import DeskAs
from tests.data.submissions import changed, submission
from tests.services.steps import later, send

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])
DAUGHTER = {"name": "Ane Test", "phone": "21222324", "relation": "datter", "basis": "spoken_consent"}
GIVEN = {
    "hospital": "Viborg", "afdeling": "Ortopædkirurgi", "sted": "Aleris", "stedets_adresse": "Brendstrupgårdsvej 21",
    "område": "Hånd", "kontorets_telefon": "83 00 00 00", "vedlæg": "Henvisning", "navn": "Mette",
}  # fmt: skip


@pytest.fixture
def number(desk: Desk) -> int:
    """A case with a daughter who speaks for the patient, and no consent to pass anything on."""
    (answer,) = send(desk, changed(submission(1, consents=[]), "/representative", DAUGHTER))
    assert answer.queue_number
    return answer.queue_number


def test_req_10_a_relatives_number_says_when_she_may_be_told_nothing(number: int, desk: Desk, desk_as: DeskAs) -> None:
    adviser = desk_as(Role.ADVISER)
    view = open_case(adviser, number)
    assert (view.representatives[0].basis, view.representatives[0].may) == (
        RepresentativeBasis.SPOKEN_CONSENT, May.SPEAKS,
    )  # fmt: skip
    assert ("+4521222324", "datter") in numbers(view)
    tomorrow = (desk.clock.now() + timedelta(days=1)).date()
    told = {"given_by": "værgen", "scope": "kun ringetider", "ends_on": tomorrow}
    record_consent(adviser, number, ConsentType.TALK_TO_RELATIVE, ConsentMode.SPOKEN, **told)  # type: ignore[arg-type]
    view = open_case(later(adviser, days=3), number)
    assert (view.consents[-1].holds, view.representatives[0].may) == (False, May.GENERAL_ONLY)
    assert [whose for phone, whose in numbers(view) if phone == "+4521222324"] == ["datter, intet samtykke"]
    assert "givet, mundtligt, 23.11.2026, af værgen, kun ringetider, udløbet 24.11.2026" in inquiry(view).plain


def test_req_10_letters_that_pass_health_information_on_wait_for_consent(
    number: int, desk: Desk, desk_as: DeskAs
) -> None:
    adviser = desk_as(Role.ADVISER)
    with pytest.raises(Refused, match="consent_needed"):
        draft_text(adviser, number, TextKind.DEPARTMENT_REQUEST, GIVEN)
    view = record_consent(adviser, number, ConsentType.HEALTH_INFORMATION, ConsentMode.WRITTEN)
    draft_text(adviser, number, TextKind.DEPARTMENT_REQUEST, GIVEN)
    withdraw_consent(adviser, number, view.consents[-1].id)
    (draft,) = drafts(adviser)
    with pytest.raises(Refused, match="consent_needed"):
        send_draft(adviser, draft.id, way=DraftKind.LETTER, sent_to="Ortopædkirurgi")
