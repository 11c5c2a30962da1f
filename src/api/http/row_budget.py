"""How much may be read and answered for one request, where its text does not say how much will be found."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any, NoReturn, Protocol, runtime_checkable
from uuid import UUID


class TooManyRows(Exception):
    """More was found than the answer may hold; whoever asks takes smaller pages or fewer fields."""


class AnswerTooLarge(BaseException):
    """The answer would hold too much. No `Exception`: the other fields of the request are not gone on with."""


class Size:
    """What an answer holds so far, counted as it is made. A value weighs its text, and something for its name."""

    NAME = 16

    def __init__(self, values: int, size: int) -> None:
        self._most = (values, size)
        self._values = values
        self._bytes = size

    def take(self, value: object) -> None:
        """Raises `AnswerTooLarge`."""
        self._values -= 1
        self._bytes -= self.NAME + (len(value) if isinstance(value, str) else 0)
        if self._values < 0 or self._bytes < 0:
            self.refuse()

    def refuse(self) -> NoReturn:
        values, size = self._most
        raise AnswerTooLarge(
            f"The answer would hold more than {values:,} values or {size:,} bytes: ask for smaller pages, or for fewer "
            "fields. What the commands of this request have recorded stays recorded."
        )

    def check(self, body: bytes | memoryview) -> None:
        """What was made of it. Raises `AnswerTooLarge`."""
        if len(body) > self._most[1]:
            self.refuse()


@runtime_checkable
class Rationed(Protocol):
    """A context that counts what is read."""

    def ration(self, rows: int | None, texts: int) -> None: ...


class Ration:
    """What is left of it; None: there is no limit."""

    def __init__(self) -> None:
        self._all: int | None = None
        self._left = 0
        self._texts: int | None = None

    def allow(self, rows: int | None, texts: int) -> None:
        self._all, self._left = rows, rows or 0
        self._texts = texts

    def take(self, rows: Sequence[Any]) -> None:
        """Raises `TooManyRows` or `AnswerTooLarge` once more was read than is allowed."""
        if self._texts is not None:
            self._texts -= sum(map(_characters, rows))
            if self._texts < 0:
                raise AnswerTooLarge(
                    "The query reads more text than is kept for one answer: ask for smaller pages. "
                    "What the commands of this request have recorded stays recorded."
                )
        if self._all is None:
            return
        self._left -= len(rows)
        if self._left < 0:
            raise TooManyRows(
                f"The query finds more than {self._all:,} rows, which with all its fields is too large an answer: "
                "ask for smaller pages, or for fewer fields."
            )


_TEXTLESS = {each for kind in (int, bool, date, datetime, UUID) for each in (kind, kind | None)}


def _characters(row: Any) -> int:
    """Of the texts of a row, a fact's own among them. A row is a dataclass or a named tuple."""
    values = row if isinstance(row, tuple) else [getattr(row, name, None) for name in _names(type(row))]  # type: ignore[arg-type]
    found = 0
    for value in values:
        if type(value) is str:
            found += len(value)
        elif type(value) is dict:
            found += sum(len(each) for each in value.values() if type(each) is str)
    return found


@cache
def _names(row: type[Any]) -> tuple[str, ...]:
    """Of what may hold a text."""
    return tuple(each.name for each in fields(row) if each.type not in _TEXTLESS)
