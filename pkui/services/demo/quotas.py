"""How many cases of each kind there are, and who holds how many: at least half of the open ones are free."""

from collections.abc import Sequence
from random import Random

from pkui.domain.codes import Role, Team, Topic
from pkui.domain.permissions import may_work
from pkui.domain.sorting import Sorting
from pkui.services.demo.people import Colleague
from pkui.services.demo.timeline import Kind, Quotas

MOST_HELD, LEAST_HELD = 20, 5


def quotas_for(chance: Random, everyone: Sequence[Colleague], open_cases: int, closed: int) -> Quotas:
    """How many of each kind; every adviser holds 5-20 cases, fewer where half of a small queue must stay free."""
    advisers = [one.username for one in everyone if one.role is Role.ADVISER]
    others = {Kind.TEMPORARY: min(4, open_cases // 60), Kind.RECORDS: min(3, open_cases // 80)}
    most = min(MOST_HELD, (open_cases // 2 - sum(others.values())) // len(advisers))
    held = {name: chance.randint(min(LEAST_HELD, most), most) for name in advisers}
    total = sum(held.values())
    kinds = {
        Kind.CLOSED: closed,
        Kind.WAITING: total * 45 // 100,
        Kind.TRIED: total // 45,
        Kind.REOPENED: total // 40,
        Kind.FORGOTTEN: total // 60,
        **others,
    }
    kinds[Kind.HELD] = total - sum(kinds[kind] for kind in (Kind.WAITING, Kind.TRIED, Kind.REOPENED, Kind.FORGOTTEN))
    free = open_cases - total - sum(others.values())
    kinds[Kind.URGENT] = min(free, max(2, free * 3 // 1000)) if free > 5 else 0
    kinds[Kind.NEAR] = free // 50
    kinds[Kind.PUT_BACK] = free // 40
    kinds[Kind.FRESH] = free - kinds[Kind.URGENT] - kinds[Kind.NEAR] - kinds[Kind.PUT_BACK]
    return Quotas(kinds, held)


class Dealer:
    """Gives held cases to colleagues who may work them until each has her number."""

    def __init__(self, chance: Random, everyone: Sequence[Colleague], quotas: Quotas) -> None:
        self._chance = chance
        self._left = dict(quotas.held)
        self._advisers = [one for one in everyone if one.role is Role.ADVISER]
        self._by_role = {one.role: one for one in reversed(everyone)}

    def adviser(self, topic: Topic) -> Colleague:
        """Any adviser of the topic's team, whether she holds cases already or not."""
        return self._chance.choice(self._of_team(topic))

    def deal(self, topic: Topic) -> Colleague | None:
        """An adviser of the topic's team with room for one more, or None where the team has none."""
        with_room = [one for one in self._of_team(topic) if self._left[one.username]]
        if not with_room:
            return None
        chosen = self._chance.choice(with_room)
        self._left[chosen.username] -= 1
        return chosen

    def of_role(self, role: Role, topic: Topic, sorting: Sorting) -> Colleague:
        """The first colleague of that role. Raises ValueError where she may not work such a case."""
        chosen = self._by_role[role]
        if not may_work({role}, topic, sorting.complexity):
            raise ValueError("the case is beyond the role")
        return chosen

    def _of_team(self, topic: Topic) -> list[Colleague]:
        team = _TEAM_OF.get(topic, Team.GENERAL)
        return [one for one in self._advisers if team in one.teams]


_TEAM_OF = {
    Topic.MAXIMUM_WAITING_TIME: Team.MAXIMUM_WAITING_TIME,
    Topic.HEALTH_RECORD: Team.HEALTH_RECORD,
    Topic.RECORD_PRIVATE_MARK: Team.HEALTH_RECORD,
}
