"""Synthetic enquiries: the same plain values that a form becomes, so that every rule sees them as real ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from pkui.base.clock import local
from pkui.base.keys import new_key
from pkui.domain.codes import (
    Channel,
    ConsentMode,
    ConsentType,
    DigitalPost,
    ReplyChannel,
    RepresentativeBasis,
    Topic,
)
from pkui.domain.intake.values import (
    AttachmentInfo,
    ConsentGiven,
    ContactDetails,
    Matter,
    ReferralDetails,
    Representative,
    Source,
    Submission,
)
from pkui.domain.windows import CallWindow, Unavailable
from pkui.services.demo import texts
from pkui.services.demo.patients import Person, Population
from pkui.services.demo.tables import draw
from pkui.services.demo.texts import Course
from pkui.services.demo.timeline import DAY, MINUTE, WorkingTime, moment
from pkui.services.demo.wording import Blanks, own_words

FORM, URGENT_FORM = "patientkontoret_henvendelse", "patientkontoret_maks_ventetid"
_CHANNELS = {
    Channel.SELF_SERVICE: 80,
    Channel.HELP_LINE: 13,
    Channel.LETTER: 3,
    Channel.PHONE: 3,
    Channel.ROBOT: 1,
}
_TYPED_HERE = (Channel.HELP_LINE, Channel.PHONE, Channel.LETTER)
_REPLIES = {ReplyChannel.PHONE: 86, ReplyChannel.DIGITAL_POST: 11, ReplyChannel.LETTER: 2, ReplyChannel.EMAIL: 1}
_SPANS = (
    (time(8, 30), time(10)), (time(9), time(11, 30)), (time(9), time(12)), (time(10), time(12)),
    (time(8), time(9, 30)), (time(12), time(14)), (time(13), time(15)), (time(13), time(15, 30)),
)  # fmt: skip
_EVENINGS = (time(16), time(18, 30))
_CHILD_TOPICS = {Topic.RIGHTS_QUESTION: 0.08, Topic.HEALTH_RECORD: 0.05, Topic.AUTHORITY_COMPLAINT: 0.08}
_MEDIA = {".pdf": "application/pdf", ".jpg": "image/jpeg"}


@dataclass(frozen=True)
class Enquiry:
    """One enquiry with what lies behind it; `registered` is in POSIX seconds."""

    submission: Submission
    person: Person
    registered: int
    blanks: Blanks

    @property
    def topic(self) -> Topic:
        """Why the patient came."""
        return self.submission.matter.topic


class Enquirer:
    """Makes enquiries of new people, or of one who is known."""

    def __init__(self, chance: Random, axis: WorkingTime, population: Population, secretaries: Sequence[str]) -> None:
        self._chance, self._axis, self._population = chance, axis, population
        self._secretaries = tuple(secretaries)
        self._serial = 1000

    def enquiry(
        self, topic: Topic, registered: int, *, person: Person | None = None, plain: bool = False, near: bool = False
    ) -> Enquiry:
        """An enquiry registered then. A plain one leaves nothing out; `near` has her own appointment within days."""
        chance = self._chance
        course = self._course(topic, person, plain)
        if person is None:
            child = course.child if course else chance.random() < _CHILD_TOPICS.get(topic, 0.01)
            person = self._population.person(
                new_key(moment(registered), chance), child=child, plain=plain, woman=bool(course and course.women)
            )
        received_on = local(moment(registered)).date()
        offered = self._offered(received_on, near)
        blanks = Blanks(
            hospital=chance.choice(course.hospitals if course else texts.ALL_HOSPITALS),
            other=chance.choice(texts.OTHER_HOSPITALS),
            on=offered,
            weeks=max(2, (offered - received_on).days // 7),
            course=course,
        )
        return Enquiry(self._submission(topic, registered, person, blanks, plain or near), person, registered, blanks)

    def _submission(self, topic: Topic, registered: int, person: Person, blanks: Blanks, whole: bool) -> Submission:
        """The form; a `whole` one leaves nothing out."""
        chance = self._chance
        channel = self._channel(topic, registered)
        received = moment(registered - self._lag(channel))
        representative = self._representative(person, topic)
        relation = representative.relation if representative else None
        urgent = topic is Topic.MAXIMUM_WAITING_TIME
        reply = ReplyChannel.EMAIL if topic is Topic.ACCEPTANCE_REQUEST else draw(chance, _REPLIES)
        self._serial += 1
        return Submission(
            submission_id=str(UUID(int=chance.getrandbits(128), version=4)),
            source=Source(
                system="os2forms",
                form_id=URGENT_FORM if urgent else FORM,
                serial=self._serial,
                channel=channel,
                entered_by=chance.choice(self._secretaries) if channel in _TYPED_HERE else None,
            ),
            received_at=received,
            language="en" if person.interpreter and chance.random() < 0.3 else "da",
            patient=person.patient,
            representative=representative,
            contact=self._contact(person, channel, reply),
            matter=Matter(
                topic=topic, free_text=own_words(chance, topic, blanks, relation), max_waiting_time_case=urgent
            ),
            referral=self._referral(topic, blanks, local(received).date(), whole),
            windows=self._windows() if reply is ReplyChannel.PHONE else (),
            unavailable=self._unavailable(),
            reply_channel=reply,
            consents=self._consents(received, representative, whole),
            attachments=self._attachments(blanks.course),
        )

    def _course(self, topic: Topic, person: Person | None, plain: bool) -> Course | None:
        pool = texts.COURSES.get(topic, ())
        if person is not None:
            suited = tuple(one for one in pool if one.child == person.minor and (person.woman or not one.women))
            pool = suited or pool
        elif plain or self._chance.random() < 0.6:
            pool = tuple(one for one in pool if not one.child and (one.common or not plain))
        return self._chance.choice(pool) if pool else None

    def _channel(self, topic: Topic, registered: int) -> Channel:
        if topic is Topic.ACCEPTANCE_REQUEST:
            return Channel.HOSPITAL_REQUEST
        channel = draw(self._chance, _CHANNELS)
        wall = local(moment(registered))
        office = self._axis.office
        manned = self._axis.calendar.is_working_day(wall.date()) and office.opens <= wall.time() < office.closes
        return channel if manned or channel not in _TYPED_HERE else Channel.SELF_SERVICE

    def _lag(self, channel: Channel) -> int:
        """Seconds from receipt to registration: a form is read within the minute, a letter lies for a while."""
        if channel is Channel.LETTER:
            return self._chance.randint(20 * MINUTE, 180 * MINUTE)
        return self._chance.randint(5, 55)

    def _offered(self, received: date, near: bool) -> date:
        """The date of the patient's own appointment: in some weeks, or within the next three working days."""
        if near:
            return self._axis.calendar.add_working_days(self._axis.today, self._chance.randint(1, 3))
        return self._axis.calendar.on_or_after(received + self._chance.randint(21, 170) * DAY)

    def _representative(self, person: Person, topic: Topic) -> Representative | None:
        chance, population = self._chance, self._population
        if person.minor:
            if person.age >= 15 and chance.random() < 0.5:
                return None
            relation = chance.choice(("mor", "far"))
            name = population.relative_name(person, woman=relation == "mor")
            return Representative(name, population.phone(), relation, RepresentativeBasis.PARENT, None)
        if topic is Topic.ACCEPTANCE_REQUEST or chance.random() > (0.16 if person.age > 75 else 0.02):
            return None
        relation = "ægtefælle" if person.age < 70 else "datter" if person.woman else "søn"
        basis = draw(
            chance,
            {
                RepresentativeBasis.SPOKEN_CONSENT: 60,
                RepresentativeBasis.POWER_OF_ATTORNEY: 25,
                RepresentativeBasis.DIGITAL_POWER_OF_ATTORNEY: 15,
            },
        )
        return Representative(
            population.relative_name(person, woman=relation == "datter"), population.phone(), relation, basis, None
        )

    def _contact(self, person: Person, channel: Channel, reply: ReplyChannel) -> ContactDetails:
        chance = self._chance
        post = DigitalPost.EXEMPT if person.age > 80 and chance.random() < 0.4 else DigitalPost.UNKNOWN
        if reply is ReplyChannel.DIGITAL_POST:
            post = DigitalPost.YES
        email = person.email
        if channel is Channel.HOSPITAL_REQUEST:
            email = "visitation@klinik.invalid"
        elif reply is ReplyChannel.EMAIL and email is None:
            email = "patient@example.invalid"
        return ContactDetails(
            phone=person.phone,
            alternative_phone=self._population.phone() if chance.random() < 0.12 else None,
            email=email,
            digital_post=post,
            sms_allowed=chance.random() < 0.8,
            interpreter_language=person.interpreter,
        )

    def _referral(self, topic: Topic, blanks: Blanks, received: date, plain: bool) -> ReferralDetails | None:
        """What the letter says; some forms leave a date out."""
        chance, course = self._chance, blanks.course
        if course is None:
            return None
        referred = received - chance.randint(6, 60) * DAY
        letter = min(received, referred + timedelta(days=chance.randint(3, 12)))
        whole = plain or chance.random() < 0.72
        return ReferralDetails(
            hospital_text=blanks.hospital,
            department_text=course.department,
            treatment_text=course.treatment,
            treatment_code=None,
            referral_date_in_letter=referred if whole else None,
            letter_date=letter if whole or chance.random() < 0.5 else None,
            appointment_date=blanks.on if plain or chance.random() < 0.9 else None,
            appointment_changed_by_hospital=topic is Topic.OPERATION_CHANGED or (False if whole else None),
            preferred_providers=(chance.choice(course.providers),) if chance.random() < 0.35 else (),
            max_distance_km=chance.choice((20.0, 40.0, 60.0, 100.0)) if chance.random() < 0.5 else None,
            free_choice_already_used=False if plain else chance.choice((None, None, None, False, False, True)),
        )

    def _windows(self) -> tuple[CallWindow, ...]:
        """Ringetider: mostly several weekdays; some want any time, some name none, some only evenings."""
        chance = self._chance
        share = chance.random()
        if share < 0.08:
            return ()
        if share < 0.11:
            return tuple(CallWindow(day, *_EVENINGS) for day in sorted(chance.sample(range(1, 6), 2)))
        if share < 0.27:
            return tuple(CallWindow(day, time(9), time(15)) for day in range(1, 6))
        days = sorted(chance.sample(range(1, 6), chance.choice((1, 2, 2, 2, 3, 3, 4))))
        same = chance.choice(_SPANS)
        return tuple(CallWindow(day, *(same if chance.random() < 0.7 else chance.choice(_SPANS))) for day in days)

    def _unavailable(self) -> tuple[Unavailable, ...]:
        chance, today = self._chance, self._axis.today
        if chance.random() > 0.09:
            return ()
        first = today + chance.choice((-1, 0, 1, 3, 7, 14, 28)) * DAY
        return (Unavailable(first, first + chance.randint(1, 13) * DAY),)

    def _consents(
        self, received: datetime, representative: Representative | None, plain: bool
    ) -> tuple[ConsentGiven, ...]:
        share = 1.0 if plain else self._chance.random()
        if share < 0.05:
            return ()
        mode = ConsentMode.SPOKEN if self._chance.random() < 0.15 else ConsentMode.WRITTEN
        given = [ConsentGiven(ConsentType.HEALTH_INFORMATION, share > 0.08, mode, received)]
        if representative is not None and representative.basis is not RepresentativeBasis.PARENT:
            given.append(ConsentGiven(ConsentType.TALK_TO_RELATIVE, True, mode, received))
        return tuple(given)

    def _attachments(self, course: Course | None) -> tuple[AttachmentInfo, ...]:
        chance = self._chance
        count = chance.choice((0, 1, 1, 1, 2)) if course else chance.choice((0, 0, 0, 1))
        files = []
        for filename in chance.sample(texts.ATTACHMENTS, count):
            number = chance.randrange(10_000, 10**7)
            media = _MEDIA[filename[-4:]]
            size = chance.randint(40_000, 2_400_000)
            files.append(AttachmentInfo(str(number), filename, media, size, None, f"os2forms:file/{number}"))
        return tuple(files)
