"""How the conditions and criteria of a review's kind were said to be met when it was commissioned."""

from collections.abc import Iterable, Mapping
from typing import Any

import strawberry

from api.documented import documented
from domain import frameworks as data


@documented
@strawberry.type
class ReviewCondition:
    """A condition that the kind of review sets, with how it was said to be met."""

    condition: str
    """In the framework's words."""
    binding: bool
    """Whether commissioning that tells how conditions are met must tell it of this one."""
    met: str | None
    """In the words of whoever commissioned the review; null where nothing was said."""

    @classmethod
    def of(cls, kind: data.ReviewKind | None, said: Iterable[Mapping[str, Any]]) -> "list[ReviewCondition]":
        """Those of the kind as the framework lists them, and after them what it lists no longer."""
        listed = kind.conditions if kind else ()
        binding = kind.binding_conditions if kind else ()
        met = {str(each["condition"]): str(each["words"]) for each in said}
        names = dict.fromkeys((*listed, *met))
        return [cls(condition=name, binding=name in binding, met=met.get(name)) for name in names]


@documented
@strawberry.type
class ReviewCriterion:
    """A criterion of which one suffices for a review of the kind."""

    key: str
    """Its key in `reviewCommission(criteriaMet:)`."""
    text: str
    """In the framework's words."""
    met: str | None
    """In the words of whoever commissioned the review; null where nothing was said."""

    @classmethod
    def of(cls, kind: data.ReviewKind | None, said: Iterable[Mapping[str, Any]]) -> "list[ReviewCriterion]":
        listed = kind.criteria_by_key if kind else {}
        met = {str(each["criterion"]): str(each["words"]) for each in said}
        keys = dict.fromkeys((*listed, *met))
        return [cls(key=key, text=listed.get(key, key.replace("-", " ")), met=met.get(key)) for key in keys]
