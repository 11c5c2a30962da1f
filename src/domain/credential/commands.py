from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.shared.commands import Command, Key, Name, Reason
from domain.shared.vocabulary import Role


class IssueCredential(Command, frozen=True):
    subject: Name
    role: Role
    agency: Key | None = None
    bodies: Annotated[tuple[Key, ...], Field(max_length=100)] = ()
    independent: bool = False
    expires_at: AwareDatetime


class RevokeCredential(Command, frozen=True):
    id: UUID
    reason: Reason
