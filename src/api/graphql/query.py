"""The root of reading."""

from collections.abc import Iterable, Iterator
from typing import Any

import strawberry
from strawberry import UNSET
from strawberry.types.nodes import SelectedField, Selection

from api.context import Context
from api.graphql.arguments import EffectiveOn, Id, KnownAt
from api.graphql.changes.queries import changes
from api.graphql.changes.types import Change
from api.graphql.descriptions import documented
from api.graphql.node import Node
from api.graphql.partnership.types import Partnership, Viewer
from api.graphql.register.by_id import node
from api.graphql.register.types import Register
from api.relay.connection import UncountedConnection
from domain.catalogue import permitted_commands

Info = strawberry.Info[Context]


def _viewer(info: Info) -> Viewer:
    caller, reading = info.context.caller, info.context.now()
    partnership_frameworks = reading.partnership_frameworks
    bodies = (
        partnership_frameworks.body_of(caller.framework, key) if caller.framework else partnership_frameworks.body(key)
        for key in caller.bodies
    )
    agency = reading.agencies.named(caller.agency)
    return Viewer(
        subject=caller.subject,
        role=caller.role,
        partnership=Partnership.of(reading.partnership_frameworks),
        agency=agency,
        monitoring_bodies=[body for body in bodies if body is not None],
        permitted_commands=permitted_commands(caller, agency is not None and agency.successor is not None),
    )


def _register(info: Info, known_at: KnownAt = UNSET, effective_on: EffectiveOn = UNSET) -> Any:
    cited = "knownAt" in _names(info.selected_fields[0].selections)
    return info.context.at(known_at or None, effective_on or None, cited=cited)


def _names(selections: Iterable[Selection]) -> Iterator[str]:
    """Of the fields that are asked for, also by way of fragments."""
    for each in selections:
        yield from (each.name,) if isinstance(each, SelectedField) else _names(each.selections)


def _node(info: Info, id: Id, known_at: KnownAt = UNSET, effective_on: EffectiveOn = UNSET) -> Any:
    return node(info.context.at(known_at or None, effective_on or None), id)


@documented
@strawberry.type
class Query:
    """Everything that can be asked."""

    viewer: Viewer = strawberry.field(resolver=_viewer)
    """Who is asking, for which partnership, and what they may do."""
    register: Register = strawberry.field(resolver=_register)
    """
    The register as it was known at `knownAt` (default: now), judged on the calendar day `effectiveOn` (default: today,
    or the given `knownAt`'s day). Every reading below it answers for that pair of moments.
    """
    changes: UncountedConnection[Change] = strawberry.field(resolver=changes)
    """
    Everything recorded after the cursor `after`, oldest first, for systems that poll. A cursor from before the register
    was restored from a backup is refused as RESTORED: read again without `after`.
    """
    node: Node | None = strawberry.field(resolver=_node)
    """Anything that has an id, at a pair of moments; null for what is not there and for what you may not see."""
