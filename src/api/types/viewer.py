"""Who is asking."""

import strawberry

from api.documented import documented
from api.types.agency import Agency
from api.types.body import Body
from api.types.partnership import Partnership
from domain.words import Role


@documented
@strawberry.type
class Viewer:
    """Who is asking."""

    subject: str
    """The person or system, as the credential names them."""
    role: Role
    """The role that they act in."""
    partnership: Partnership
    """The partnership that they ask in."""
    agency: Agency | None
    """The agency that they act for; null for everybody but agencies."""
    monitoring_bodies: list[Body]
    """The bodies that they act for."""
    permitted_commands: list[str]
    """The mutations that the role may send at all; whether one is taken depends on what it is about."""
