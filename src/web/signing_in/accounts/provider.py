"""The provider of accounts: where it sends people, what it answers, and whose signature counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient
from pydantic import BaseModel, ValidationError

ALGORITHMS = ["RS256", "ES256", "PS256", "EdDSA", "Ed25519"]
"""Signatures that need a key of the provider's own; never one by a shared secret, and never none."""
SCOPE = "openid profile email"
KEPT_S = 3_600.0
"""Seconds for which what a provider says of itself is remembered."""
TIMEOUT_S = 5.0
LEEWAY_S = 60
LARGEST = 1_000_000


class NotVouchedFor(Exception):
    """The provider does not say, in a way that counts, who signs in; the message is for the log."""


class Discovered(BaseModel):
    """What a provider says of itself under `/.well-known/openid-configuration`."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


@dataclass(frozen=True, slots=True)
class Begun:
    """One way to the provider and back, kept by the browser meanwhile."""

    state: str
    nonce: str
    verifier: str
    path: str


class Provider:
    """Of one issuer, for one client; safe between threads."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, back: str) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._secret = client_secret
        self._back = back
        self._lock = Lock()
        self._discovered: tuple[float, Discovered] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def address(self, begun: Begun) -> str:
        """Where a person is sent to. Raises `NotVouchedFor` where the provider cannot be reached."""
        client = WebApplicationClient(self._client_id)
        try:
            address: str = client.prepare_request_uri(
                self._of_itself().authorization_endpoint,
                redirect_uri=self._back,
                scope=SCOPE,
                state=begun.state,
                nonce=begun.nonce,
                code_challenge=client.create_code_challenge(begun.verifier, "S256"),
                code_challenge_method="S256",
            )
        except OAuth2Error as error:
            raise NotVouchedFor(f"nobody can be sent to the provider: {error}") from error
        return address

    def claims(self, begun: Begun, returned: str) -> Mapping[str, Any]:
        """What the provider says of whoever came back to this address. Raises `NotVouchedFor`."""
        client = WebApplicationClient(self._client_id)
        try:
            answered = client.parse_request_uri_response(returned.replace("http://", "https://", 1), begun.state)
            asked = client.prepare_request_body(
                code=answered["code"], redirect_uri=self._back, code_verifier=begun.verifier, include_client_id=False
            )
        except (OAuth2Error, KeyError) as error:
            raise NotVouchedFor(f"the provider sent nobody: {error}") from error
        return self.verified(self._token(asked), begun.nonce)

    def verified(self, token: str, nonce: str) -> Mapping[str, Any]:
        """The claims of an ID token. Raises `NotVouchedFor` unless it is this issuer's, for us, now, for this nonce."""
        expected = JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        claims = self._signed(token)
        try:
            expected.validate(claims)
        except JoseError as error:
            raise NotVouchedFor(f"the token says something else than it must: {error}") from error
        if claims.get("azp", self._client_id) != self._client_id:
            raise NotVouchedFor("the token was issued to another client")
        return claims

    def _signed(self, token: str) -> dict[str, Any]:
        """A key that is not known may be a new one: then the provider is asked again."""
        try:
            return jwt.decode(token, self._signers(fresh=False), algorithms=ALGORITHMS).claims
        except (JoseError, ValueError):
            keys = self._signers(fresh=True)
        try:
            return jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        except (JoseError, ValueError) as error:
            raise NotVouchedFor(f"the token is not signed by the provider: {error}") from error

    def _token(self, asked: str) -> str:
        answered = self._read("POST", self._of_itself().token_endpoint, content=asked)
        token = answered.get("id_token")
        if not isinstance(token, str):
            raise NotVouchedFor("the provider gave no ID token")
        return token

    def _of_itself(self) -> Discovered:
        with self._lock:
            if self._discovered is None or monotonic() - self._discovered[0] > KEPT_S:
                found = self._read("GET", f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
                try:
                    discovered = Discovered.model_validate(found)
                except ValidationError as error:
                    raise NotVouchedFor(f"the provider does not say where it is: {error}") from error
                if discovered.issuer != self._issuer:
                    raise NotVouchedFor(f"the provider says that it is {discovered.issuer!r}")
                self._discovered = monotonic(), discovered
            return self._discovered[1]

    def _signers(self, *, fresh: bool) -> KeySet:
        address = self._of_itself().jwks_uri
        with self._lock:
            if fresh or self._keys is None or monotonic() - self._keys[0] > KEPT_S:
                found: Any = self._read("GET", address)
                try:
                    self._keys = monotonic(), KeySet.import_key_set(found)
                except (JoseError, ValueError, KeyError, TypeError) as error:
                    raise NotVouchedFor(f"the provider's keys cannot be read: {error}") from error
            return self._keys[1]

    def _read(self, method: str, address: str, content: str | None = None) -> dict[str, Any]:
        """JSON of the provider's. Only the token endpoint is told our secret."""
        form = {"Content-Type": "application/x-www-form-urlencoded"} if content is not None else {}
        secret = httpx.BasicAuth(self._client_id, self._secret) if content is not None else None
        try:
            with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False) as client:
                answered = client.request(method, address, content=content, headers=form, auth=secret)
            answered.raise_for_status()
            if len(answered.content) > LARGEST:
                raise NotVouchedFor("the provider answers too much")
            found = answered.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise NotVouchedFor(f"the provider cannot be asked: {error}") from error
        if not isinstance(found, dict):
            raise NotVouchedFor("the provider answers no object")
        return found
