"""The texts of a mapping: columns by their headers, and templates made of them."""

import re
from dataclasses import dataclass
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

FORMATS = ("", "agency", "day", "sentence")


class ColumnName(str):
    """The header of a column."""

    __slots__ = ()


Column = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(ColumnName)]


@dataclass(frozen=True, slots=True)
class Template:
    """Words with columns in braces; `{column:agency}`, `{column:day}` and `{column:sentence}` tidy their cells."""

    parts: tuple[tuple[str, str | None, str], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for _, column, _ in self.parts if column is not None)


def _parsed(value: object) -> object:
    if isinstance(value, Template):
        return value
    if not isinstance(value, str) or not value.strip():
        raise ValueError("expected words, with columns in braces: {column}")
    return Template(tuple(_part(*part) for part in Formatter().parse(value)))


def _part(words: str, column: str | None, form: str | None, conversion: str | None) -> tuple[str, str | None, str]:
    if conversion or (form or "") not in FORMATS or (column is not None and not re.search(r"\S", column)):
        raise ValueError("a column is written {column}, {column:agency}, {column:day} or {column:sentence}")
    return words, column, form or ""


Text = Annotated[Template, BeforeValidator(_parsed)]
