"""What happens to a credential; every one is recorded and revocable."""

from datetime import datetime

from domain.shared.facts import Fact
from domain.shared.vocabulary import Role


class Issued(Fact, frozen=True):
    """`agency` is its holder's; `independent` says that the holder belongs to none. `framework` holds the bodies."""

    subject: str
    role: Role
    agency: str | None = None
    bodies: tuple[str, ...] = ()
    independent: bool = False
    expires_at: datetime
    framework: str | None = None


class Revoked(Fact, frozen=True):
    reason: str
