"""Cells that name agencies and themes, or hold words and numbers with a meaning."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from domain.shared.texts import normalised
from importing.faults import CellFault, shown
from importing.item import NamedCell
from importing.mapping.model import ReviewOf
from importing.mapping.parts import AgenciesOf, AgencyOf, BodyOf, KindOf
from importing.sheet import SheetRow

Meaning = TypeVar("Meaning")
ALL = 100
BY_THE_FRAMEWORK = "framework.inspection_kind"


def first(row: SheetRow, rule: AgencyOf) -> NamedCell | None:
    """The agency in the first column that names one, else the one that the mapping states."""
    named = next((NamedCell(row.cells[column], column) for column in rule.columns if row.cells[column]), None)
    return named or (NamedCell(rule.otherwise, None) if rule.otherwise else None)


def each(row: SheetRow, rule: AgenciesOf) -> Iterator[NamedCell]:
    """Every name in the columns."""
    for column in rule.columns:
        names = (" ".join(part.split()) for part in row.cells[column].split(rule.separator))
        yield from (NamedCell(name, column) for name in names if name)


def word(row: SheetRow, column: str, words: Mapping[str, Meaning]) -> Meaning | None:
    """What a cell's word means; an empty cell means nothing. Raises `CellFault` for another word."""
    text = normalised(row.cells[column])
    meanings = {normalised(each): meaning for each, meaning in words.items()}
    if text and text not in meanings:
        raise CellFault(column, f"{shown(row.cells[column])} is not one of {', '.join(words)}")
    return meanings.get(text)


def percent(row: SheetRow, column: str) -> int | None:
    """A whole number from 0 to 100, with or without its sign."""
    text = row.cells[column].removesuffix("%").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) <= ALL):
        raise CellFault(column, f"{shown(row.cells[column])} is not a whole percentage from 0 to 100")
    return int(text)


def review_kind(row: SheetRow, rule: ReviewOf) -> NamedCell | None:
    """The kind of review; none where the framework in force says it."""
    match rule.kind:
        case KindOf(column=column, words=words):
            return NamedCell(word(row, column, words) or _no_kind(column), column)
        case kind if kind == BY_THE_FRAMEWORK:
            return None
        case kind:
            return NamedCell(kind, None)


def reporting_body(row: SheetRow, rule: ReviewOf) -> NamedCell | None:
    """The body that the review reports through, where the row or the mapping names one."""
    match rule.reports_through:
        case BodyOf(column=column, words=words):
            key = word(row, column, words)
            return NamedCell(key, column) if key else None
        case None:
            return None
        case key:
            return NamedCell(key, None)


def _no_kind(column: str) -> str:
    raise CellFault(column, "there is no kind of review")
