"""How evidence, and the verdicts on it, change a life."""

from typing import Any
from uuid import UUID

from domain.fast_replace import changed
from domain.lifecycle import events
from domain.lifecycle.state import Evidence, Life
from domain.words import EvidenceVerdict


def submitted(life: Life, fact: events.EvidenceSubmitted, _: int) -> dict[str, Any]:
    return _amended(
        life,
        fact.evidence_id,
        agency=fact.agency,
        by_lead=fact.by_lead,
        submitted_on=fact.happened_on,
        claims_complete=fact.claims_complete,
        completed_on=fact.completed_on,
    )


def accepted(life: Life, fact: events.EvidenceAccepted, _: int) -> dict[str, Any]:
    verdict = EvidenceVerdict.ACCEPTED
    return _amended(life, fact.evidence_id, verdict=verdict, judged_on=fact.happened_on, counts=True)


def returned(life: Life, fact: events.EvidenceReturned, _: int) -> dict[str, Any]:
    return _amended(life, fact.evidence_id, verdict=EvidenceVerdict.RETURNED, judged_on=fact.happened_on)


def withdrawn(life: Life, fact: events.EvidenceWithdrawn, _: int) -> dict[str, Any]:
    return _amended(life, fact.evidence_id, withdrawn=True)


def completed(life: Life, fact: events.Completed, _: int) -> dict[str, Any]:
    """Of two accepted claims the earlier day counts: what was done stays done until it is reopened."""
    day, unknown = fact.happened_on, not fact.day_known
    if life.completed_on is not None:
        day, unknown = min((day, unknown), (life.completed_on, not life.completion_day_known))
    return {"completed_on": day, "completion_day_known": not unknown}


def _amended(life: Life, evidence_id: UUID, **changes: Any) -> dict[str, Any]:
    found = life.evidence_of(evidence_id)
    if found is None:
        return {"evidence": (*life.evidence, changed(Evidence(evidence_id), **changes))}
    return {"evidence": tuple(changed(each, **changes) if each is found else each for each in life.evidence)}
