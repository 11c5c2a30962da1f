"""Rows as PostgreSQL's COPY text."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_QUOTES = str.maketrans({"\\": "\\\\", '"': '\\"'})


def fields(values: Iterable[Any]) -> str:
    """Values by column as they stand in a line: None as null, dicts and lists as JSON, tuples as arrays."""
    return "\t".join(["\\N" if value is None else _WRITE[type(value)](value) for value in values])


def line(values: Iterable[Any]) -> str:
    """One whole row."""
    return fields(values) + "\n"


def _text(value: str) -> str:
    return value.translate(_ESCAPES) if _SPECIAL.search(value) else value


@lru_cache(maxsize=10_000)
def _array(values: tuple[Any, ...]) -> str:
    return _text("{" + ",".join([f'"{str(value).translate(_QUOTES)}"' for value in values]) + "}")


def _json(value: Any) -> str:
    return _text(orjson.dumps(value).decode())


_WRITE: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "t" if value else "f",
    int: str,
    str: _text,
    date: lru_cache(maxsize=10_000)(date.isoformat),
    datetime: datetime.isoformat,
    UUID: lambda value: f"{value.int:032x}",
    tuple: _array,
    dict: _json,
    list: _json,
}
