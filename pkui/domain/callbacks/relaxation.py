"""The bound no plan can beat, the days it suggests and the price of time: a flow in which calls may be split.

A call sends its slots to the windows it may be rung in on a day, from there to half hours of that day, on to the
advisers at work then, and out. An arc into an adviser's half hour takes no more slots than a call of that length can
cover there. Half hours whose advisers are alike for every call in question are one node.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import lcm

from pkui.domain.callbacks.bits import block, covered, starts
from pkui.domain.callbacks.board import Board, Task
from pkui.domain.callbacks.simplex import PLENTY, SINK, Network, Simplex

CELL_MINUTES = 30
Kind = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The bounds; by task the day most of it was sent to (-1 none), by task and day the price of its time; the work."""

    late: int
    tardiness: float
    day: dict[int, int]
    price: dict[int, tuple[float, ...]]
    pivots: int


class Flow:
    """The network of some of a board's calls, with what each arc costs under any price list."""

    def __init__(self, board: Board, tasks: Iterable[int]) -> None:
        self.board = board
        self.tasks = [board.tasks[index] for index in tasks]
        self.scale = lcm(*(task.slots for task in self.tasks)) if self.tasks else 1
        self.network = Network()
        self.hub: dict[tuple[Kind, int, int], int] = {}
        self.window: dict[tuple[Kind, int, int], int] = {}
        self.joined: dict[tuple[int, ...], int] = {}
        self.sent: list[tuple[int, Task, int]] = []
        self.cell = max(1, CELL_MINUTES // board.instance.slot)
        for day in range(board.days):
            self._day(day)
        ordered = sorted(self.tasks, key=lambda task: (-task.idle / task.slots, task.index))
        for task in ordered:
            self._task(task)

    def costs(self, cost: Callable[[Task, int], int]) -> list[int]:
        """The cost of every arc, from what a task costs on a day (-1: left out)."""
        found = [0] * len(self.network.tail)
        for arc, task, day in self.sent:
            found[arc] = cost(task, day) * self.scale // task.slots
        return found

    def _day(self, day: int) -> None:
        """The nodes of a day: what is free in each half hour, and which kinds of call can use it."""
        board, width = self.board, self.board.advisers
        kinds = sorted({(task.call.skill, task.slots) for task in self.tasks if task.starts[day]})
        cover = {
            (desk, length): covered(starts(board.free[desk], length), length)
            for desk in range(day * width, day * width + width)
            for length in {kind[1] for kind in kinds}
        }
        longest = max((board.free[desk].bit_length() for desk in range(day * width, day * width + width)), default=0)
        for hour in range(-(-longest // self.cell)):
            self._half_hour(day, hour, kinds, cover)

    def _half_hour(self, day: int, hour: int, kinds: list[Kind], cover: dict[tuple[int, int], int]) -> None:
        board, width, network = self.board, self.board.advisers, self.network
        part = block(hour * self.cell, (hour + 1) * self.cell)
        room: dict[tuple[object, ...], int] = {}
        uses: dict[Kind, dict[tuple[object, ...], int]] = {kind: {} for kind in kinds}
        for desk in range(day * width, day * width + width):
            free = (board.free[desk] & part).bit_count()
            able = [kind for kind in kinds if desk % width in board.skilled[kind[0]]]
            can = {kind: (cover[desk, kind[1]] & part).bit_count() for kind in able}
            useful = tuple(kind for kind in able if can[kind])
            if not useful:
                continue
            alike = all(can[kind] == free for kind in useful)
            key: tuple[object, ...] = useful if alike else (desk,)
            room[key] = room.get(key, 0) + free
            for kind in useful:
                uses[kind][key] = uses[kind].get(key, 0) + can[kind]
        cells = {key: network.node() for key in room}
        for key, node in cells.items():
            network.arc(node, SINK, room[key])
        hubs: dict[tuple[tuple[int, int], ...], int] = {}
        for kind in kinds:
            reach = tuple(sorted((cells[key], count) for key, count in uses[kind].items()))
            if reach:
                if reach not in hubs:
                    hubs[reach] = network.node()
                    for node, count in reach:
                        network.arc(hubs[reach], node, count)
                self.hub[kind, day, hour] = hubs[reach]

    def _task(self, task: Task) -> None:
        kind = (task.call.skill, task.slots)
        windows = [(day, self._window(kind, day, task.starts[day])) for day in task.open_on]
        node = self.network.node(task.slots)
        self.sent.append((self.network.arc(node, SINK, PLENTY), task, -1))
        for day, window in windows:
            if window:
                self.sent.append((self.network.arc(node, window, task.slots), task, day))

    def _window(self, kind: Kind, day: int, mask: int) -> int:
        """The node for calls of a kind with these starts on a day; 0 where nobody has room."""
        key = (kind, day, mask)
        if key not in self.window:
            cover, hubs = covered(mask, kind[1]), []
            for hour in range(-(-cover.bit_length() // self.cell)):
                hub = self.hub.get((kind, day, hour))
                if hub is not None and hub not in hubs and cover & block(hour * self.cell, (hour + 1) * self.cell):
                    hubs.append(hub)
            self.window[key] = self._join(tuple(hubs))
        return self.window[key]

    def _join(self, hubs: tuple[int, ...]) -> int:
        if len(hubs) < 2:
            return hubs[0] if hubs else SINK
        if hubs not in self.joined:
            self.joined[hubs] = self.network.node()
            for hub in hubs:
                self.network.arc(self.joined[hubs], hub, PLENTY)
        return self.joined[hubs]


def class_one_bound(board: Board) -> int:
    """The least number of class-1 calls that are late or left out: the flow's number, rounded up."""
    first = [index for index in board.todo if board.tasks[index].call.rank == 1]
    flow = Flow(board, first)
    simplex = Simplex(flow.network)
    simplex.reprice(flow.costs(lambda task, day: int(day < 0 or task.late[day])))
    simplex.solve(lambda: True)
    return settled_late(board) - (-simplex.value() // flow.scale)


def settled_late(board: Board) -> int:
    """How many class-1 calls are late whatever is planned: agreed too late, or with no attempt that can be made."""
    planned = set(board.todo)
    return sum(
        task.call.rank == 1 and (task.index not in board.kept or task.late[board.kept[task.index][0] // board.advisers])
        for task in board.tasks
        if task.index not in planned
    )


def settled_tardiness(board: Board) -> int:
    """Weighted tardiness of the calls nobody can plan any more: those agreed and those no attempt can be made for."""
    planned = set(board.todo)
    return sum(
        task.tardy[board.kept[task.index][0] // board.advisers] if task.index in board.kept else task.tardy_idle
        for task in board.tasks
        if task.index not in planned
    )


def relax(board: Board, keep_going: Callable[[], bool]) -> Relaxation:
    """Solves the flow for the whole order of aims, days and prices, and then for plain tardiness, the bound.

    Told to stop before the end it gives the days and prices it has by then, and a bound that is weaker but holds.
    """
    flow = Flow(board, board.todo)
    simplex = Simplex(flow.network)
    simplex.reprice(flow.costs(lambda task, day: task.idle if day < 0 else task.cost[day]))
    in_time = simplex.solve(keep_going)
    days, prices = _days(flow, simplex), _prices(flow, simplex)
    simplex.reprice(flow.costs(lambda task, day: task.tardy_idle if day < 0 else task.tardy[day]))
    if in_time:
        simplex.solve(keep_going)
    bound = settled_tardiness(board) + max(_unavoidable(board), simplex.bound(flow.network.supply) / flow.scale)
    return Relaxation(class_one_bound(board), bound, days, prices, simplex.pivots)


def _unavoidable(board: Board) -> int:
    """Weighted tardiness of the waiting calls with every one alone on its best day."""
    waiting = (board.tasks[index] for index in board.todo)
    return sum(min(task.tardy_idle, *(task.tardy[day] for day in task.open_on)) for task in waiting)


def _days(flow: Flow, simplex: Simplex) -> dict[int, int]:
    best: dict[int, tuple[int, int]] = {}
    for arc, task, day in flow.sent:
        amount = (simplex.flow[arc], -day)
        if amount > best.get(task.index, (0, 0)):
            best[task.index] = amount
    return {index: -found[1] for index, found in best.items()}


def _prices(flow: Flow, simplex: Simplex) -> dict[int, tuple[float, ...]]:
    never = float("inf")
    found = {task.index: [never] * flow.board.days for task in flow.tasks}
    for arc, task, day in flow.sent:
        if day >= 0:
            found[task.index][day] = max(0, simplex.price[flow.network.head[arc]]) * task.slots / flow.scale
    return {index: tuple(prices) for index, prices in found.items()}
