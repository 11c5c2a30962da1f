"""Who acts: agencies, the bodies of the partnership, and the actor that a fact names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import strawberry
from strawberry.utils.str_converters import to_camel_case

from api.graphql.descriptions import documented
from api.graphql.directory import Directory
from api.graphql.node import Node, opaque
from domain import frameworks as data
from domain.shared.vocabulary import AgencyKind, Role
from projections.queries.agencies.query import AgencyRead

if TYPE_CHECKING:
    from api.context import Reading


@documented
@strawberry.type
class Agency(Node):
    """An agency of the partnership, another partnership, or a national body, as it stood at the moment asked about."""

    directory: strawberry.Private[Directory[Agency]]
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
    def succeeded_by(self) -> Agency | None:
        """The agency that it was merged into; null while it stands."""
        return self.directory.named(self.successor)

    @classmethod
    def of(cls, read: AgencyRead, directory: Directory[Agency]) -> Self:
        return cls(
            id=opaque("agency", read.key),
            directory=directory,
            successor=read.successor,
            key=read.key,
            name=read.name,
            aliases=list(read.aliases),
            kind=AgencyKind(read.kind),
        )


# A body: a group of the partnership that reviews report to.
Frameworks: TypeAlias = Mapping[str, data.Framework]


def defaults_of(framework: data.Framework, path: str) -> list[str]:
    """The fields of a part of a framework that are defaults, as GraphQL names them."""
    inner = (each.removeprefix(f"{path}.") for each in sorted(framework.defaults) if each.startswith(f"{path}."))
    return ["*"] if framework.is_default(path) else [to_camel_case(each) for each in inner]


def _accountable_to(root: strawberry.Parent[Body]) -> Body | None:
    above = root.definition.accountable_to
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
    definition: strawberry.Private[data.Body]
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

    accountable_to: Body | None = strawberry.field(resolver=_accountable_to)
    """The body that it answers to. Text: what a review reports through is said by its kind."""

    @strawberry.field
    def succeeded_by(self) -> Body | None:
        """The body of the framework in force that took over its work; null where it stands itself."""
        found = data.succeeding_body(self.framework, self.key, self.within)
        return Body.of(self.within, *found) if found else None

    @classmethod
    def of(cls, within: Frameworks, framework: str, key: str) -> Body:
        found = within[framework].bodies[key]
        return cls(
            within=within,
            framework=within[framework],
            definition=found,
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


# Who did something, as the fact says.


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
        found: Body | None = self.reading.partnership_frameworks.body(self.body_key, self.on)
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
