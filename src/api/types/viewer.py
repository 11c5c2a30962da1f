"""Who is asking."""

import strawberry

from api.types.agency import Agency
from api.types.body import Body
from api.types.partnership import Partnership
from domain.words import Role


@strawberry.type
class Viewer:
    subject: str
    role: Role
    partnership: Partnership
    agency: Agency | None
    monitoring_bodies: list[Body]
    permitted_commands: list[str]
