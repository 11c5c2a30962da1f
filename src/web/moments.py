"""The moment that a page shows: `?known-at=…&on=…`, as the API's `knownAt` and `effectiveOn`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Query

from domain.shared.refusals import Invalid
from web.words import day


@dataclass(frozen=True, slots=True)
class AskedMoment:
    """As it was asked for; empty for now. A day alone is its end, as whoever asks about a day means it."""

    known_at: str = ""
    on: str = ""

    @property
    def past(self) -> bool:
        return bool(self.known_at or self.on)

    def variables(self, now: Callable[[], datetime], zone: ZoneInfo) -> dict[str, Any]:
        """For the documents of pages, by the days of the partnership's zone; of today, what is known so far.

        Raises `Invalid` for what is no moment.
        """
        return {"knownAt": _instant(self.known_at, now, zone), "effectiveOn": _day(self.on)}

    @property
    def known_at_words(self) -> str:
        """As a person would say it; what is no moment is refused before."""
        if len(self.known_at) == len("2026-01-31"):
            return f"the end of {day(self.known_at)}"
        return self.known_at.replace("T", " at ")

    @property
    def known_at_day(self) -> str:
        return self.known_at[:10]

    @property
    def query(self) -> str:
        """What a link to another page carries, so that it shows the same moment."""
        given = {"known-at": self.known_at, "on": self.on}
        return urlencode({name: value for name, value in given.items() if value})


def asked_moment(
    known_at: Annotated[str, Query(alias="known-at", max_length=40)] = "",
    on: Annotated[str, Query(max_length=40)] = "",
) -> AskedMoment:
    return AskedMoment(known_at.strip(), on.strip())


def _instant(text: str, now: Callable[[], datetime], zone: ZoneInfo) -> str | None:
    if not text:
        return None
    try:
        if len(text) == len("2026-01-31"):
            asked, read = date.fromisoformat(text), now()
            if asked == read.astimezone(zone).date():
                return read.isoformat()
            return datetime.combine(asked, time.max, zone).astimezone(UTC).isoformat()
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is no day like 2026-01-31 and no moment like 2026-01-31T17:00.", "known-at") from None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).isoformat()


def _day(text: str) -> str | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Invalid(f"{text!r} is no day like 2026-01-31.", "on") from None
