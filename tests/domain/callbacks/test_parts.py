"""The parts of the planner against plain counting: bitmasks, the flow, one adviser's day."""

from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.domain.callbacks.bits import block, covered, each, starts
from pkui.domain.callbacks.lines import best_line
from pkui.domain.callbacks.simplex import PLENTY, SINK, Network, Simplex

MASKS = st.integers(0, 2**40)
LENGTHS = st.integers(1, 9)


@given(MASKS, LENGTHS)
def test_a_start_is_where_a_free_run_begins(free: int, length: int) -> None:
    plain = [slot for slot in range(50) if all(free >> slot + n & 1 for n in range(length))]
    assert each(starts(free, length)) == plain


@given(MASKS, LENGTHS)
def test_covered_is_every_slot_of_every_run(begin: int, length: int) -> None:
    assert set(each(covered(begin, length))) == {slot + n for slot in each(begin) for n in range(length)}


@given(st.integers(0, 30), st.integers(0, 30))
def test_a_block_has_its_slots(start: int, end: int) -> None:
    assert each(block(start, end)) == list(range(start, end))


arcs = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4), st.integers(0, 3), st.integers(0, 9)), max_size=9)


NEVER = 10**9


def cheapest(supply: list[int], edges: list[tuple[int, int, int, int]]) -> int:
    """The least cost by sending one unit at a time along the cheapest path with room (Bellman and Ford)."""
    used = [0] * len(edges)
    total = 0
    for node, amount in enumerate(supply):
        for _ in range(amount):
            far, came = [NEVER] * len(supply), [(0, 0)] * len(supply)
            far[node] = 0
            for _ in supply:
                for number, (tail, head, room, cost) in enumerate(edges):
                    if used[number] < room and far[tail] + cost < far[head]:
                        far[head], came[head] = far[tail] + cost, (number, 1)
                    if used[number] > 0 and far[head] - cost < far[tail]:
                        far[tail], came[tail] = far[head] - cost, (number, -1)
            total, at = total + far[SINK], SINK
            while at != node:
                number, way = came[at]
                used[number] += way
                at = edges[number][0] if way > 0 else edges[number][1]
    return total


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), arcs)
def test_the_flow_is_the_cheapest(supply: list[int], edges: list[tuple[int, int, int, int]]) -> None:
    edges = [(a, b, room, cost) for a, b, room, cost in edges if a > b and (b == SINK or not supply[b - 1])]
    network = Network()
    for amount in supply:
        node = network.node(amount)
        network.arc(node, SINK, PLENTY, 20 + node)
    for edge in edges:
        network.arc(*edge)
    simplex = Simplex(network)
    best = cheapest([0, *supply], [(node, SINK, PLENTY, 20 + node) for node in range(1, 5)] + edges)
    assert simplex.bound(network.supply) <= best
    assert simplex.solve(lambda: True)
    assert simplex.bound(network.supply) == best
    assert simplex.value() == best
    for node in range(1, 5):
        into = sum(f for f, head in zip(simplex.flow, simplex.head, strict=True) if head == node)
        out = sum(f for f, tail in zip(simplex.flow, simplex.tail, strict=True) if tail == node)
        assert out - into == supply[node - 1]


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 2**14 - 1),
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 9), st.integers(0, 2**14 - 1)), max_size=4),
)
def test_a_line_is_valid_and_with_few_calls_the_best(free: int, calls: list[tuple[int, int, int]]) -> None:
    candidates: dict[int, list[tuple[float, int, int]]] = {}
    for number, (length, gain, mask) in enumerate(calls):
        candidates.setdefault(length, []).append((float(gain), number, mask))
    line = best_line(free, candidates)
    left = free
    for number, slot in line:
        length, _, mask = calls[number]
        assert starts(left, length) & mask & 1 << slot
        left ^= block(slot, slot + length)
    assert len({number for number, _ in line}) == len(line)
    single = max((gain for length, gain, mask in calls if starts(free, length) & mask), default=0)
    assert single <= sum(calls[number][1] for number, _ in line) <= _best(free, calls)


def _best(free: int, calls: list[tuple[int, int, int]]) -> int:
    """The most any order of any calls gains, each as early as it fits."""
    best = 0
    for count in range(len(calls) + 1):
        for some in combinations(range(len(calls)), count):
            for order in permutations(some):
                at, gain = 0, 0
                for number in order:
                    length, worth, mask = calls[number]
                    room = starts(free, length) & mask & ~block(0, at)
                    if not room:
                        break
                    at, gain = each(room)[0] + length, gain + worth
                else:
                    best = max(best, gain)
    return best
