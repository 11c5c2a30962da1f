"""Which credentials were valid when."""

from datetime import datetime
from typing import NamedTuple

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
