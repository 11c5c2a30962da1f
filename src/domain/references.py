"""The references that must be unique within their kind."""

from uuid import UUID

from domain.review.events import Commissioned
from domain.session import Session
from domain.shared.facts import Recorded


def references(session: Session) -> list[tuple[str, str, UUID]]:
    """Those that things get by what a session decided: kind, reference, thing."""
    found = ((recorded, _new(recorded, session)) for recorded in session.decided)
    return [(recorded.kind.value, reference, recorded.originator_id) for recorded, reference in found if reference]


def _new(recorded: Recorded, session: Session) -> str | None:
    """A thing's first fact gives it one; a commission may give another than the referral had."""
    reference: str | None = getattr(recorded.fact, "reference", None)
    if recorded.originator_version == 1:
        return reference
    had = getattr(session.before[recorded.originator_id].state, "reference", None)
    return reference if isinstance(recorded.fact, Commissioned) and reference != had else None
