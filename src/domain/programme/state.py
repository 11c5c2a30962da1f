"""The audit programme of a year: what was agreed, and its places, planned or taken."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.programme import events
from domain.shared.facts import Fact, Recorded, fast_replace


@dataclass(frozen=True)
class Audit:
    """A place of the programme; `review_id` once it is commissioned. One that nobody had planned has no topic."""

    id: UUID
    kind: str = ""
    framework: str = ""
    topic: str | None = None
    planned_on: date | None = None
    planned_for: date | None = None
    review_id: UUID | None = None


@dataclass(frozen=True)
class Programme:
    """`first_agreed_on` is the day from which reviews are commissioned under it, whatever was agreed again since."""

    version: int = 0
    year: int = 0
    first_agreed_on: date | None = None
    agreed_on: date | None = None
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    limit: int | None = None
    numbers: tuple[events.AgreedNumber, ...] = ()
    framework: str | None = None
    audits: tuple[Audit, ...] = ()

    def audit(self, audit_id: UUID) -> Audit | None:
        return next((each for each in self.audits if each.id == audit_id), None)

    @property
    def planned(self) -> tuple[Audit, ...]:
        """What is not commissioned yet."""
        return tuple(each for each in self.audits if each.review_id is None)

    def counted(self, kinds: Iterable[str]) -> int:
        """The places, planned or taken, of these kinds."""
        among = frozenset(kinds)
        return sum(each.kind in among for each in self.audits)


def evolve(programme: Programme, recorded: Recorded) -> Programme:
    change = CHANGES.get(type(recorded.fact))
    changes = change(programme, recorded.fact) if change else {}
    return fast_replace(programme, version=max(programme.version, recorded.originator_version), **changes)


def _agreed(programme: Programme, fact: events.Agreed) -> dict[str, Any]:
    return {
        "year": fact.year,
        "first_agreed_on": programme.first_agreed_on or fact.happened_on,
        "agreed_on": fact.happened_on,
        "topics": fact.topics,
        "kinds": fact.kinds,
        "limit": fact.limit,
        "numbers": fact.numbers,
        "framework": fact.framework,
    }


def _planned(programme: Programme, fact: events.AuditPlanned) -> dict[str, Any]:
    changes = {"topic": fact.topic, "planned_on": fact.happened_on, "planned_for": fact.planned_for}
    return _with(programme, fact, kind=fact.kind, framework=fact.framework, **changes)


def _commissioned(programme: Programme, fact: events.AuditCommissioned) -> dict[str, Any]:
    return _with(programme, fact, kind=fact.kind, framework=fact.framework, review_id=fact.review_id)


def _withdrawn(programme: Programme, fact: events.AuditWithdrawn) -> dict[str, Any]:
    return {"audits": tuple(each for each in programme.audits if each.id != fact.audit_id)}


def _with(programme: Programme, fact: events.AuditPlanned | events.AuditCommissioned, **changes: Any) -> dict[str, Any]:
    found = programme.audit(fact.audit_id)
    audit = fast_replace(found or Audit(fact.audit_id), **changes)
    others = tuple(audit if each is found else each for each in programme.audits)
    return {"year": fact.year, "audits": others if found else (*others, audit)}


CHANGES: dict[type[Fact], Callable[[Programme, Any], dict[str, Any]]] = {
    events.Agreed: _agreed,
    events.AuditPlanned: _planned,
    events.AuditWithdrawn: _withdrawn,
    events.AuditCommissioned: _commissioned,
}
