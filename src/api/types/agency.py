"""Agencies."""

from typing import Self

import strawberry

from api.documented import documented
from api.types.directory import Directory
from api.types.node import Node, opaque
from domain.words import AgencyKind
from projections.agencies.view import AgencyRead


@documented
@strawberry.type
class Agency(Node):
    """An agency of the partnership, another partnership, or a national body, as it stood at the moment asked about."""

    directory: strawberry.Private[Directory["Agency"]]
    successor: strawberry.Private[str | None]
    key: str
    """Its short name in filters and inputs, such as `police`; the same for good."""
    name: str
    """What people call it."""
    aliases: list[str]
    """Other spellings by which spreadsheets name it; for imports only."""
    kind: AgencyKind
    """What it is to the partnership."""

    @strawberry.field
    def succeeded_by(self) -> "Agency | None":
        """The agency that it was merged into; null while it stands."""
        return self.directory.named(self.successor)

    @classmethod
    def of(cls, read: AgencyRead, directory: Directory["Agency"]) -> Self:
        return cls(
            id=opaque("agency", read.key),
            directory=directory,
            successor=read.successor,
            key=read.key,
            name=read.name,
            aliases=list(read.aliases),
            kind=AgencyKind(read.kind),
        )
