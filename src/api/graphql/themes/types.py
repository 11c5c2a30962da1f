"""Themes."""

from collections.abc import Iterable
from typing import Self

import strawberry

from api.graphql.descriptions import documented
from api.graphql.directory import Directory
from api.graphql.node import Node, opaque
from projections.queries.themes.query import ThemeRead


@documented
@strawberry.type
class Theme(Node):
    """What learning is about, from the partnership's vocabulary."""

    directory: strawberry.Private[Directory["Theme"]]
    parent_key: strawberry.Private[str | None]
    merged_key: strawberry.Private[str | None]
    key: str
    """Its short name in filters and inputs."""
    name: str
    """What people call it."""
    aliases: list[str]
    """Other words for it, for imports."""

    @strawberry.field
    def parent(self) -> "Theme | None":
        """The wider theme that it belongs to; null for one of the widest."""
        return self.directory.named(self.parent_key)

    @strawberry.field
    def merged_into(self) -> "Theme | None":
        """The theme that it was merged into; null while it stands."""
        return self.directory.named(self.merged_key)

    @classmethod
    def of(cls, read: ThemeRead, directory: Directory["Theme"]) -> Self:
        return cls(
            id=opaque("theme", read.key),
            directory=directory,
            parent_key=read.parent_key,
            merged_key=read.merged_key,
            key=read.key,
            name=read.name,
            aliases=list(read.aliases),
        )


def counted_as(themes: Directory[Theme], keys: Iterable[str]) -> list[str]:
    """These themes with all that have been merged into one of them."""
    found = dict.fromkeys(keys)
    while more := [each.key for each in themes if each.merged_key in found and each.key not in found]:
        found |= dict.fromkeys(more)
    return list(found)
