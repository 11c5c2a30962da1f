"""From the facts of an audit programme to its rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.programme.state import Audit, Programme, evolve
from domain.shared.facts import Recorded, fast_replace
from projections.engine.timeline import Key, Row

# What was known when of the audit programme of each year.
TABLE = "programme_history"


class ProgrammeRow(NamedTuple):
    """The columns of `programme_history` beside what it is of and its two clocks."""

    version: int
    year: int
    agreed_on: date | None
    topics: tuple[str, ...]
    counted_kinds: tuple[str, ...]
    limited_to: int | None
    framework: str | None
    audits: Any
    numbers: Any


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    programme: Programme
    id: UUID | None = None


class ProgrammeFold:
    def start(self) -> Folded:
        return Folded(Programme())

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        return fast_replace(state, programme=evolve(state.programme, recorded), id=recorded.originator_id)

    def rows(self, state: Folded) -> dict[Key, Row]:
        return {Key(TABLE, str(state.id)): _row(state.programme)} if state.id else {}


def _row(programme: Programme) -> ProgrammeRow:
    return ProgrammeRow(
        version=programme.version,
        year=programme.year,
        agreed_on=programme.agreed_on,
        topics=programme.topics,
        counted_kinds=programme.kinds,
        limited_to=programme.limit,
        framework=programme.framework,
        audits=[_audit(each) for each in programme.audits],
        numbers={each.rhythm: each.times for each in programme.numbers},
    )


def _audit(audit: Audit) -> dict[str, Any]:
    return {
        "id": str(audit.id),
        "kind": audit.kind,
        "framework": audit.framework,
        "topic": audit.topic,
        "planned_on": audit.planned_on and audit.planned_on.isoformat(),
        "planned_for": audit.planned_for and audit.planned_for.isoformat(),
        "review": str(audit.review_id) if audit.review_id else None,
    }
