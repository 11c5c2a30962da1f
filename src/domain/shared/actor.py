"""Who does something: as written into a fact, and as known while a command is decided."""

from dataclasses import dataclass

from pydantic import BaseModel

from domain.shared.vocabulary import Role


class Actor(BaseModel, frozen=True, extra="forbid"):
    """Who recorded a fact, and in which role they did it."""

    subject: str
    role: Role
    agency: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks now. `independent`: the holder belongs to no agency; `on_paper`: an import speaks for the paper.

    `framework` holds the `bodies`; None leaves it open.
    """

    subject: str
    role: Role
    agency: str | None = None
    bodies: tuple[str, ...] = ()
    independent: bool = False
    on_paper: bool = False
    framework: str | None = None


def caller_id(caller: Caller) -> str:
    """Whose idempotency keys and uploads they are: subject, role and agency together."""
    return "|".join((caller.subject, caller.role.value, caller.agency or ""))
