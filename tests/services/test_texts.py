"""Templates of the office: which holds when, who may change them, and how a case fills them."""

from datetime import date

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.base.texts import packaged_texts
from pkui.base.words.errors import message
from pkui.domain.codes import FactSource, Role
from pkui.domain.phone_book import PhoneKind, PhoneRow
from pkui.domain.texts import FIELDS, TextKind, fields_in
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.phone_book import import_phones
from pkui.services.texts import fill_text, preview, set_template, template_history, templates
from tests.conftest import DeskAs
from tests.services.steps import later, received

TODAY, NEXT_WEEK = date(2026, 11, 23), date(2026, 11, 30)
KIND = TextKind.NOT_REACHED


def holding(desk: Desk, on: date = TODAY) -> str:
    return next(one.text for one in templates(desk, on=on) if one.kind is KIND)


def test_a_wording_holds_from_its_day_and_the_old_ones_stay(desk_as: DeskAs) -> None:
    supervisor = desk_as(Role.SUPERVISOR)
    came_along = packaged_texts()[KIND].text
    set_template(supervisor, KIND, "Kære {navn}, ring.", subject="Ring", valid_from=NEXT_WEEK)
    set_template(supervisor, KIND, "Kære {navn}, ring nu.", subject="Ring", valid_from=TODAY, valid_to=TODAY)
    assert [holding(supervisor, on) for on in (TODAY, date(2026, 11, 24), NEXT_WEEK)] == [
        "Kære {navn}, ring nu.", came_along, "Kære {navn}, ring."
    ]  # fmt: skip
    kept = template_history(supervisor, KIND)
    assert [(one.text, one.set_by) for one in kept] == [
        ("Kære {navn}, ring nu.", supervisor.person.name),
        ("Kære {navn}, ring.", supervisor.person.name),
        (came_along, None),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (KIND, "Kære {patient}", "template_unknown_field"),
        (TextKind.SMS, "Tid til {område}", "template_private_field"),
        (KIND, "Kære {navn", "template_stray_brace"),
        (KIND, "  ", "text_needed"),
        (KIND, "x" * 9000, "text_too_long"),
    ],
)
def test_a_wording_that_cannot_be_used_is_refused_with_the_fields_there_are(
    kind: TextKind, text: str, code: str, desk_as: DeskAs
) -> None:
    supervisor = desk_as(Role.SUPERVISOR)
    for attempt in (
        lambda: set_template(supervisor, kind, text, subject="Emne", valid_from=TODAY),
        lambda: preview(kind, text, today=TODAY),
    ):
        with pytest.raises(BadInput, match=code) as told:
            attempt()
        if "known" in told.value.details:
            assert "kontorets_telefon" in message(told.value)
            assert ("område" in str(told.value.details["known"])) is (kind is KIND)
    assert holding(supervisor) == packaged_texts()[KIND].text


def test_only_a_supervisor_changes_wordings_and_never_the_past(desk_as: DeskAs) -> None:
    for role in (Role.ADVISER, Role.SECRETARY, Role.SYSTEM_ADMINISTRATOR):
        with pytest.raises(Refused, match="not_allowed"):
            set_template(desk_as(role), KIND, "Kære", subject="Emne", valid_from=TODAY)
    with pytest.raises(Refused, match="setting_in_the_past"):
        set_template(desk_as(Role.SUPERVISOR), KIND, "Kære", subject="Emne", valid_from=date(2026, 11, 20))


def test_a_case_fills_what_it_knows_and_the_rest_is_asked_for(desk: Desk) -> None:
    received(desk, 1)
    import_phones(desk, [PhoneRow(PhoneKind.OFFICE, "Patientkontoret", "", "+4583000000")], source="liste")
    filled = fill_text(desk, 1, TextKind.NOT_REACHED)
    assert filled.missing == ("forsøg",)
    assert "Kære Mette Test Lauridsen" in filled.text and "83 00 00 00" in filled.text and "2026-000001" in filled.text
    again = fill_text(desk, 1, TextKind.NOT_REACHED, {"forsøg": "to gange"})
    assert not again.missing and "Vi har ringet to gange" in again.text


def test_an_override_of_the_office_is_what_is_filled(desk: Desk) -> None:
    received(desk, 1)
    set_template(desk, KIND, "{navn} {kønummer}", subject="Sag {sagsnummer}", valid_from=TODAY)
    filled = fill_text(desk, 1, KIND)
    assert (filled.subject, filled.text) == ("Sag 2026-000001", "Mette Test Lauridsen 1")


def test_every_field_has_a_source_or_is_asked_for(desk: Desk) -> None:
    received(desk, 1)
    record_fact(desk, 1, "letter_department", "Ortopædkirurgi", source=FactSource.LETTER)
    text = "\n".join(f"{{{name}}}" for name in FIELDS)
    set_template(desk, KIND, text, subject="Emne", valid_from=TODAY)
    filled = fill_text(later(desk, hours=1), 1, KIND)
    asked = set(filled.missing)
    assert asked >= {"begrundelse", "privathospital", "sted", "ny_tid", "videresendt_til", "forsøg"}
    assert not asked & {"navn", "sagsnummer", "kønummer", "dato", "vejleder", "ringetid", "afdeling", "hospital"}
    assert fields_in(text) == tuple(FIELDS)
