"""Words of a framework under their keys."""

from collections.abc import Mapping

import strawberry


@strawberry.type
class FrameworkText:
    """A key with what it stands for, in the framework's words."""

    key: str
    text: str

    @classmethod
    def each(cls, said: Mapping[str, str]) -> "list[FrameworkText]":
        return [cls(key=key, text=text) for key, text in said.items()]
