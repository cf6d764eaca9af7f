"""Makes the demo's cases one after another in the order of their registration."""

from collections import deque
from collections.abc import Sequence
from random import Random
from typing import Any

from pkui.domain.codes import CaseState, Role, Topic
from pkui.domain.sorting import facts_of, sort_case
from pkui.services.demo.enquiries import Enquirer, Enquiry
from pkui.services.demo.patients import Person, Population
from pkui.services.demo.people import Colleague
from pkui.services.demo.quotas import Dealer
from pkui.services.demo.stories import Stories, Story
from pkui.services.demo.tables import draw_matter
from pkui.services.demo.timeline import Kind, WorkingTime, moment
from pkui.services.demo.writing import CaseWriter
from storage.secrets import Cipher

_COMES_BACK, _WRITES_AGAIN = 0.05, 0.04
_REMEMBERED = 400
_FREE = (Kind.FRESH, Kind.URGENT, Kind.NEAR)
_SIMPLE_TOPICS = (Topic.FASTER_IMAGING, Topic.FASTER_TREATMENT)
_RECORD_TOPICS = (Topic.HEALTH_RECORD, Topic.RECORD_PRIVATE_MARK, Topic.HEALTH_RECORD, Topic.SERVICE_COMPLAINT)
_UNSUITED = (Topic.ACCEPTANCE_REQUEST, Topic.MAXIMUM_WAITING_TIME)
"""Topics not waited for, tried in vain or opened again: nobody is rung, or all is over the same day."""


class Maker:
    """Holds what lasts over all chunks: people met, numbers given, who holds how many."""

    def __init__(
        self, chance: Random, axis: WorkingTime, cipher: Cipher, everyone: Sequence[Colleague], dealer: Dealer
    ) -> None:
        self._chance, self._axis, self._dealer, self.everyone = chance, axis, dealer, tuple(everyone)
        secretaries = [one.username for one in everyone if one.role is Role.SECRETARY]
        self._enquirer = Enquirer(chance, axis, Population(chance, axis.today), secretaries)
        self._stories = Stories(chance, axis)
        self.writer = CaseWriter(chance, axis, cipher, everyone)
        self._former: deque[tuple[int, Person]] = deque(maxlen=_REMEMBERED)
        self._recent: list[tuple[Person, dict[str, Any]]] = []
        self.number = 0
        self.sample: Enquiry | None = None

    def chunk(self, planned: Sequence[tuple[int, Kind]]) -> None:
        """Puts these cases in line; cases of one person are linked within a chunk."""
        self._recent.clear()
        for registered, kind in planned:
            self.number += 1
            self._make(registered, kind)

    def _make(self, registered: int, kind: Kind) -> None:
        topic, outcome, by = self._matter(kind)
        other = self._somebody_again(kind)
        person = other[0] if other else self._somebody_back(registered, kind)
        enquiry = self._enquirer.enquiry(
            topic, registered, person=person, plain=kind is Kind.TEMPORARY, near=kind is Kind.NEAR
        )
        sorting = sort_case(facts_of(enquiry.submission, moment(registered)))
        if kind is Kind.TEMPORARY:
            by = self._dealer.of_role(Role.TEMPORARY, topic, sorting)
        elif kind is Kind.RECORDS:
            by = self._dealer.of_role(Role.ADMINISTRATIVE, topic, sorting)
        story = self._story(kind, enquiry, by, outcome)
        row = self.writer.case(self.number, enquiry, sorting, story, known=person is not None)
        if other is not None:
            self.writer.link(row, other[1])
        if story.state is CaseState.CLOSED and story.closed_at is not None:
            self._former.append((int(story.closed_at.timestamp()), enquiry.person))
        elif kind is Kind.FRESH:
            self.sample = self.sample or enquiry
            if other is None and topic is not Topic.ACCEPTANCE_REQUEST:
                self._recent.append((enquiry.person, row))

    def _matter(self, kind: Kind) -> tuple[Topic, str, Colleague]:
        """Topic and outcome in the proportions of the tables, and a colleague who may hold such a case."""
        while True:
            topic, outcome = draw_matter(self._chance)
            if kind is Kind.URGENT:
                topic = Topic.MAXIMUM_WAITING_TIME
            elif kind is Kind.TEMPORARY:
                topic = self._chance.choice(_SIMPLE_TOPICS)
            elif kind is Kind.RECORDS:
                topic = self._chance.choice(_RECORD_TOPICS)
            elif kind is Kind.NEAR and topic not in _SIMPLE_TOPICS:
                continue
            if kind in (Kind.WAITING, Kind.TRIED, Kind.FORGOTTEN, Kind.REOPENED) and topic in _UNSUITED:
                continue
            if kind not in (Kind.HELD, Kind.WAITING, Kind.TRIED, Kind.FORGOTTEN, Kind.REOPENED):
                return topic, outcome, self._dealer.adviser(topic)
            dealt = self._dealer.deal(topic)
            if dealt is not None:
                return topic, outcome, dealt

    def _somebody_again(self, kind: Kind) -> tuple[Person, dict[str, Any]] | None:
        """Somebody whose other case of these days is still open."""
        if kind is not Kind.FRESH or not self._recent or self._chance.random() > _WRITES_AGAIN:
            return None
        return self._recent.pop(self._chance.randrange(len(self._recent)))

    def _somebody_back(self, registered: int, kind: Kind) -> Person | None:
        """Somebody whose case was closed before this one came."""
        if not self._former or kind is Kind.TEMPORARY or self._chance.random() > _COMES_BACK:
            return None
        if self._former[0][0] >= registered:
            return None
        return self._former.popleft()[1]

    def _story(self, kind: Kind, enquiry: Enquiry, by: Colleague, outcome: str) -> Story:
        stories = self._stories
        if kind in _FREE:
            return Story()
        if kind is Kind.CLOSED:
            return stories.closed(enquiry, by, outcome)
        tell = {
            Kind.PUT_BACK: stories.put_back,
            Kind.WAITING: stories.waiting,
            Kind.TRIED: stories.tried,
            Kind.FORGOTTEN: stories.forgotten,
            Kind.REOPENED: stories.reopened,
        }
        return tell.get(kind, stories.held)(enquiry, by)
