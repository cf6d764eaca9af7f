"""From a submission to the rows of a case: gathered first and numbered last, so that the counter is held briefly."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from pkui.base.clock import local_date
from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind
from pkui.domain.case_rights import rights_facts
from pkui.domain.codes import CaseState, ConsentMode, EventKind, IdentifierType, ReceiptStatus
from pkui.domain.facts import facts_in, facts_told
from pkui.domain.folding import fold_words
from pkui.domain.identifiers import Identifier
from pkui.domain.intake import Problem, Submission, flagged_words
from pkui.domain.priority import Matter, place
from pkui.domain.rights.facts import plain
from pkui.domain.routing import kept_until
from pkui.domain.sorting import Sorting, course_of, facts_of, group_for, sort_case
from pkui.services.desk import Work
from pkui.services.standing import APPOINTMENT_FACT, OPERATION_CHANGED_FACT, deadline_of
from storage.cases import take_numbers
from storage.patients import IDENTIFIER, index_of, rename
from storage.registration import Rows, mark_changed, read_open_cases_of, read_patients_by_index
from storage.staff import read_groups
from storage.store import QUEUE_NUMBERS
from storage.tables.cases import Case, CaseLink
from storage.tables.contacts import CallWindowRow, Consent, Representative, UnavailablePeriod
from storage.tables.intake import IntakeReceipt
from storage.tables.patients import Patient, PatientName
from storage.tables.records import Attachment, Event, Fact, Segment

Key = tuple[str | None, str | None, UUID | None]


@dataclass(eq=False)
class CaseRef:
    """A case of this batch or an earlier one; a new one has no number until it is written."""

    id: UUID
    queue_number: int | None = None
    case_number: str | None = None
    links: list["CaseRef"] = field(default_factory=list)


class Registration:
    """Gathers what one transaction of intake writes."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._rows = Rows()
        self._new: list[tuple[CaseRef, dict[str, Any]]] = []
        self._touched: set[UUID] = set()
        self._patients: dict[tuple[IdentifierType, bytes], UUID] = {}
        self._stored: dict[UUID, Patient] = {}
        self._open: dict[UUID, list[CaseRef]] = {}
        self._groups = read_groups(work.session, work.today)

    def find_people(self, submissions: Sequence[Submission]) -> None:
        """Looks up, once for the whole batch, who is known and which of their cases are open."""
        identifiers = [one.patient.identifier for one in submissions]
        indexes = {index_of(one, self.work.cipher) for one in identifiers if one.type is not IdentifierType.NONE}
        for patient in read_patients_by_index(self.work.session, sorted(indexes)):
            self._patients[patient.identifier_type, patient.identifier_index or b""] = patient.id
            self._stored[patient.id] = patient
        for patient_id, case_id, queue_number, case_number in read_open_cases_of(self.work.session, list(self._stored)):
            self._open.setdefault(patient_id, []).append(CaseRef(case_id, queue_number, case_number))

    def case(self, submission: Submission) -> CaseRef:
        """Puts a new case in line, linked both ways to the person's open ones."""
        work = self.work
        patient_id = self._patient(submission)
        ref = CaseRef(new_key(work.now))
        values = self._case_values(submission, ref.id, patient_id)
        self._new.append((ref, self._rows.add(Case, **values)))
        routed = {"team": values["team"], "complexity": values["complexity"].value, "why": values["routing"]}
        self._event(ref.id, EventKind.RECEIVED, channel=submission.source.channel.value, **routed)
        for other in self._open.setdefault(patient_id, []):
            self._link(ref, other)
        self._open[patient_id].append(ref)
        self._parts(submission, ref.id)
        work.log(AccessKind.CREATE, "case", patient_id=patient_id, case_id=ref.id)
        return ref

    def changed(self, case: CaseRef) -> None:
        """The same submission came with other content: an event, and nothing an adviser owns is overwritten."""
        self._event(case.id, EventKind.SUBMISSION_CHANGED)
        self._touched.add(case.id)

    def receipt(
        self,
        key: Key,
        hash: str,
        status: ReceiptStatus,
        case: CaseRef | None,
        sealed: bytes,
        problems: Sequence[Problem],
        neutral: bytes | None = None,
    ) -> None:
        """Keeps the body, sealed, under the keys that recognise it again."""
        system, form, submission_id = key
        self._rows.add(
            IntakeReceipt,
            id=new_key(self.work.now),
            source_system=system,
            form_id=form,
            submission_id=submission_id,
            body_hash=hash,
            status=status,
            case_id=case.id if case else None,
            registered_at=self.work.now,
            body_sealed=sealed,
            neutral_sealed=neutral,
            problems=[[problem.pointer, problem.code.value] for problem in problems],
        )

    def write(self) -> None:
        """Takes the numbers and writes every row."""
        session = self.work.session
        mark_changed(session, sorted(self._touched), self.work.now)
        session.flush()
        if self._new:
            first = take_numbers(session, QUEUE_NUMBERS, len(self._new))
            for number, (ref, row) in enumerate(self._new, first):
                ref.queue_number, ref.case_number = number, f"{self.work.today.year}-{number:06d}"
                row["queue_number"], row["case_number"] = ref.queue_number, ref.case_number
        self._rows.write(session)

    def _patient(self, submission: Submission) -> UUID:
        identifier = submission.patient.identifier
        index = None if identifier.type is IdentifierType.NONE else index_of(identifier, self.work.cipher)
        known = self._patients.get((identifier.type, index)) if index else None
        if known is None:
            return self._new_patient(submission, identifier, index)
        if known in self._stored:
            self._refresh(self._stored[known], submission)
        return known

    def _new_patient(self, submission: Submission, identifier: Identifier, index: bytes | None) -> UUID:
        given, work = submission.patient, self.work
        id = new_key(work.now)
        self._rows.add(
            Patient,
            id=id,
            version=1,
            identifier_type=identifier.type,
            identifier_index=index,
            identifier_sealed=work.cipher.seal(IDENTIFIER, identifier.value) if index else None,
            name=given.name,
            birth_date=given.birth_date,
            protected=given.address_protected,
            region_of_residence=given.region_of_residence,
            made_at=work.now,
            **_address(submission),
        )
        for word in fold_words(given.name or ""):
            self._rows.add(PatientName, word=word[:120], patient_id=id)
        if index:
            self._patients[identifier.type, index] = id
        return id

    def _refresh(self, patient: Patient, submission: Submission) -> None:
        """A newer form of a known person: protection holds at once; the rest where nobody here has corrected it."""
        given = submission.patient
        patient.protected = patient.protected or given.address_protected
        if patient.edited_at is not None:
            return
        for name, value in _address(submission).items():
            if value is not None:
                setattr(patient, name, value)
        if given.name and given.name != patient.name:
            rename(self.work.session, patient, given.name)

    def _case_values(self, submission: Submission, id: UUID, patient_id: UUID) -> dict[str, Any]:
        work, contact, matter = self.work, submission.contact, submission.matter
        sorting = self._sorting(submission)
        standing = place(self._matter(submission), work.now, work.office, work.calendar)
        kept = kept_until(
            sorting.complexity, sorting.team, submission.received_at, standing.due_at, work.office, work.calendar
        )
        return {
            "id": id,
            "version": 1,
            "patient_id": patient_id,
            "topic": matter.topic,
            "priority_class": int(standing.priority_class),
            "due_at": standing.due_at,
            "why": [[reason.code, reason.params] for reason in standing.why],
            "complexity": sorting.complexity,
            "team": sorting.team,
            "routing": [reason.value for reason in sorting.reasons],
            "kept_until": kept,
            "flagged_words": list(flagged_words(matter.free_text or "")),
            "state": CaseState.NEW,
            "received_at": submission.received_at,
            "registered_at": work.now,
            "changed_at": work.now,
            "attempts": 0,
            "one_attempt_only": False,
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
            "free_text": matter.free_text,
        }

    def _sorting(self, submission: Submission) -> Sorting:
        work = self.work
        group = group_for(self._groups, submission.matter.topic, course_of(submission), work.today)
        return sort_case(facts_of(submission, work.now, group, work.office), work.office)

    def _matter(self, submission: Submission) -> Matter:
        facts = {name: plain(value) for name, value, _ in facts_in(submission.referral)}
        known = rights_facts(
            submission.matter.topic,
            facts,
            birth_date=submission.patient.birth_date,
            region=submission.patient.region_of_residence,
            received_on=local_date(submission.received_at),
            on=self.work.today,
        )
        deadline = deadline_of(self.work, known)
        appointment = facts.get(APPOINTMENT_FACT)
        return Matter(
            topic=submission.matter.topic,
            received_at=submission.received_at,
            legal_deadline=deadline[0] if deadline else None,
            citation=deadline[1] if deadline else None,
            appointment_on=date.fromisoformat(appointment) if appointment else None,
            operation_changed=facts.get(OPERATION_CHANGED_FACT) is True,
        )

    def _parts(self, submission: Submission, id: UUID) -> None:
        """Everything that hangs on the case: windows, facts, the course, consents, files, who speaks for her."""
        work, rows = self.work, self._rows
        for window in submission.windows:
            rows.add(CallWindowRow, case_id=id, weekday=window.weekday, starts=window.start, ends=window.end)
        for period in {one.first: one for one in sorted(submission.unavailable, key=lambda one: one.last)}.values():
            rows.add(UnavailablePeriod, case_id=id, first_day=period.first, last_day=period.last)
        for name, value, source in facts_told(submission):
            rows.add(
                Fact,
                id=new_key(work.now),
                case_id=id,
                name=name,
                value=value.isoformat() if isinstance(value, date) else value,
                source=source,
                recorded_at=submission.received_at,
            )
        self._segment(submission, id)
        for consent in submission.consents:
            rows.add(
                Consent,
                id=new_key(work.now),
                case_id=id,
                type=consent.type,
                mode=consent.mode or ConsentMode.WRITTEN,
                given=consent.given,
                given_at=consent.given_at or submission.received_at,
            )
        for file in submission.attachments:
            rows.add(
                Attachment,
                id=new_key(work.now),
                case_id=id,
                external_id=file.id,
                filename=file.filename or file.id,
                media_type=file.media_type,
                size=file.size,
                sha256=file.sha256,
                fetch=file.fetch,
            )
        self._representative(submission, id)

    def _segment(self, submission: Submission, id: UUID) -> None:
        referral = submission.referral
        if referral is None or not (referral.hospital_text or referral.department_text or referral.treatment_text):
            return
        self._rows.add(
            Segment,
            id=new_key(self.work.now),
            version=1,
            case_id=id,
            number=1,
            main=True,
            area=referral.treatment_text[:60] if referral.treatment_text else None,
            referring_hospital=referral.hospital_text,
            referring_department=referral.department_text,
            present_date=referral.appointment_date,
        )

    def _representative(self, submission: Submission, id: UUID) -> None:
        person = submission.representative
        if person is None:
            return
        identifier = person.identifier if person.identifier else None
        numbered = identifier is not None and identifier.type is not IdentifierType.NONE
        self._rows.add(
            Representative,
            id=new_key(self.work.now),
            case_id=id,
            name=person.name,
            phone=person.phone,
            relation=person.relation,
            basis=person.basis,
            identifier_type=identifier.type if identifier else IdentifierType.NONE,
            identifier_sealed=self.work.cipher.seal(REPRESENTATIVE, identifier.value)
            if identifier and numbered
            else None,
            identifier_index=self.work.cipher.blind_index(REPRESENTATIVE, identifier.value)
            if identifier and numbered
            else None,
        )

    def _link(self, ref: CaseRef, other: CaseRef) -> None:
        ref.links.append(other)
        self._rows.add(CaseLink, case_id=ref.id, other_id=other.id, linked_at=self.work.now)
        self._rows.add(CaseLink, case_id=other.id, other_id=ref.id, linked_at=self.work.now)
        self._event(other.id, EventKind.LINKED)
        if other.queue_number is not None:
            self._touched.add(other.id)

    def _event(self, case_id: UUID, kind: EventKind, **details: Any) -> None:
        work = self.work
        self._rows.add(
            Event, case_id=case_id, at=work.now, staff_id=work.person.id, kind=kind, details=details, reason=None
        )


REPRESENTATIVE = "representatives.identifier"


def _address(submission: Submission) -> dict[str, str | None]:
    address = submission.patient.address
    return {
        "address_line": address.line if address else None,
        "postcode": address.postcode if address else None,
        "city": address.city if address else None,
        "municipality_code": address.municipality_code if address else None,
    }
