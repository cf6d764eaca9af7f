"""A property worked out once for each object, without a lock.

`functools.cached_property` of Python 3.11 holds one lock for all objects of a class while it works: a thread that waits
for the database in there would keep every other thread of the desk waiting.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
Owner = TypeVar("Owner")


class kept(Generic[Owner, T]):
    """Works the value out at the first look and keeps it with the object."""

    def __init__(self, work_out: Callable[[Owner], T]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    @overload
    def __get__(self, owner: None, kind: type[Owner]) -> "kept[Owner, T]": ...
    @overload
    def __get__(self, owner: Owner, kind: type[Owner]) -> T: ...

    def __get__(self, owner: Owner | None, kind: type[Owner]) -> Any:
        """The value; from the second look on the object's own, and this is not asked."""
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._work_out(owner)
        return value
