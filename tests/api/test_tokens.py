"""Tokens: signed by this installation, for a time, and refused with the reason."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from api.auth.credentials import Credentials
from api.auth.tokens import Signer, TokenClaims, TokenRefused, new_key
from projections.queries.credentials.query import CredentialRead

ISSUED = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
KEY = new_key()
SIGNER = Signer.from_jwk(KEY)
CLAIMS = TokenClaims(
    jti=UUID("018f4b1e-7c5a-4f0e-9d3b-2a6c1e5f7a90"),
    sub="s.patel",
    partnership="northshire",
    role="MONITORING_BODY",
    agency="police",
    bodies=("serious_incident_review_group",),
    independent=False,
    iat=ISSUED,
    exp=ISSUED + timedelta(hours=8),
)


def refused(token: str, now: datetime = ISSUED) -> str:
    with pytest.raises(TokenRefused) as refusal:
        SIGNER.verify(token, now)
    return refusal.value.reason


def part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def signed(claims: dict[str, object], alg: str = "Ed25519") -> str:
    return jwt.encode({"alg": alg}, claims, OKPKey.import_key(json.loads(KEY)), algorithms=[alg])


def test_what_was_signed_is_read_back() -> None:
    assert SIGNER.verify(SIGNER.sign(CLAIMS), ISSUED) == CLAIMS


def test_a_holder_without_an_agency_is_read_back() -> None:
    independent = replace(CLAIMS, agency=None, bodies=(), independent=True, role="CHAIR")
    assert SIGNER.verify(SIGNER.sign(independent), ISSUED) == independent


def test_a_token_ends_at_its_expiry() -> None:
    token = SIGNER.sign(CLAIMS)
    assert SIGNER.verify(token, CLAIMS.exp - timedelta(seconds=1)) == CLAIMS
    assert "expired at 2026-03-14T17:00:00+00:00" in refused(token, CLAIMS.exp)


def test_a_token_from_the_future_is_not_yet_valid() -> None:
    assert "not valid before" in refused(SIGNER.sign(CLAIMS), ISSUED - timedelta(minutes=2))


def test_another_installations_token_is_refused() -> None:
    assert "not signed by this installation" in refused(Signer.from_jwk(new_key()).sign(CLAIMS))


def test_a_changed_claim_is_refused() -> None:
    header, _, signature = SIGNER.sign(CLAIMS).split(".")
    assert "not signed by this installation" in refused(f"{header}.{part({'role': 'ADMINISTRATOR'})}.{signature}")


def test_no_other_algorithm_is_accepted() -> None:
    body = SIGNER.sign(CLAIMS).split(".")[1]
    public = json.loads(KEY)["x"]
    by_secret = jwt.encode({"alg": "HS256"}, {"role": "CHAIR"}, OctKey.import_key(public + "0" * 8))
    for token in (f"{part({'alg': 'none'})}.{body}.", by_secret):
        assert refused(token) in {"The token must be signed with Ed25519.", "The token is malformed."}


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "....", "é.é.é", "x" * 10_000, f"{part([])}.{part([])}.x"])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert refused(token) in {"The token is malformed.", "The token is too long."}


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "elsewhere"}, {"role": None}, {"exp": "soon"}, {"jti": "7"}, {"bodies": "one"}, {"extra": 1},
        {"exp": 10**18}, {"independent": 1}, {"sub": ""},
    ],
)  # fmt: skip
def test_a_token_with_other_claims_is_refused_though_well_signed(change: dict[str, object]) -> None:
    written: dict[str, object] = {
        "iss": "goldenthread", "jti": str(CLAIMS.jti), "sub": "s", "partnership": "p", "role": "CHAIR", "agency": None,
        "bodies": [], "independent": True, "iat": int(ISSUED.timestamp()), "exp": int(CLAIMS.exp.timestamp()),
    }  # fmt: skip
    assert SIGNER.verify(signed(written), ISSUED).role == "CHAIR"
    assert "does not say what a token of this register says" in refused(signed({**written, **change}))


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(text: str) -> None:
    refused(text)


@pytest.mark.parametrize("key", ["", "{}", "null", "[]", '{"kty":"oct","k":"AAAA"}', "not json"])
def test_only_a_private_ed25519_key_signs(key: str) -> None:
    with pytest.raises(ValueError, match="private Ed25519 key"):
        Signer.from_jwk(key)


def test_a_public_key_does_not_sign() -> None:
    public = {name: value for name, value in json.loads(KEY).items() if name != "d"}
    with pytest.raises(ValueError, match="private Ed25519 key"):
        Signer.from_jwk(json.dumps(public))


def test_a_token_that_was_checked_is_recognised_until_it_expires_and_a_revoked_one_is_refused() -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    found = CredentialRead("s.patel", "CHAIR", None, [], True, now, None, None)
    read: dict[UUID, CredentialRead] = {CLAIMS.jti: found}
    credentials = Credentials(SIGNER, lambda _, credential: read.get(credential))
    token = SIGNER.sign(replace(CLAIMS, iat=now, exp=now + timedelta(hours=1)))
    ends = SIGNER.sign(replace(CLAIMS, iat=now - timedelta(hours=2), exp=now - timedelta(hours=1)))
    assert credentials.recognised(token) is None
    assert credentials.holder(token) == credentials.recognised(token)
    read[CLAIMS.jti] = replace(found, revoked_reason="left")
    again = Credentials(SIGNER, lambda _, credential: read.get(credential))
    with pytest.raises(TokenRefused, match="has been revoked"):
        again.holder(token)
    with pytest.raises(TokenRefused, match="has been revoked"):
        again.recognised(token)
    with pytest.raises(TokenRefused, match="expired"):
        again.holder(ends)
    assert again.recognised(ends) is None
