"""The rows that recommendations and actions share: the domain's own life, and what was said on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.lifecycle import events
from domain.lifecycle.state import Lifecycle, awaiting_since, stage, verdicts
from domain.shared.facts import Recorded, fast_replace
from domain.shared.vocabulary import EvidenceVerdict
from projections.histories.parts import Entries, amended, noted, sides, written

LAPSING = (events.ExtensionRequested, events.Closed, events.Assigned, events.Transferred)
COUNTING = (events.EvidenceSubmitted, events.EvidenceAccepted, events.Reopened)
FILED = ("evidence", "extension")
NO_EVIDENCE: Mapping[str, Any] = {"claimed_on": None, "awaiting_since": None, "accepted_on": None, "verdicts": ()}
NOT_CLOSED: Mapping[str, Any] = dict.fromkeys(("closed_on", "outcome", "closure", "impact_due_on"))


@dataclass(frozen=True)
class EntryState:
    """What the rules do not read and people do: entries, the closure's author, the finding in words."""

    entries: Entries
    closure: Mapping[str, Any] | None = None


def apply_to_entries(state: EntryState, recorded: Recorded) -> EntryState:
    """What is listed after one fact more."""
    match recorded.fact:
        case events.ProgressReported():
            return _list(state, "progress", recorded)
        case events.EvidenceSubmitted() as fact:
            return _list(state, "evidence", recorded, fact.evidence_id, verdict=EvidenceVerdict.AWAITING.value)
        case events.EvidenceAccepted() as fact:
            return _judge(state, recorded, fact.evidence_id, EvidenceVerdict.ACCEPTED)
        case events.EvidenceReturned() as fact:
            return _judge(state, recorded, fact.evidence_id, EvidenceVerdict.RETURNED, verdict_reason=fact.reason)
        case events.EvidenceWithdrawn() as fact:
            return _amend(state, fact.evidence_id, withdrawn=True, verdict_reason=fact.reason)
        case events.ExtensionRequested() as fact:
            return _list(state, "extension", recorded, fact.extension_id)
        case events.ExtensionGranted() as fact:
            return _answer(state, recorded, fact.extension_id, "GRANTED", fact.reason, str(fact.until))
        case events.ExtensionRefused() as fact:
            return _answer(state, recorded, fact.extension_id, "REFUSED", fact.reason)
        case events.ImpactVerified():
            return _list(state, "impact", recorded)
        case events.Closed():
            return fast_replace(_list(state, "closure", recorded), closure=written(recorded))
        case events.Reopened():
            return fast_replace(state, closure=None)
    return state


def counted(state: EntryState, recorded: Recorded, life: Lifecycle) -> EntryState:
    """Which evidence counts, after a fact that may have changed it."""
    if not isinstance(recorded.fact, COUNTING):
        return state
    entries = state.entries
    for each in life.evidence:
        entries = amended(entries, each.id, {"counts": each.counts})
    return fast_replace(state, entries=entries)


def lapsed(state: EntryState, recorded: Recorded, life: Lifecycle) -> EntryState:
    """Which requests for an extension nobody will answer, after a fact that may have left one so."""
    if not isinstance(recorded.fact, LAPSING):
        return state
    entries = state.entries
    for extension, day in life.lapsed.items():
        entries = amended(entries, extension, {"lapsed_on": day.isoformat()})
    return fast_replace(state, entries=entries)


def life_columns(life: Lifecycle, state: EntryState) -> dict[str, Any]:
    """The columns that both histories share, by name."""
    return {
        "version": life.version,
        "stage": str(stage(life)),
        "lead": life.lead,
        "contributing": life.contributing,
        "parties": life.parties,
        "readers": tuple(sorted(life.readers)),
        "sides": sides((*life.parties, *_filers(state))),
        "lead_officer": life.lead_officer,
        "raised_on": life.raised_on,
        "first_due_on": life.first_due_on,
        "due_on": life.due_on,
        "due_on_corrected": life.due_on_corrected,
        "completed_on": life.completed_on,
        "extension_pending": life.extension is not None,
        "open_challenges": tuple(sorted(life.challenges)),
        "impact": life.impact and life.impact.value,
        **_evidence_columns(life, state),
        **_closure_columns(life, state),
    }


def _filers(state: EntryState) -> Iterator[str]:
    """Who filed evidence, or asked for more time, whoever has it now."""
    filed = (each.detail.get("agency") for each in state.entries.values() if each.kind in FILED)
    return (agency for agency in filed if agency)


def _evidence_columns(life: Lifecycle, state: EntryState) -> Mapping[str, Any]:
    if not life.evidence:
        return NO_EVIDENCE
    listed = [each.detail for each in state.entries.values() if each.kind == "evidence"]
    accepted = [each["judged_on"] for each in listed if each["verdict"] == EvidenceVerdict.ACCEPTED.value]
    claims = [each for each in life.evidence if each.counts and each.awaiting and each.claims_complete and each.by_lead]
    return {
        "claimed_on": min((each.submitted_on for each in claims if each.submitted_on), default=None),
        "awaiting_since": awaiting_since(life),
        "accepted_on": date.fromisoformat(max(accepted)) if accepted else None,
        "verdicts": tuple(sorted(map(str, verdicts(life)))),
    }


def _closure_columns(life: Lifecycle, state: EntryState) -> Mapping[str, Any]:
    if life.closure is None or state.closure is None:
        return NOT_CLOSED
    completed = life.closure.completed_on
    return {
        "closed_on": life.closure.closed_on,
        "outcome": life.closure.outcome.value,
        "closure": {**state.closure, "completed_on": completed and completed.isoformat()},
        "impact_due_on": life.closure.impact_due_on,
    }


def _list(state: EntryState, kind: str, recorded: Recorded, entry: UUID | None = None, **more: Any) -> EntryState:
    return fast_replace(state, entries=noted(state.entries, kind, recorded, {**written(recorded), **more}, entry))


def _amend(state: EntryState, entry: UUID, **detail: Any) -> EntryState:
    return fast_replace(state, entries=amended(state.entries, entry, detail))


def _judge(state: EntryState, recorded: Recorded, entry: UUID, verdict: EvidenceVerdict, **more: Any) -> EntryState:
    fact = written(recorded)
    judged = {"judged_by": fact["by"], "judged_on": fact["happened_on"], "fix_by": fact.get("fix_by")}
    return _amend(state, entry, verdict=verdict.value, **judged, **more)


def _answer(
    state: EntryState, recorded: Recorded, entry: UUID, answer: str, reason: str | None, until: str | None = None
) -> EntryState:
    fact = written(recorded)
    answered = {"answered_by": fact["by"], "answered_on": fact["happened_on"], "answer_reason": reason}
    return _amend(state, entry, answer=answer, granted_until=until, **answered)
