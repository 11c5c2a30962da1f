"""Who did something, as the fact says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import strawberry

from api.documented import documented
from api.types.agency import Agency
from api.types.body import Body
from domain.words import Role

if TYPE_CHECKING:
    from api.reading import Reading


@documented
@strawberry.type
class Actor:
    """Who recorded something, and in which role."""

    reading: strawberry.Private[Any]
    agency_key: strawberry.Private[str | None]
    body_key: strawberry.Private[str | None]
    on: strawberry.Private[date | None]
    subject: str
    """The person or system, as their credential names them."""
    role: Role
    """The role that they acted in."""

    @strawberry.field
    def agency(self) -> Agency | None:
        """The agency that they acted for; null for everybody but agencies."""
        found: Agency | None = self.reading.agencies.named(self.agency_key)
        return found

    @strawberry.field
    def body(self) -> Body | None:
        """As it was when they acted: one of the same key may have taken over since."""
        found: Body | None = self.reading.framing.body(self.body_key, self.on)
        return found

    @classmethod
    def of(cls, by: Mapping[str, Any], reading: Reading, on: date | None = None) -> Actor:
        return cls(
            reading=reading,
            agency_key=by.get("agency"),
            body_key=by.get("body"),
            on=on,
            subject=by["subject"],
            role=Role(by["role"]),
        )
