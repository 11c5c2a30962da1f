"""What was counted over everything, kept until the next fact: at one position a question has one answer.

An answer follows from the facts up to a position, from the values it was asked with (the day, and whose eyes), and from
nothing else; so all of these are its key. One partnership's answers are kept by themselves, and nothing is kept across
processes.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from psycopg.types.json import Jsonb

NAMED = re.compile(r"%\((\w+)\)s")
MOST = 256
"""Answers of one partnership; each is of a page at most, without texts."""


@dataclass(frozen=True, slots=True)
class Rows:
    """As they came; nobody changes them."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def key_of(statement: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """A statement with those of the values that it speaks of: of the present it does not say when it was asked."""
    return statement, *(f"{name}={_said(values[name])}" for name in sorted(set(NAMED.findall(statement))))


def _said(value: Any) -> str:
    return repr(value.obj if isinstance(value, Jsonb) else value)


class KeptAnswers:
    """Of one partnership; used by many threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[tuple[Any, ...], Rows] = OrderedDict()

    def find(self, key: tuple[Any, ...], ask: Callable[[], Rows]) -> Rows:
        """What is kept, or what is found now. Two who ask at once may both look."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        found = ask()
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
