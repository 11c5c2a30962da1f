"""From the facts of a credential to when it was valid."""

from dataclasses import dataclass
from uuid import UUID

from domain.credential.events import Issued, Revoked
from domain.facts import Recorded
from domain.fast_replace import changed
from projections.bitemporal import Key, Row
from projections.credentials.history_row import TABLE, CredentialRow


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
                return changed(state, credential=recorded.originator_id, issued=fact)
            case Revoked(reason=reason):
                return changed(state, revoked_reason=reason)
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
