"""Issuing a token: the domain decides about the credential, the credential is recorded, the token names it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from api.app.founding import FOUNDER
from api.auth.tokens import Signer, TokenClaims
from domain.credential.commands import IssueCredential
from domain.register import Register
from domain.shared.refusals import Invalid
from domain.shared.vocabulary import Role

SHORTEST, LONGEST = timedelta(seconds=1), timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose token, and for how long."""

    subject: str
    role: Role
    agency: str | None
    bodies: tuple[str, ...]
    independent: bool
    ttl: timedelta


def issue(signer: Signer, partnership: str, register: Register, wanted: Wanted) -> str:
    """The signed token. It expires in real time, in a demonstration too."""
    issued_at = datetime.now(UTC).replace(microsecond=0)
    command, credential = _recorded(register, wanted, issued_at)
    return signer.sign(_claims(command, credential, partnership, issued_at))


def issue_credential(register: Register, wanted: Wanted) -> UUID:
    """A recorded credential without a token, as for a person who signs in."""
    return _recorded(register, wanted, datetime.now(UTC).replace(microsecond=0))[1]


def _recorded(register: Register, wanted: Wanted, issued_at: datetime) -> tuple[IssueCredential, UUID]:
    if not SHORTEST <= wanted.ttl <= LONGEST:
        raise Invalid("A token holds from one second to ten years.", "ttl")
    command = _command(wanted, issued_at + wanted.ttl)
    outcome = register.handle(command, FOUNDER)
    if outcome is None:
        raise LookupError("a credential was decided on and not recorded")
    return command, outcome.id


def _command(wanted: Wanted, expires_at: datetime) -> IssueCredential:
    return IssueCredential(
        subject=wanted.subject,
        role=wanted.role,
        agency=wanted.agency,
        bodies=wanted.bodies,
        independent=wanted.independent,
        expires_at=expires_at,
    )


def _claims(command: IssueCredential, credential: UUID, partnership: str, issued_at: datetime) -> TokenClaims:
    return TokenClaims(
        jti=credential,
        sub=command.subject,
        partnership=partnership,
        role=command.role.value,
        agency=command.agency,
        bodies=command.bodies,
        independent=command.independent,
        iat=issued_at,
        exp=command.expires_at,
    )
