"""From a key to what is known under it at a pair of moments; agencies and themes alike."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

Shown = TypeVar("Shown")
Read = Mapping[str, Any]


class Directory(Generic[Shown]):
    """`later` reads once more, with those that were added on a later day than the one asked about."""

    def __init__(
        self, what: str, read: Read, later: Callable[[], Read], show: Callable[[Any, "Directory[Shown]"], Shown]
    ) -> None:
        self._what = what
        self._show = show
        self._later: Callable[[], Read] | None = later
        self._shown = {key: show(each, self) for key, each in read.items()}
        self._at_the_time = list(self._shown.values())

    def __iter__(self) -> Iterator[Shown]:
        """Those that there were on the day."""
        return iter(self._at_the_time)

    def __contains__(self, key: str) -> bool:
        if key not in self._shown and self._later is not None:
            added, self._later = self._later(), None
            self._shown = {each: self._show(read, self) for each, read in added.items()} | self._shown
        return key in self._shown

    def __getitem__(self, key: str) -> Shown:
        if key in self:
            return self._shown[key]
        raise LookupError(f"a fact names the {self._what} {key!r}, which is in no directory")

    def named(self, key: str | None) -> Shown | None:
        return self[key] if key else None
