"""What is computed once for each object, on first need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Value = TypeVar("Value")


class cached_property(Generic[Value]):  # noqa: N801 - it is read like the standard one
    """As `functools.cached_property` is from Python 3.12 on: without a lock.

    Before, one lock for all objects of a class is held while a value is computed; a value that is read from the
    database would make every other request wait for it. Two threads that ask one object at once compute it twice.
    """

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, of: None, owner: type) -> Self: ...

    @overload
    def __get__(self, of: object, owner: type) -> Value: ...

    def __get__(self, of: object | None, owner: type) -> Self | Value:
        """Asked only until the object holds the value under the same name."""
        if of is None:
            return self
        value = of.__dict__[self._name] = self._compute(of)
        return value
