"""One adviser's day at its best: which of the candidates to ring, in which order, so that the most is gained.

A shortest-path table over the slots of the day from its end to its start. Of all calls of one length that may start
at a slot only the few with the largest gain are looked at; one already on the path behind is not taken twice.
"""

from collections.abc import Mapping

from pkui.domain.callbacks.bits import starts

Candidate = tuple[float, int, int]
Offer = tuple[int, float, int, int]


def best_line(free: int, candidates: Mapping[int, list[Candidate]]) -> list[tuple[int, int]]:
    """Calls and their slots, from candidates (gain, call, starts) by length."""
    size = free.bit_length()
    table = _offers(free, candidates)
    gain, used = [0.0] * (size + 1), [0] * (size + 1)
    chosen: list[Offer | None] = [None] * size
    for slot in reversed(range(size)):
        best = gain[slot + 1]
        taken: Offer | None = None
        for offer in table[slot]:
            after = slot + offer[0]
            if offer[1] + gain[after] > best and not used[after] & offer[2]:
                best, taken = offer[1] + gain[after], offer
        gain[slot], chosen[slot] = best, taken
        used[slot] = used[slot + taken[0]] | taken[2] if taken else used[slot + 1]
    line, slot = [], 0
    while slot < size:
        pick = chosen[slot]
        if pick:
            line.append((pick[3], slot))
        slot += pick[0] if pick else 1
    return line


def _offers(free: int, candidates: Mapping[int, list[Candidate]]) -> list[list[Offer]]:
    """By slot the three best candidates of every length as (length, gain, mark, call)."""
    table: list[list[Offer]] = [[] for _ in range(free.bit_length())]
    mark = 1
    for length, some in candidates.items():
        none, one, two = starts(free, length), 0, 0
        for gain, call, mask in sorted(some, key=lambda candidate: (-candidate[0], candidate[1])):
            wanted = mask & (none | one | two)
            if not wanted:
                continue
            first, second, third = wanted & none, wanted & one, wanted & two
            none, one, two = none ^ first, one ^ second | first, two ^ third | second
            mark <<= 1
            offer = (length, gain, mark, call)
            while wanted:
                low = wanted & -wanted
                table[low.bit_length() - 1].append(offer)
                wanted ^= low
            if not none | one | two:
                break
    return table
