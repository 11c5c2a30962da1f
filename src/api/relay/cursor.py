"""Opaque cursors: the key of a row, bound to the order and filter that it was read with."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime
from hashlib import blake2b
from typing import TypeAlias
from uuid import UUID

import orjson

VERSION = 1
LONGEST = 2_000
LARGEST = 2**63

KeyValue: TypeAlias = date | datetime | UUID | str | int | None
Key: TypeAlias = tuple[KeyValue, ...]


class BrokenCursor(ValueError):
    """A text that is no cursor of ours, or one that was given for another order or filter."""


def write(key: Key, bound_to: str) -> str:
    """A cursor for a row with this key; `bound_to` names the order and filter it belongs to."""
    values = [_tagged(value) for value in key]
    return urlsafe_b64encode(orjson.dumps([VERSION, _seal(values, bound_to), values])).decode().rstrip("=")


def read(cursor: str, bound_to: str) -> Key:
    """The key in a cursor.

    Raises:
        BrokenCursor: malformed, altered, or written for another order or filter.
    """
    if len(cursor) > LONGEST:
        raise BrokenCursor
    try:
        version, seal, values = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if version != VERSION or seal != _seal(values, bound_to):
            raise BrokenCursor
        key = tuple(_plain(tag, str(text)) for tag, text in values)
    except (ValueError, TypeError) as error:
        raise BrokenCursor from error
    if write(key, bound_to) != cursor:
        raise BrokenCursor
    return key


def _seal(values: object, bound_to: str) -> str:
    return blake2b(bound_to.encode() + b"\0" + orjson.dumps(values), digest_size=9).hexdigest()


def _tagged(value: KeyValue) -> tuple[str, str]:
    match value:
        case None:
            return ("n", "")
        case datetime():
            return ("i", value.isoformat())
        case date():
            return ("d", value.isoformat())
        case UUID():
            return ("u", value.hex)
        case int():
            return ("c", str(value))
        case str():
            return ("t", value)


def _plain(tag: str, text: str) -> KeyValue:
    match tag:
        case "n":
            return None
        case "i":
            return datetime.fromisoformat(text)
        case "d":
            return date.fromisoformat(text)
        case "u":
            return UUID(text)
        case "c":
            return _counted(int(text))
        case "t" if "\0" not in text:
            return text
    raise BrokenCursor


def _counted(number: int) -> int:
    if abs(number) >= LARGEST:
        raise BrokenCursor
    return number
