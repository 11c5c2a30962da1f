"""What several rows share has to be said alike by each of them."""

from collections.abc import Mapping
from typing import Any

from importing.faults import CellFault
from importing.item import CommandFields, Item, ReviewFields


class Groups:
    """Remembers what the first row of each review, and of each shared recommendation, said of it."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, CommandFields]] = {}

    def agree(self, item: Item) -> None:
        """Raises `CellFault` for a row that says something else of its review than the group's first row."""
        self._alike("review", item.review.key, _review(item.review), item.row.place)
        if item.shared is not None:
            self._alike("recommendation", item.shared, item.recommendation.raised, item.row.place)

    def _alike(self, what: str, key: str, fields: CommandFields, place: str) -> None:
        first_place, first = self._first.setdefault(f"{what}:{key}", (place, fields))
        if (field := _difference(first.values, fields.values)) is not None:
            reason = f"{first_place} says another {field.replace('_', ' ')} of the same {what}"
            raise CellFault(fields.column(field) or first.column(field), reason)


def _review(fields: ReviewFields) -> CommandFields:
    kind, column = (fields.kind.text, fields.kind.column) if fields.kind else (None, None)
    agencies = tuple(named.text for named in fields.agencies)
    values = {**fields.commissioned.values, "kind": kind, "agencies": agencies}
    return CommandFields(values, {**fields.commissioned.columns, "kind": column})


def _difference(first: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    return next((field for field in {**first, **other} if first.get(field) != other.get(field)), None)
