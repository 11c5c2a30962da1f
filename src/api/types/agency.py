"""Agencies."""

from typing import Self

import strawberry

from api.types.directory import Directory
from api.types.node import Node, opaque
from domain.words import AgencyKind
from projections.agencies.view import AgencyRead


@strawberry.type
class Agency(Node):
    directory: strawberry.Private[Directory["Agency"]]
    successor: strawberry.Private[str | None]
    key: str
    name: str
    aliases: list[str]
    kind: AgencyKind

    @strawberry.field
    def succeeded_by(self) -> "Agency | None":
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
