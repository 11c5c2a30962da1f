"""What this installation gave out is known by its seal, so that what is made up costs no reading."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac

SESSIONS = "cookies and links of the pages"
"""What the key is for."""


class Seal:
    """With a key of the installation's own."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sealed(self, secret: str) -> str:
        """A secret with its seal, for a cookie or an address."""
        return f"{secret}.{self._seal(secret)}"

    def opened(self, text: str) -> str | None:
        """The secret; None for what was not sealed here."""
        secret, _, seal = text.rpartition(".")
        return secret if compare_digest(seal.encode("utf-8", "surrogatepass"), self._seal(secret).encode()) else None

    def _seal(self, secret: str) -> str:
        made = hmac(self._key, secret.encode("utf-8", "surrogatepass"), sha256).digest()
        return urlsafe_b64encode(made).decode().rstrip("=")
