"""What can be fetched by its id, and the ids themselves."""

from typing import Any

import strawberry

from api.graphql.descriptions import documented
from api.relay import global_id
from domain.shared.facts import Epoch


@documented
@strawberry.interface
class Node:
    """Anything with an id that stays the same at every moment."""

    id: strawberry.ID
    """Opaque; names the same thing at every moment."""


def opaque(kind: str, key: object) -> strawberry.ID:
    """The id that partners see."""
    return strawberry.ID(global_id.encode(kind, str(key)))


def event_id(epoch: Epoch, position: int) -> strawberry.ID:
    """The id of a fact."""
    return strawberry.ID(global_id.of_fact(epoch.name, position))


def review_id(root: strawberry.Parent[Any]) -> strawberry.ID:
    return opaque("review", root.thing)


def recommendation_id(root: strawberry.Parent[Any]) -> strawberry.ID:
    return opaque("recommendation", root.thing)


def action_id(root: strawberry.Parent[Any]) -> strawberry.ID:
    return opaque("action", root.thing)


def programme_id(root: strawberry.Parent[Any]) -> strawberry.ID:
    return opaque("programme", root.thing)


def challenge_id(root: strawberry.Parent[Any]) -> strawberry.ID:
    return opaque("challenge", root.thing)
