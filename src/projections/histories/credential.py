"""From the facts of a credential to when it was valid."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.credential.events import Issued, Revoked
from domain.shared.facts import Recorded, fast_replace
from projections.engine.timeline import Key, Row

# Which credentials were valid when.
TABLE = "credential_history"


class CredentialRow(NamedTuple):
    """The columns of `credential_history` beside what it is of and its two clocks."""

    subject: str
    role: str
    agency: str | None
    bodies: tuple[str, ...]
    independent: bool
    expires_at: datetime
    revoked_reason: str | None
    framework: str | None


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    credential: UUID | None = None
    issued: Issued | None = None
    revoked_reason: str | None = None


class CredentialFold:
    def start(self) -> Folded:
        return Folded()

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        match recorded.fact:
            case Issued() as fact:
                return fast_replace(state, credential=recorded.originator_id, issued=fact)
            case Revoked(reason=reason):
                return fast_replace(state, revoked_reason=reason)
        return state

    def rows(self, state: Folded) -> dict[Key, Row]:
        if state.issued is None:
            return {}
        issued = state.issued
        row = CredentialRow(
            subject=issued.subject,
            role=issued.role.value,
            agency=issued.agency,
            bodies=issued.bodies,
            independent=issued.independent,
            expires_at=issued.expires_at,
            revoked_reason=state.revoked_reason,
            framework=issued.framework,
        )
        return {Key(TABLE, str(state.credential)): row}
