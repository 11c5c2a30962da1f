"""A form says that it was made for the session that sends it: nobody else can make one."""

from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from secrets import token_urlsafe

NONCE = 11
"""Characters before the dot. Each page has another, so that its compressed size tells nothing of the rest."""


def token_of(secret: str) -> str:
    """For a form of the session with this secret."""
    nonce = token_urlsafe(8)
    return f"{nonce}.{_sealed(secret, nonce)}"


def is_from(secret: str, token: str) -> bool:
    """Whether a form was made for this session."""
    nonce, _, seal = token.partition(".")
    return len(nonce) == NONCE and compare_digest(seal.encode(), _sealed(secret, nonce).encode())


def _sealed(secret: str, nonce: str) -> str:
    return hmac(f"form:{secret}".encode(), nonce.encode("utf-8", "surrogatepass"), sha256).hexdigest()
