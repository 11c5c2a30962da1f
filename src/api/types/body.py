"""A body: a group of the partnership that reviews report to."""

from collections.abc import Mapping
from typing import TypeAlias

import strawberry

from api.documented import documented
from api.naming import camel
from domain import frameworks as data

Frameworks: TypeAlias = Mapping[str, data.Framework]


def defaults_of(framework: data.Framework, path: str) -> list[str]:
    """The fields of a part of a framework that are defaults, as GraphQL names them."""
    inner = (each.removeprefix(f"{path}.") for each in sorted(framework.defaults) if each.startswith(f"{path}."))
    return ["*"] if framework.is_default(path) else [camel(each) for each in inner]


def _accountable_to(root: strawberry.Parent["Body"]) -> "Body | None":
    above = root.said.accountable_to
    return Body.of(root.within, root.framework.key, above) if above else None


@documented
@strawberry.type
class Body:
    """
    A body of the framework: the board, a subgroup such as the Serious Incident Review Group, or one outside that
    advises.
    """

    within: strawberry.Private[Frameworks]
    framework: strawberry.Private[data.Framework]
    said: strawberry.Private[data.Body]
    key: str
    """Its short name in filters, inputs and credentials."""
    name: str
    """What the framework calls it."""
    shared_with: list[str]
    """Text: nothing follows from it."""
    outside: bool
    """Whether it is outside the partnership: it advises, and decides about nothing."""
    chaired_by: str | None
    """Text: nothing follows from it."""
    tiers: list[str]
    """Text: nothing follows from it."""
    remit: list[str]
    """What it does, in words: what follows is said by the kinds of review that name it."""
    defaults: list[str]
    """Its fields that are this product's defaults and not the framework's own words; `*` where it is one itself."""
    means_of_improvement: list[str]
    """Offered for a recommendation that reports through it, which may say the same in any words."""
    measures_of_effectiveness: list[str]
    """Offered for a recommendation that reports through it, which may say the same in any words."""

    accountable_to: "Body | None" = strawberry.field(resolver=_accountable_to)
    """The body that it answers to. Text: what a review reports through is said by its kind."""

    @strawberry.field
    def succeeded_by(self) -> "Body | None":
        """The body of the framework in force that took over its work; null where it stands itself."""
        found = data.succeeding_body(self.framework, self.key, self.within)
        return Body.of(self.within, *found) if found else None

    @classmethod
    def of(cls, within: Frameworks, framework: str, key: str) -> "Body":
        found = within[framework].bodies[key]
        return cls(
            within=within,
            framework=within[framework],
            said=found,
            key=key,
            name=found.name,
            shared_with=list(found.shared_with),
            outside=found.outside,
            chaired_by=found.chaired_by,
            tiers=list(found.tiers),
            remit=list(found.remit),
            defaults=defaults_of(within[framework], f"bodies.{key}"),
            means_of_improvement=list(found.means_of_improvement),
            measures_of_effectiveness=list(found.measures_of_effectiveness),
        )
