"""Words of a framework under their keys."""

from collections.abc import Mapping

import strawberry

from api.documented import documented


@documented
@strawberry.type
class FrameworkText:
    """A key with what it stands for, in the framework's words."""

    key: str
    """Its key."""
    text: str
    """In the framework's words."""

    @classmethod
    def each(cls, said: Mapping[str, str]) -> "list[FrameworkText]":
        return [cls(key=key, text=text) for key, text in said.items()]
