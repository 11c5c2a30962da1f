"""What an installation lacks to be ready, in words for whoever operates it."""

from collections.abc import Collection

from api.monitoring.health import Health
from storage.database import UNAVAILABLE
from storage.maintenance import Maintenance
from storage.migrate import Standing
from storage.readiness import Probe

UNKNOWN = "unknown while the database is away"


def readiness(probe: Probe, *, read_only: bool = False) -> Health:
    """Of each part what is missing, and why nothing is recorded where that is on purpose."""
    try:
        found = probe.look()
    except UNAVAILABLE:
        return Health({"database": "it cannot be reached", "writing": UNKNOWN, "migrations": UNKNOWN})
    parts = {"database": None, "writing": found.writing, "migrations": _wrong_with(found.standings.values())}
    closed = "this process is set to be read-only" if read_only else why_closed(found.maintenance)
    return Health(parts, closed, at_risk(found.switched_off))


def at_risk(switched_off: Collection[str]) -> str | None:
    """Why what is acknowledged may be lost; None where it is not."""
    if not switched_off:
        return None
    return f"the database has {' and '.join(switched_off)} off: what is acknowledged is lost or torn if it is killed"


def why_closed(maintenance: Maintenance | None) -> str | None:
    """Why nothing is recorded at the moment; None where things are."""
    if maintenance is None:
        return None
    reason = f": {maintenance.reason}" if maintenance.reason else ""
    return f"read-only since {maintenance.began_at:%Y-%m-%d %H:%M} UTC{reason}"


def _wrong_with(schemas: Collection[Standing]) -> str | None:
    later = sum(bool(schema.unknown) for schema in schemas)
    if later:
        return f"of a later version in {later}; install that version again"
    lacking = sum(bool(schema.lacking) for schema in schemas)
    return f"missing in {lacking}" if lacking else None
