"""The contract's own scalars, strict: what is not exactly an instant, a day or a UUID is refused by name."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from api.http.errors import literal

Moment = TypeVar("Moment", date, datetime)

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def parse_instant(value: object) -> datetime:
    """An RFC 3339 instant, in UTC; at most microseconds.

    Raises:
        GraphQLError: not such a text, without an offset, or no moment of the calendar.
    """
    text = _matching(value, _INSTANT, "DateTime", "an RFC 3339 instant with an offset, such as 2026-03-14T09:30:00Z")
    return _within_calendar(text, "DateTime", lambda: datetime.fromisoformat(text).astimezone(UTC))


def parse_day(value: object) -> date:
    """A day written exactly YYYY-MM-DD.

    Raises:
        GraphQLError: not such a text, or no day of the calendar.
    """
    text = _matching(value, _DAY, "Date", "a day as YYYY-MM-DD, such as 2026-03-14")
    return _within_calendar(text, "Date", lambda: date.fromisoformat(text))


def parse_uuid(value: object) -> UUID:
    """A UUID in its hyphenated form.

    Raises:
        GraphQLError: not such a text.
    """
    return UUID(_matching(value, _UUID, "UUID", "a UUID such as 018f4b1e-7c5a-4f0e-9d3b-2a6c1e5f7a90"))


def write_instant(value: datetime) -> str:
    """UTC with Z, and microseconds when there are any; ValueError for an instant without an offset."""
    if value.tzinfo is None:
        raise ValueError("an instant without an offset cannot be written")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def write_day(value: date) -> str:
    """YYYY-MM-DD; TypeError for an instant, which is no day."""
    if isinstance(value, datetime):
        raise TypeError("an instant is not a calendar day")
    return value.isoformat()


def _matching(value: object, shape: re.Pattern[str], name: str, expected: str) -> str:
    if isinstance(value, str) and shape.fullmatch(value):
        return value
    given = f"{value!r:.60}"
    raise GraphQLError(f"{name} cannot represent {given}: expected {expected}.")


def _within_calendar(text: str, name: str, read: Callable[[], Moment]) -> Moment:
    try:
        return read()
    except (ValueError, OverflowError):
        raise GraphQLError(f"{name} cannot represent {text!r}: there is no such moment in the calendar.") from None


SCALARS: Mapping[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant, RFC 3339 with an offset. A value without an offset is refused.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time",
        serialize=write_instant,
        parse_value=parse_instant,
        parse_literal=literal(parse_instant),
    ),
    date: strawberry.scalar(
        name="Date",
        description="A calendar day, YYYY-MM-DD, in the partnership's time zone.",
        serialize=write_day,
        parse_value=parse_day,
        parse_literal=literal(parse_day),
    ),
    UUID: strawberry.scalar(
        name="UUID",
        description="A UUID in its hyphenated form, such as 018f4b1e-7c5a-4f0e-9d3b-2a6c1e5f7a90.",
        serialize=str,
        parse_value=parse_uuid,
        parse_literal=literal(parse_uuid),
    ),
}


def configuration() -> StrawberryConfig:
    """The configuration that every schema of the register is built with."""
    return StrawberryConfig(scalar_map=SCALARS)
