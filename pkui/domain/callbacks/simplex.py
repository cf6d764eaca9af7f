"""Minimum-cost flow by the network simplex method, in whole numbers and without any library.

Every node has a first arc on a path to the sink (node 0); these arcs are the first spanning tree, so a feasible flow
stands from the start. The tree is kept strongly feasible (Cunningham 1976), which rules out cycling. The price of a
node is what one more unit at that node costs on its way to the sink.
"""

from collections.abc import Callable

SINK = 0
PLENTY = 10**9
BLOCK = 1000
AT_A_TIME = 50


class Network:
    """A network under construction; the order of nodes and arcs is the order they are added in."""

    def __init__(self) -> None:
        self.tail: list[int] = []
        self.head: list[int] = []
        self.room: list[int] = []
        self.cost: list[int] = []
        self.first: list[int] = [-1]
        self.supply: list[int] = [0]

    def node(self, supply: int = 0) -> int:
        """A new node, with what enters the network there."""
        self.first.append(-1)
        self.supply.append(supply)
        return len(self.first) - 1

    def arc(self, tail: int, head: int, room: int, cost: int = 0) -> int:
        """A new arc; the first one out of a node joins the first tree, so it must carry whatever enters there."""
        self.tail.append(tail)
        self.head.append(head)
        self.room.append(room)
        self.cost.append(cost)
        if self.first[tail] < 0:
            self.first[tail] = len(self.tail) - 1
        return len(self.tail) - 1


