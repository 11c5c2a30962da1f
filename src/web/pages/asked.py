"""What a page's address may ask for, and what can be chosen of it."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from fastapi import Query
from pydantic import BeforeValidator

from web.documents import Fields
from web.forms.fields import Option
from web.words import in_words

After: TypeAlias = Annotated[str | None, Query(max_length=1_000)]
Words: TypeAlias = Annotated[str, Query(max_length=200)]
Key: TypeAlias = Annotated[str, Query(max_length=100)]


def _perhaps(value: Any) -> Any:
    """Of a choice among all, the empty value is all."""
    return None if value == "" else value


Truth: TypeAlias = Annotated[bool | None, BeforeValidator(_perhaps)]
"""What must be so, or must not; nothing where it does not matter."""
YES_OR_NO = (Option("true", "Yes"), Option("false", "No"))


def chosen(value: bool | None) -> str:
    """Which of `YES_OR_NO`, or all."""
    return "" if value is None else str(value).lower()


def given(filter: Mapping[str, Any]) -> dict[str, Any]:
    """A filter without what was not asked for."""
    return {name: value for name, value in filter.items() if value not in (None, "", [""])}


def choices(rows: Iterable[Fields]) -> list[Option]:
    """What has a key and a name, by name."""
    return sorted((Option(each["key"], each["name"]) for each in rows), key=lambda each: each.text.casefold())


def choices_of(names: type[StrEnum]) -> Sequence[Option]:
    """The values of a list of words."""
    return [Option(each.value, in_words(each.value)) for each in names]
