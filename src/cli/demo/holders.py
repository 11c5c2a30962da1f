"""A token for each role of the worked example; kept beside its data, so that a second start issues none."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api.app.installation import Installation
from api.auth.tokens import TokenRefused
from cli.demo.fellmoor import KEY
from cli.demo.people import ADMINISTRATOR, CHAIR, GROUP, UNIT, officer
from domain.shared.actor import Caller
from domain.shared.vocabulary import Role

LASTS = timedelta(days=90)
SPARE = timedelta(days=1)
KEPT_IN = "demo-tokens.json"


@dataclass(frozen=True, slots=True)
class Holder:
    """`name` is what the README and the terminal call the token."""

    name: str
    who: Caller


HOLDERS = (
    Holder("POLICE", officer("police")),
    Holder("HOSPITAL", officer("hospital-trust")),
    Holder("UNIT", UNIT),
    Holder("GROUP", GROUP),
    Holder("CHAIR", CHAIR),
    Holder("INSPECTOR", Caller("Visiting inspector", Role.INSPECTOR)),
    Holder("ADMINISTRATOR", ADMINISTRATOR),
)


def tokens(opened: Installation, data: Path) -> dict[str, str]:
    """By the holder's name; those kept from an earlier start, as long as they hold for another day."""
    file = data / KEPT_IN
    kept = _kept(file)
    now = {holder.name: _token(opened, holder, kept.get(holder.name, "")) for holder in HOLDERS}
    if now != kept:
        _keep(file, now)
    return now


def _token(opened: Installation, holder: Holder, kept: str) -> str:
    if _holds(opened, kept):
        return kept
    who = holder.who
    independent = who.role is Role.MONITORING_BODY and who.independent
    return opened.issue_token(KEY, who.role, who.subject, who.agency, who.bodies, independent, LASTS)


def _holds(opened: Installation, token: str) -> bool:
    try:
        claims = opened.signer.verify(token, datetime.now(UTC) + SPARE)
    except TokenRefused:
        return False
    credential = opened.credential(claims.partnership, claims.jti)
    return credential is not None and credential.revoked_reason is None


def _kept(file: Path) -> dict[str, str]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {str(name): str(token) for name, token in found.items()} if isinstance(found, dict) else {}


def _keep(file: Path, now: dict[str, str]) -> None:
    """For the owner's eyes only; written aside first, so that no reader finds half a file."""
    half = file.with_suffix(".half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        json.dump(now, opened, indent=2)
    half.replace(file)
