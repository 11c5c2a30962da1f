"""The frameworks of a partnership as the edge reads them: the shipped ones, and its own once it has adopted them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Self

from domain.frameworks import Framework

Load = Callable[[Sequence[str]], list[Framework]]
"""Reads some of the partnership's own frameworks, by key."""


class KnownFrameworks(Mapping[str, Framework]):
    """By key. What was adopted never changes, and is kept for every request once it has been read.

    What was not adopted may be replaced: it is kept for one reading.
    """

    def __init__(self, shipped: Mapping[str, Framework], kept: dict[str, Framework], load: Load) -> None:
        self._shipped = shipped
        self._kept = kept
        self._load = load
        self._here: dict[str, Framework] = {}

    def holding(self, keys: Iterable[str]) -> Self:
        """With these read, in one statement at most."""
        wanted = [key for key in keys if key not in self._shipped and key not in self._kept]
        if wanted:
            self._kept.update({each.key: each for each in self._load(wanted)})
        return self

    def __getitem__(self, key: str) -> Framework:
        found = self._shipped.get(key) or self._kept.get(key)
        if found is None and key not in self._here:
            self._here |= {each.key: each for each in self._load([key])}
        return found or self._here[key]

    def __iter__(self) -> Iterator[str]:
        yield from [*self._kept, *self._shipped]

    def __len__(self) -> int:
        return len(self._kept) + len(self._shipped)
