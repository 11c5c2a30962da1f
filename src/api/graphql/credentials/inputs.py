"""Inputs about credentials."""

from datetime import datetime

import strawberry
from strawberry import UNSET

from api.graphql.descriptions import documented
from api.graphql.inputs import Keyed, Text, Texts
from domain.shared.vocabulary import Role


@documented
@strawberry.input
class CredentialIssueInput(Keyed):
    """Somebody is let in: the credential is recorded. No token is answered; a person signs in on the pages."""

    subject: str
    """Who it is, as the record will name them."""
    role: Role
    """In which role they act."""
    agency: Text = UNSET
    """The key of their agency; named for an agency's officer."""
    bodies: Texts = UNSET
    """The keys of the bodies for which they act; named for a member of a monitoring body."""
    independent: bool | None = UNSET
    """Whether they belong to no agency; a member of a monitoring body names an agency or says so."""
    expires_at: datetime
    """Until when it holds."""


@documented
@strawberry.input
class CredentialRevokeInput(Keyed):
    """A credential holds no longer: its tokens and sessions are refused within seconds."""

    id: strawberry.ID
    """The credential."""
    reason: str
    """Why, as the record will say."""