class Simplex:
    """The state of the method: flow and side of every arc (1 empty, -1 full, 0 in the tree), and the tree itself."""

    def __init__(self, network: Network) -> None:
        self.tail, self.head, self.room = network.tail, network.head, network.room
        self.cost = list(network.cost)
        self.flow = [0] * len(self.tail)
        self.side = [1] * len(self.tail)
        self.pivots = 0
        nodes = len(network.first)
        self.parent = [-1] * nodes
        self.arc = list(network.first)
        self.upward = [True] * nodes
        self.depth = [0] * nodes
        self.price = [0] * nodes
        self.children: list[set[int]] = [set() for _ in range(nodes)]
        for node in range(1, nodes):
            arc = self.arc[node]
            self.parent[node] = self.head[arc]
            self.side[arc] = 0
            self.children[self.head[arc]].add(node)
        entering = list(network.supply)
        for node in reversed(self._reset()):
            if node != SINK:
                self.flow[self.arc[node]] = entering[node]
                entering[self.parent[node]] += entering[node]

    def _reset(self) -> list[int]:
        """Prices and depths anew from the tree; the nodes from the sink outwards."""
        order = [SINK]
        for node in order:
            for child in sorted(self.children[node]):
                cost = self.cost[self.arc[child]]
                self.depth[child] = self.depth[node] + 1
                self.price[child] = self.price[node] + (cost if self.upward[child] else -cost)
                order.append(child)
        return order

    def reprice(self, cost: list[int]) -> None:
        """New costs for the arcs; the flow and the tree stay, so the next solution is near."""
        self.cost = list(cost)
        self._reset()

    def value(self) -> int:
        """The cost of the flow."""
        return sum(flow * cost for flow, cost in zip(self.flow, self.cost, strict=True))

    def bound(self, supply: list[int]) -> int:
        """What no flow can cost less than, by the prices as they stand; at the end it is the cost itself.

        Nodes must have been added after those their arcs lead to, and no arc leads to where something enters. Prices
        are lowered to where an arc takes anything, and set where something enters; an arc whose way on costs less than
        its node's price takes its room off.
        """
        ways: list[list[int]] = [[] for _ in self.price]
        for arc, tail in enumerate(self.tail):
            ways[tail].append(arc)
        price, found = [0] * len(self.price), 0
        for node in range(1, len(price)):
            onward = sorted((self.cost[arc] + price[self.head[arc]], self.room[arc]) for arc in ways[node])
            if supply[node]:
                price[node] = _balance(onward, supply[node])
            else:
                price[node] = min([max(0, self.price[node]), *(cost for cost, room in onward if room >= PLENTY)])
            found += supply[node] * price[node]
            found -= sum(room * (price[node] - cost) for cost, room in onward if cost < price[node])
        return found

    def solve(self, keep_going: Callable[[], bool]) -> bool:
        """Pivots until the flow is cheapest; False when told to stop before."""
        arcs, at, quiet = len(self.tail), 0, 0
        while quiet < arcs:
            end = min(arcs, at + BLOCK)
            tempting = self._tempting(at, end)
            quiet += end - at
            at = end if end < arcs else 0
            if not tempting:
                continue
            if not keep_going():
                return False
            quiet = 0
            tempting.sort()
            for _, arc in tempting[:AT_A_TIME]:
                side = self.side[arc]
                if side and side * (self.cost[arc] - self.price[self.tail[arc]] + self.price[self.head[arc]]) < 0:
                    self._pivot(arc, side)
        return True

    def _tempting(self, begin: int, end: int) -> list[tuple[int, int]]:
        """The arcs of a block whose use would lower the cost, with by how much a unit."""
        tail, head, cost, side, price = self.tail, self.head, self.cost, self.side, self.price
        found = []
        for arc in range(begin, end):
            way = side[arc]
            if way:
                gain = way * (cost[arc] - price[tail[arc]] + price[head[arc]])
                if gain < 0:
                    found.append((gain, arc))
        return found

    def _pivot(self, arc: int, side: int) -> None:
        """Sends what fits round the cycle the arc closes, and lets the arc that blocked it leave the tree."""
        self.pivots += 1
        tail, head, flow = self.tail[arc], self.head[arc], self.flow
        if side < 0:
            tail, head = head, tail
        amount = self.room[arc] - flow[arc] if side > 0 else flow[arc]
        amount, leaving, before, after = self._around(tail, head, amount)
        if amount:
            flow[arc] += amount if side > 0 else -amount
            for node in before:
                flow[self.arc[node]] += -amount if self.upward[node] else amount
            for node in after:
                flow[self.arc[node]] += amount if self.upward[node] else -amount
        if leaving < 0:
            self.side[arc] = -side
            return
        out = self.arc[leaving]
        self.side[out] = 1 if flow[out] == 0 else -1
        self.side[arc] = 0
        inside = tail if leaving in before else head
        self._hang(inside, head if inside == tail else tail, arc, leaving)

    def _around(self, tail: int, head: int, amount: int) -> tuple[int, int, list[int], list[int]]:
        """How much the cycle takes, the node whose tree arc blocks last on the way round, the nodes of both sides."""
        parent, depth, arcs, flow, room, upward = (
            self.parent,
            self.depth,
            self.arc,
            self.flow,
            self.room,
            self.upward,
        )
        before: list[int] = []
        after: list[int] = []
        leaving = -1
        while tail != head:
            if depth[tail] >= depth[head]:
                arc = arcs[tail]
                left = flow[arc] if upward[tail] else room[arc] - flow[arc]
                if left < amount:
                    amount, leaving = left, tail
                before.append(tail)
                tail = parent[tail]
            else:
                after.append(head)
                head = parent[head]
        for node in after:
            arc = arcs[node]
            left = room[arc] - flow[arc] if upward[node] else flow[arc]
            if left <= amount:
                amount, leaving = left, node
        return amount, leaving, before, after

    def _hang(self, node: int, onto: int, arc: int, last: int) -> None:
        """Turns the path from `node` to `last` round and hangs it onto a node of the other part by the arc."""
        parent, arcs, upward, children, price = self.parent, self.arc, self.upward, self.children, self.price
        children[parent[last]].discard(last)
        cost = self.cost[arc]
        change = price[onto] + (cost if self.tail[arc] == node else -cost) - price[node]
        top, above, way = node, onto, self.tail[arc] == node
        while True:
            old_parent, old_arc, old_way = parent[node], arcs[node], upward[node]
            parent[node], arcs[node], upward[node] = above, arc, way
            children[above].add(node)
            if node == last:
                break
            children[old_parent].discard(node)
            above, arc, way = node, old_arc, not old_way
            node = old_parent
        depth = self.depth
        stack = [top]
        while stack:
            node = stack.pop()
            price[node] += change
            depth[node] = depth[parent[node]] + 1
            if children[node]:
                stack.extend(children[node])


def _balance(onward: list[tuple[int, int]], amount: int) -> int:
    """The cost of the dearest way that is needed when the cheapest ways, in order, take the amount."""
    for cost, room in onward:
        amount -= room
        if amount <= 0:
            return cost
    return 0
