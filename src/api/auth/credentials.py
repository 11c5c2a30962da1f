"""From a bearer token to its caller: signed here, recorded there, and not revoked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from threading import Lock
from time import monotonic
from typing import TypeAlias
from uuid import UUID

from api.auth.tokens import Signer, TokenClaims, TokenRefused, require_valid
from domain.shared.actor import Caller
from domain.shared.vocabulary import Role
from projections.queries.credentials.query import CredentialRead

Find: TypeAlias = Callable[[str, UUID], CredentialRead | None]
"""The recorded credential of a partnership's token; None where the partnership or the credential does not exist."""

TRUSTED_FOR = 2.0
"""Seconds for which a credential is taken to stand as it was read; a revocation takes effect within them."""
KEPT = 10_000
"""Credentials, and tokens whose signatures have been checked, that are remembered."""


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
        self._signed: dict[bytes, TokenClaims] = {}
        self._lock = Lock()

    def holder(self, token: str) -> Holder:
        """Raises TokenRefused for a token that is not signed here, has expired, was never issued or is revoked."""
        claims = self._claims(token)
        return _holder(claims.partnership, self._credential(claims.partnership, claims.jti))

    def of(self, partnership: str, credential: UUID) -> Holder:
        """The holder of a recorded credential, as of a session.

        Raises TokenRefused for one that was never issued, is revoked or has expired.
        """
        found = self._credential(partnership, credential)
        if found is not None and datetime.now(UTC) >= found.expires_at:
            raise TokenRefused(f"The credential expired at {found.expires_at.isoformat()}.")
        return _holder(partnership, found)

    def recognised(self, token: str) -> Holder | None:
        """As `holder`, of what is remembered; None where somebody would have to be asked, or much computed."""
        claims = self._signed.get(_digest(token))
        if claims is None:
            return None
        require_valid(claims, datetime.now(UTC))
        read_at, found = self._checked.get((claims.partnership, claims.jti), (0.0, None))
        return None if found is None or monotonic() - read_at > TRUSTED_FOR else _holder(claims.partnership, found)

    def signed(self, token: str) -> bool:
        """Whether it was signed here and has not expired, whatever is recorded of it: no database is asked."""
        try:
            self._claims(token)
        except TokenRefused:
            return False
        return True

    def _claims(self, token: str) -> TokenClaims:
        """What is signed stays signed; whether it is its time is looked at each time."""
        digest, now = _digest(token), datetime.now(UTC)
        claims = self._signed.get(digest)
        if claims is not None:
            require_valid(claims, now)
            return claims
        claims = self._signer.verify(token, now)
        with self._lock:
            if len(self._signed) >= KEPT:
                self._signed.clear()
            self._signed[digest] = claims
        return claims

    def _credential(self, partnership: str, credential: UUID) -> CredentialRead | None:
        key, now = (partnership, credential), monotonic()
        read_at, found = self._checked.get(key, (0.0, None))
        if found is None or now - read_at > TRUSTED_FOR:
            found = self._find(partnership, credential)
            self._remember(key, now, found)
        return found

    def _remember(self, key: tuple[str, UUID], now: float, found: CredentialRead | None) -> None:
        with self._lock:
            if len(self._checked) >= KEPT:
                self._checked.clear()
            self._checked[key] = (now, found)


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def _holder(partnership: str, found: CredentialRead | None) -> Holder:
    if found is None:
        raise TokenRefused("The token was never issued by this register.")
    if found.revoked_reason is not None:
        raise TokenRefused("The token has been revoked.")
    return Holder(_caller(found), partnership)


def _caller(found: CredentialRead) -> Caller:
    return Caller(
        found.subject, Role(found.role), found.agency, tuple(found.bodies), found.independent, framework=found.framework
    )
