"""What one row tells, read but not yet decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from importing.sheet import SheetRow


@dataclass(frozen=True, slots=True)
class NamedCell:
    """An agency or theme as the row writes it, and the column; none where the mapping states it."""

    text: str
    column: str | None


@dataclass(frozen=True, slots=True)
class CommandFields:
    """A command's fields, and the column that tells each of them."""

    values: Mapping[str, Any]
    columns: Mapping[str, str | None]

    def column(self, field: str) -> str | None:
        return self.columns.get(field)


@dataclass(frozen=True, slots=True)
class LifecycleFields:
    """What a row tells of a recommendation or of an action."""

    raised: CommandFields
    assigned: CommandFields | None = None
    lead: NamedCell | None = None
    contributing: tuple[NamedCell, ...] = ()
    progress: CommandFields | None = None
    claim: CommandFields | None = None
    themes: tuple[NamedCell, ...] = ()
    response: CommandFields | None = None


@dataclass(frozen=True, slots=True)
class ReviewFields:
    """The review that a row belongs to; `kind` is none where it is the framework's kind for inspections."""

    key: str
    commissioned: CommandFields
    kind: NamedCell | None
    completed: CommandFields | None
    agencies: tuple[NamedCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A row with its key and everything that it tells; `shared` is the key of a recommendation of several rows."""

    row: SheetRow
    key: str
    review: ReviewFields
    recommendation: LifecycleFields
    shared: str | None = None
    action: LifecycleFields | None = field(default=None)

    @property
    def lives(self) -> Iterator[LifecycleFields]:
        yield self.recommendation
        if self.action is not None:
            yield self.action

    @property
    def agencies(self) -> Iterator[NamedCell]:
        yield from self.review.agencies
        for life in self.lives:
            yield from (life.lead,) if life.lead else ()
            yield from life.contributing

    @property
    def first_day(self) -> date:
        commands = (self.review.commissioned, *(life.raised for life in self.lives))
        days: list[date] = [each.values["happened_on"] for each in commands]
        return min(days)
