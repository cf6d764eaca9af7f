"""Keys: of their version, sorted by instant and then by turn, never twice the same, and repeatable from a seed."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pkui.base.keys import new_key

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@given(st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_key_carries_its_instant(at: datetime) -> None:
    key = new_key(at)
    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    assert key.int >> 80 == int(at.timestamp() * 1000)


@given(st.integers(1, 10**9))
def test_a_later_key_sorts_later(milliseconds: int) -> None:
    assert new_key(NOW).bytes < new_key(NOW + timedelta(milliseconds=milliseconds)).bytes


def test_keys_of_one_instant_sort_in_the_order_in_which_they_were_made() -> None:
    keys = [new_key(NOW).bytes for _ in range(20_000)]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_a_seed_repeats_its_keys() -> None:
    first, again = ([new_key(NOW, Random(seed)) for seed in range(50)] for _ in range(2))
    assert first == again
    assert len(set(first)) == 50
