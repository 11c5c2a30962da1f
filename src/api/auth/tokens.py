"""Bearer tokens: signed statements of who asks, for which partnership, in which role."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import new as hmac
from typing import Self
from uuid import UUID

from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError, UnsupportedAlgorithmError
from joserfc.jwk import OKPKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

ISSUER = "goldenthread"
ALGORITHM = "Ed25519"  # RFC 9864's name; the older "EdDSA" leaves the curve open
LONGEST = 4_096
CLOCKS_MAY_DIFFER = timedelta(seconds=60)


class TokenRefused(Exception):
    """A bearer token that is not accepted.

    Attributes:
        reason: one clear sentence, fit for the caller's eyes.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """What a token says. `iat` and `exp` carry an offset and are whole seconds.

    Attributes:
        jti: the recorded credential, which may be revoked.
        independent: the holder of a monitoring body's credential belongs to no agency.
    """

    jti: UUID
    sub: str
    partnership: str
    role: str
    agency: str | None
    bodies: tuple[str, ...]
    independent: bool
    iat: datetime
    exp: datetime


class _Written(BaseModel):
    """The claims as they stand in the token."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    iss: str = Field(pattern=f"^{ISSUER}$")
    jti: str
    sub: str = Field(min_length=1)
    partnership: str = Field(min_length=1)
    role: str = Field(min_length=1)
    agency: str | None
    bodies: list[str]
    independent: bool
    iat: int
    exp: int


def new_key() -> str:
    """A fresh Ed25519 signing key as JWK JSON, the private part included: keep it readable by the owner only."""
    return json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True))


class Signer:
    """Signs and checks tokens with one installation's Ed25519 key; no other algorithm is ever accepted."""

    def __init__(self, key: OKPKey) -> None:
        if key.curve_name != "Ed25519" or not key.is_private:
            raise ValueError("the signing key must be a private Ed25519 key")
        self._key = key

    @classmethod
    def from_jwk(cls, text: str) -> Self:
        """From what `new_key` wrote; ValueError for anything else."""
        try:
            return cls(OKPKey.import_key(json.loads(text)))
        except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError("the signing key must be a private Ed25519 key as JWK JSON") from error

    def key_for(self, use: str) -> bytes:
        """A key of the installation's own for another use, which tells nothing of this one."""
        return hmac(str(self._key.as_dict(private=True)["d"]).encode(), use.encode(), sha256).digest()

    def sign(self, claims: TokenClaims) -> str:
        """One compact token, without spaces or line ends."""
        return jwt.encode({"alg": ALGORITHM}, _written(claims), self._key, algorithms=[ALGORITHM])

    def verify(self, token: str, now: datetime) -> TokenClaims:
        """The claims of a token that this installation signed and that has not expired at `now`.

        Raises:
            TokenRefused: malformed, signed otherwise, expired, not yet valid, or missing a claim.
        """
        claims = _read(self._signed_claims(token))
        require_valid(claims, now)
        return claims

    def _signed_claims(self, token: str) -> Mapping[str, object]:
        if len(token) > LONGEST:
            raise TokenRefused("The token is too long.")
        try:
            return jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
        except UnsupportedAlgorithmError:
            raise TokenRefused(f"The token must be signed with {ALGORITHM}.") from None
        except BadSignatureError:
            raise TokenRefused("The token was not signed by this installation.") from None
        except (JoseError, ValueError, TypeError):
            raise TokenRefused("The token is malformed.") from None


def require_valid(claims: TokenClaims, now: datetime) -> None:
    """Raises TokenRefused where a token has expired or is not valid yet."""
    if now >= claims.exp:
        raise TokenRefused(f"The token expired at {claims.exp.isoformat()}.")
    if now < claims.iat - CLOCKS_MAY_DIFFER:
        raise TokenRefused(f"The token is not valid before {claims.iat.isoformat()}.")


def _written(claims: TokenClaims) -> dict[str, object]:
    return {
        "iss": ISSUER,
        "jti": str(claims.jti),
        "sub": claims.sub,
        "partnership": claims.partnership,
        "role": claims.role,
        "agency": claims.agency,
        "bodies": list(claims.bodies),
        "independent": claims.independent,
        "iat": int(claims.iat.timestamp()),
        "exp": int(claims.exp.timestamp()),
    }


def _read(signed: Mapping[str, object]) -> TokenClaims:
    try:
        written = _Written.model_validate(dict(signed))
        return TokenClaims(
            jti=UUID(written.jti),
            sub=written.sub,
            partnership=written.partnership,
            role=written.role,
            agency=written.agency,
            bodies=tuple(written.bodies),
            independent=written.independent,
            iat=datetime.fromtimestamp(written.iat, UTC),
            exp=datetime.fromtimestamp(written.exp, UTC),
        )
    except (ValidationError, ValueError, OverflowError, OSError):
        raise TokenRefused("The token does not say what a token of this register says.") from None
