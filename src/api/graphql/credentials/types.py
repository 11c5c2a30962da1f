"""A credential as the administrator reads it."""

from datetime import datetime
from typing import Self

import strawberry

from api.graphql.descriptions import documented
from api.graphql.node import opaque
from domain.shared.vocabulary import Role
from projections.queries.credentials.query import CredentialListed


@documented
@strawberry.type
class Credential:
    """By what a person or a system may act; its tokens and sessions hold as long as it does."""

    id: strawberry.ID
    """By what it is revoked."""
    subject: str
    """Who holds it, as the record names them."""
    role: Role
    """In which role they act."""
    agency: str | None
    """The key of the holder's agency."""
    bodies: list[str]
    """The keys of the bodies for which they act."""
    independent: bool
    """Whether the holder belongs to no agency."""
    expires_at: datetime
    """Until when it holds, in real time in a demonstration too."""
    revoked_reason: str | None
    """Why it was revoked; null while it was not."""

    @classmethod
    def of(cls, read: CredentialListed) -> Self:
        return cls(
            id=opaque("credential", read.credential),
            subject=read.subject,
            role=Role(read.role),
            agency=read.agency,
            bodies=list(read.bodies),
            independent=read.independent,
            expires_at=read.expires_at,
            revoked_reason=read.revoked_reason,
        )
