"""The credentials of the partnership."""

from typing import Any
from uuid import UUID

import strawberry

from api.context import Reading
from api.graphql.credentials.types import Credential
from domain.shared.vocabulary import Role
from projections.queries.credentials import query


def credentials(root: strawberry.Parent[Reading]) -> Any:
    if root.context.caller.role is not Role.ADMINISTRATOR:
        return None
    return [Credential.of(each) for each in query.every_at(root.query_context)]


def one(reading: Reading, id: UUID) -> Credential | None:
    """As it stands; for whoever may send commands about it."""
    return next((Credential.of(each) for each in query.every_at(reading.query_context) if each.credential == id), None)
