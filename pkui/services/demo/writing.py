"""Turns synthetic cases into rows; class, due, complexity and team come from the same rules as in operation."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from pkui.base.keys import new_key
from pkui.base.texts import packaged_texts
from pkui.base.words.texts import times_tried
from pkui.domain import phones
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import (
    CaseState,
    ConsentMode,
    DraftKind,
    DraftState,
    EventKind,
    FactSource,
    IdentifierType,
    Party,
    ReceiptStatus,
    Relation,
    ReplyChannel,
    SegmentState,
)
from pkui.domain.facts import facts_in
from pkui.domain.folding import fold_words
from pkui.domain.intake import body_hash, flagged_words
from pkui.domain.priority import Matter, place
from pkui.domain.routing import kept_until
from pkui.domain.sorting import Sorting
from pkui.domain.texts import TextKind, fill
from pkui.services.demo import texts
from pkui.services.demo.bodies import body_of
from pkui.services.demo.enquiries import Enquiry
from pkui.services.demo.patients import Person
from pkui.services.demo.people import Colleague
from pkui.services.demo.phones import OFFICE_PHONE
from pkui.services.demo.stories import Story
from pkui.services.demo.timeline import WorkingTime, moment
from pkui.services.standing import APPOINTMENT_FACT, OPERATION_CHANGED_FACT
from storage.intake import BODY
from storage.log_chain import Entry
from storage.patients import IDENTIFIER, index_of
from storage.registration import Rows
from storage.secrets import Cipher
from storage.tables.cases import Case, CaseLink
from storage.tables.contacts import CallWindowRow, Consent, Contact, Representative, UnavailablePeriod
from storage.tables.intake import IntakeReceipt
from storage.tables.outbox import Draft
from storage.tables.patients import Patient, PatientName
from storage.tables.records import Attachment, Event, Fact, Note, Segment

_DELIVERED = (SegmentState.REFERRAL_SENT, SegmentState.CONFIRMED)
_RELATIONS = {"free_choice": Relation.PUBLIC, "partner": Relation.PARTNER, "agreement": Relation.AGREEMENT}


class CaseWriter:
    """Gathers the rows of one chunk of cases."""

    def __init__(self, chance: Random, axis: WorkingTime, cipher: Cipher, everyone: Sequence[Colleague]) -> None:
        self._chance, self._axis, self._cipher = chance, axis, cipher
        self._ids = {one.username: one.id for one in everyone}
        self._names = {one.id: one.name for one in everyone}
        self.rows = Rows()
        self.events: list[dict[str, Any]] = []
        self.logged: list[Entry] = []

    def case(self, number: int, enquiry: Enquiry, sorting: Sorting, story: Story, *, known: bool) -> dict[str, Any]:
        """Puts a case in line with all that hangs on it and returns its row; `known`: the patient has one already."""
        registered = moment(enquiry.registered)
        id = new_key(registered, self._chance)
        if not known:
            self._patient(enquiry.person, registered)
        segment = self._segment(id, enquiry, story)
        delivered = segment is not None and segment["state"] in _DELIVERED
        received = {
            "at": registered,
            "staff_id": self._by(enquiry),
            "kind": EventKind.RECEIVED,
            "details": {
                "channel": enquiry.submission.source.channel.value,
                "team": sorting.team,
                "complexity": sorting.complexity.value,
                "why": [reason.value for reason in sorting.reasons],
            },
            "reason": None,
        }
        for event in (received, *story.events):
            self.events.append({"case_id": id, **event})
        row = self.rows.add(Case, **self._case(id, number, enquiry, sorting, story, delivered))
        self._parts(id, enquiry, story)
        for contact in story.contacts:
            self.rows.add(Contact, case_id=id, **contact)
        for note in story.notes:
            self.rows.add(Note, case_id=id, **note)
        if story.letter_due:
            self._letter(id, number, enquiry, story)
        if story.state is not CaseState.CLOSED:
            self._receipt(id, enquiry)
        return row

    def link(self, new: dict[str, Any], other: dict[str, Any]) -> None:
        """Links a new case both ways to an open one of the same person; both are rows in line."""
        when: datetime = new["registered_at"]
        for one, two in ((new, other), (other, new)):
            self.rows.add(CaseLink, case_id=one["id"], other_id=two["id"], linked_at=when)
        self.events.append(
            {
                "case_id": other["id"],
                "at": when,
                "staff_id": None,
                "kind": EventKind.LINKED,
                "details": {},
                "reason": None,
            }
        )
        other["changed_at"], other["version"] = max(when, other["changed_at"]), other["version"] + 1

    def finish(self) -> Rows:
        """Every row in line, events in the order of time; begins anew."""
        for event in sorted(self.events, key=lambda event: event["at"]):
            self.rows.add(Event, **event)
        self.events.clear()
        rows, self.rows = self.rows, Rows()
        return rows

    def _by(self, enquiry: Enquiry) -> UUID | None:
        return self._ids.get(enquiry.submission.source.entered_by or "")

    def _patient(self, person: Person, registered: datetime) -> None:
        given, cipher = person.patient, self._cipher
        address = given.address
        self.rows.add(
            Patient,
            id=person.id,
            version=1,
            identifier_type=given.identifier.type,
            identifier_index=index_of(given.identifier, cipher),
            identifier_sealed=cipher.seal(IDENTIFIER, given.identifier.value),
            name=given.name,
            birth_date=given.birth_date,
            protected=given.address_protected,
            region_of_residence=given.region_of_residence,
            made_at=registered,
            address_line=address.line if address else None,
            postcode=address.postcode if address else None,
            city=address.city if address else None,
            municipality_code=address.municipality_code if address else None,
        )
        for word in fold_words(given.name or ""):
            self.rows.add(PatientName, word=word, patient_id=person.id)

    def _case(
        self, id: UUID, number: int, enquiry: Enquiry, sorting: Sorting, story: Story, delivered: bool
    ) -> dict[str, Any]:
        submission, axis = enquiry.submission, self._axis
        contact, registered = submission.contact, moment(enquiry.registered)
        closed = story.state is CaseState.CLOSED
        matter = _matter(enquiry, story, delivered and not closed)
        standing = place(matter, registered if closed else axis.start, axis.office, axis.calendar)
        return {
            "id": id,
            "version": 1 + len(story.events),
            "queue_number": number,
            "case_number": f"{registered.year}-{number:06d}",
            "patient_id": enquiry.person.id,
            "topic": enquiry.topic,
            "priority_class": int(standing.priority_class),
            "due_at": standing.due_at,
            "why": [[reason.code, reason.params] for reason in standing.why],
            "complexity": sorting.complexity,
            "complexity_reason": None,
            "team": sorting.team,
            "routing": [reason.value for reason in sorting.reasons],
            "kept_until": None if closed or story.answered_at else self._kept(enquiry, sorting, story, standing.due_at),
            "flagged_words": list(flagged_words(submission.matter.free_text or "")),
            "state": story.state,
            "assignee_id": story.assignee_id,
            "received_at": submission.received_at,
            "registered_at": registered,
            "answered_at": story.answered_at,
            "reopened_at": story.reopened_at,
            "closed_at": story.closed_at,
            "changed_at": story.events[-1]["at"] if story.events else registered,
            "follow_up_on": story.follow_up_on,
            "waiting_for": story.waiting_for,
            "waiting_text": story.waiting_text,
            "attempts": story.attempts,
            "retry_from": story.retry_from,
            "one_attempt_only": False,
            "outcome": story.outcome,
            "cause": story.cause,
            "forwarded_to": story.forwarded_to,
            "channel": submission.source.channel,
            "entered_by": submission.source.entered_by,
            "language": submission.language,
            "reply_channel": submission.reply_channel,
            "phone": contact.phone,
            "alternative_phone": contact.alternative_phone,
            "email": contact.email,
            "digital_post": contact.digital_post,
            "sms_allowed": contact.sms_allowed,
            "interpreter_language": contact.interpreter_language,
            "free_text": submission.matter.free_text,
        }

    def _kept(self, enquiry: Enquiry, sorting: Sorting, story: Story, due_at: datetime) -> datetime | None:
        """Until when the case is kept for the temporary colleague, by the rule of operation."""
        start, axis = story.reopened_at or enquiry.submission.received_at, self._axis
        return kept_until(sorting.complexity, sorting.team, start, due_at, axis.office, axis.calendar)

    def _segment(self, id: UUID, enquiry: Enquiry, story: Story) -> dict[str, Any] | None:
        """The course: where from, and where it is to go as far as the story got."""
        referral, course = enquiry.submission.referral, enquiry.blanks.course
        if referral is None or course is None:
            return None
        state, outcome = story.segment_state, story.outcome or ""
        kind, relation = outcome.split(".")[1:] if outcome.startswith("rereferral") else (None, None)
        sent = state in _DELIVERED
        asked_for = course.providers[-1] if state else None
        provider = self._chance.choice(course.providers) if sent else asked_for
        day = story.asked_on or (story.answered_at.date() if story.answered_at else None)
        confirmed = state is SegmentState.CONFIRMED and day is not None
        public = relation == "free_choice"
        return self.rows.add(
            Segment,
            id=new_key(moment(enquiry.registered), self._chance),
            version=1,
            case_id=id,
            number=1,
            main=True,
            state=state,
            area=course.treatment[:60],
            kind=kind,
            relation=_RELATIONS[relation.split("_part")[0]] if relation else None,
            provider_id=None if public else provider,
            provider_name=enquiry.blanks.other if public else texts.PROVIDERS.get(provider or ""),
            referring_hospital=referral.hospital_text,
            referring_department=referral.department_text,
            present_date=referral.appointment_date,
            chosen_on=day if state else None,
            requested_on=day if state else None,
            referral_sent_on=day if sent else None,
            confirmed_on=day if confirmed else None,
            confirmed_date=self._confirmed(day) if confirmed and day else None,
            outcome=story.outcome if kind else None,
        )

    def _confirmed(self, day: date) -> date:
        return self._axis.calendar.on_or_after(day + timedelta(days=self._chance.randint(5, 28)))

    def _parts(self, id: UUID, enquiry: Enquiry, story: Story) -> None:
        """Windows, periods, facts, files."""
        submission, rows, received = enquiry.submission, self.rows, enquiry.submission.received_at
        for window in submission.windows:
            rows.add(CallWindowRow, case_id=id, weekday=window.weekday, starts=window.start, ends=window.end)
        for period in submission.unavailable:
            rows.add(UnavailablePeriod, case_id=id, first_day=period.first, last_day=period.last)
        for name, value, source in facts_in(submission.referral):
            self._fact(id, name, value, source, None, received)
        if story.referral_received is not None:
            when, by = story.events[-1]["at"], story.events[-1]["staff_id"]
            self._fact(id, "referral_received", story.referral_received, FactSource.HOSPITAL, by, when)
        self._agreed(id, enquiry)
        for file in submission.attachments:
            rows.add(
                Attachment,
                id=new_key(received, self._chance),
                case_id=id,
                external_id=file.id,
                filename=file.filename or file.id,
                media_type=file.media_type,
                size=file.size,
                sha256=file.sha256,
                fetch=file.fetch,
            )

    def _agreed(self, id: UUID, enquiry: Enquiry) -> None:
        """What the patient agreed to, and who speaks for her."""
        submission, rows, received = enquiry.submission, self.rows, enquiry.submission.received_at
        for consent in submission.consents:
            rows.add(
                Consent,
                id=new_key(received, self._chance),
                case_id=id,
                type=consent.type,
                mode=consent.mode or ConsentMode.WRITTEN,
                given=consent.given,
                given_at=consent.given_at or received,
            )
        person = submission.representative
        if person is not None:
            rows.add(
                Representative,
                id=new_key(received, self._chance),
                case_id=id,
                name=person.name,
                phone=person.phone,
                relation=person.relation,
                basis=person.basis,
                identifier_type=IdentifierType.NONE,
            )

    def _fact(
        self, case_id: UUID, name: str, value: object, source: FactSource, by: UUID | None, when: datetime
    ) -> None:
        self.rows.add(
            Fact,
            id=new_key(when, self._chance),
            case_id=case_id,
            name=name,
            value=value.isoformat() if isinstance(value, date) else value,
            source=source,
            recorded_by=by,
            recorded_at=when,
        )

    def _letter(self, id: UUID, number: int, enquiry: Enquiry, story: Story) -> None:
        made_at = story.events[-1]["at"]
        digital = enquiry.submission.reply_channel is ReplyChannel.DIGITAL_POST
        template = packaged_texts()[TextKind.NOT_REACHED]
        values = {
            "navn": enquiry.person.patient.name,
            "sagsnummer": f"{moment(enquiry.registered).year}-{number:06d}",
            "forsøg": times_tried(story.attempts),
            "kontorets_telefon": phones.display(OFFICE_PHONE),
            "vejleder": self._names.get(story.assignee_id) if story.assignee_id else None,
        }
        self.rows.add(
            Draft,
            id=new_key(made_at, self._chance),
            version=1,
            case_id=id,
            kind=DraftKind.DIGITAL_POST if digital else DraftKind.LETTER,
            state=DraftState.DRAFT,
            recipient=Party.PATIENT,
            subject=template.subject,
            text=fill(template.text, values).text,
            made_by=story.assignee_id,
            made_at=made_at,
        )

    def _receipt(self, id: UUID, enquiry: Enquiry) -> None:
        """The body the enquiry came as, so that sending it again is recognised; and the log's row of the new case."""
        submission, registered = enquiry.submission, moment(enquiry.registered)
        raw = body_of(submission)
        self.rows.add(
            IntakeReceipt,
            id=new_key(registered, self._chance),
            source_system=submission.source.system,
            form_id=submission.source.form_id,
            submission_id=UUID(submission.submission_id),
            body_hash=body_hash(raw),
            status=ReceiptStatus.CREATED,
            case_id=id,
            registered_at=registered,
            body_sealed=self._cipher.seal(BODY, raw),
            problems=[],
        )
        self.logged.append(
            Entry(
                AccessKind.CREATE,
                "case",
                at=registered,
                staff_id=self._by(enquiry),
                place="intake",
                patient_id=enquiry.person.id,
                case_id=id,
            )
        )


def _matter(enquiry: Enquiry, story: Story, delivered: bool) -> Matter:
    """What decides the case's place: as the stored rows say it. A closed case keeps the target it had as a new one."""
    facts = {name: value for name, value, _ in facts_in(enquiry.submission.referral)}
    closed = story.state is CaseState.CLOSED
    return Matter(
        topic=enquiry.topic,
        received_at=story.reopened_at or enquiry.submission.received_at,
        answered_at=None if closed else story.answered_at,
        follow_up_on=None if closed else story.follow_up_on,
        operation_changed=facts.get(OPERATION_CHANGED_FACT) is True,
        referral_delivered=delivered,
        appointment_on=facts.get(APPOINTMENT_FACT),
    )
