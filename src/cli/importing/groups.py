"""What several rows share has to be said alike by each of them."""

from collections.abc import Mapping
from typing import Any

from cli.importing.faults import CellFault
from cli.importing.item import Asked, Item, ReviewTold


class Groups:
    """Remembers what the first row of each review, and of each shared recommendation, said of it."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, Asked]] = {}

    def agree(self, item: Item) -> None:
        """Raises `CellFault` for a row that says something else of its review than the group's first row."""
        self._alike("review", item.review.key, _review(item.review), item.row.place)
        if item.shared is not None:
            self._alike("recommendation", item.shared, item.recommendation.raised, item.row.place)

    def _alike(self, what: str, key: str, asked: Asked, place: str) -> None:
        first_place, first = self._first.setdefault(f"{what}:{key}", (place, asked))
        if (field := _difference(first.values, asked.values)) is not None:
            reason = f"{first_place} says another {field.replace('_', ' ')} of the same {what}"
            raise CellFault(asked.column(field) or first.column(field), reason)


def _review(told: ReviewTold) -> Asked:
    kind, column = (told.kind.text, told.kind.column) if told.kind else (None, None)
    agencies = tuple(named.text for named in told.agencies)
    values = {**told.commissioned.values, "kind": kind, "agencies": agencies}
    return Asked(values, {**told.commissioned.columns, "kind": column})


def _difference(first: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    return next((field for field in {**first, **other} if first.get(field) != other.get(field)), None)
