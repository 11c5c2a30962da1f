"""From a bearer token to its caller: signed here, recorded there, and not revoked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import TypeAlias
from uuid import UUID

from api.tokens import Signer, TokenClaims, TokenRefused
from domain.actor import Caller
from domain.words import Role
from projections.credentials.view import CredentialRead

Find: TypeAlias = Callable[[str, UUID], CredentialRead | None]
"""The recorded credential of a partnership's token; None where the partnership or the credential does not exist."""

TRUSTED_FOR = 2.0
"""Seconds for which a credential is taken to stand as it was read; a revocation takes effect within them."""
KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Holder:
    """Who asks, and of which partnership."""

    caller: Caller
    partnership: str


class Credentials:
    """Checks tokens; safe between threads."""

    def __init__(self, signer: Signer, find: Find) -> None:
        self._signer = signer
        self._find = find
        self._checked: dict[tuple[str, UUID], tuple[float, CredentialRead | None]] = {}
        self._lock = Lock()

    def holder(self, token: str) -> Holder:
        """Raises TokenRefused for a token that is not signed here, has expired, was never issued or is revoked."""
        claims = self._signer.verify(token, datetime.now(UTC))
        found = self._credential(claims)
        if found is None:
            raise TokenRefused("The token was never issued by this register.")
        if found.revoked_reason is not None:
            raise TokenRefused("The token has been revoked.")
        return Holder(_caller(found), claims.partnership)

    def _credential(self, claims: TokenClaims) -> CredentialRead | None:
        key, now = (claims.partnership, claims.jti), monotonic()
        read_at, found = self._checked.get(key, (0.0, None))
        if found is None or now - read_at > TRUSTED_FOR:
            found = self._find(claims.partnership, claims.jti)
            self._remember(key, now, found)
        return found

    def _remember(self, key: tuple[str, UUID], now: float, found: CredentialRead | None) -> None:
        with self._lock:
            if len(self._checked) >= KEPT:
                self._checked.clear()
            self._checked[key] = (now, found)


def _caller(found: CredentialRead) -> Caller:
    return Caller(
        found.subject, Role(found.role), found.agency, tuple(found.bodies), found.independent, framework=found.framework
    )
