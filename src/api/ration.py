"""How many rows may be read for one request, where its text asks for more than its answer may hold."""

from typing import Protocol, runtime_checkable


class TooManyRows(Exception):
    """More was found than the answer may hold; whoever asks takes smaller pages or fewer fields."""


@runtime_checkable
class Rationed(Protocol):
    """A context that counts what is read."""

    def ration(self, rows: int) -> None: ...


class Ration:
    """What is left of it; None: there is no limit."""

    def __init__(self) -> None:
        self._all: int | None = None
        self._left = 0

    def allow(self, rows: int) -> None:
        self._all = self._left = rows

    def take(self, rows: int) -> None:
        """Raises `TooManyRows` once more was read than is allowed."""
        if self._all is None:
            return
        self._left -= rows
        if self._left < 0:
            raise TooManyRows(
                f"The query finds more than {self._all:,} rows, which with all its fields is too large an answer: "
                "ask for smaller pages, or for fewer fields."
            )
