"""A credential: issued, perhaps revoked."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.credential.events import Issued, Revoked
from domain.shared.actor import Caller
from domain.shared.facts import Recorded


@dataclass(frozen=True, slots=True)
class Credential:
    version: int = 0
    caller: Caller | None = None
    issued_on: date | None = None
    expires_at: datetime | None = None
    revoked: bool = False


def evolve(credential: Credential, recorded: Recorded) -> Credential:
    credential = replace(credential, version=max(credential.version, recorded.originator_version))
    match recorded.fact:
        case Issued() as fact:
            caller = Caller(
                fact.subject, fact.role, fact.agency, fact.bodies, fact.independent, framework=fact.framework
            )
            return replace(credential, caller=caller, issued_on=fact.happened_on, expires_at=fact.expires_at)
        case Revoked():
            return replace(credential, revoked=True)
        case _:
            return credential
