"""From the facts of a formal challenge to its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.challenge import events
from domain.challenge.clocks import Clocks, clocks_after
from domain.challenge.state import Challenge, evolve
from domain.shared.facts import Recorded, fast_replace
from projections.engine.timeline import Key, Row
from projections.histories.parts import Entries, as_json, noted, written

# What was known when of each formal challenge.
TABLE = "challenge_history"


class ChallengeRow(NamedTuple):
    """The columns of `challenge_history` beside what it is of and its two clocks."""

    version: int
    reference: str
    agency: str
    readers: tuple[str, ...]
    grounds: str
    requested: str | None
    stage: str
    level: int
    subjects: Any
    subject_ids: tuple[UUID, ...]
    about_performance: bool
    issued_on: date
    issued_by: Any
    response_due_on: date
    answered_on: date | None
    outcome: str | None
    outcome_reason: str | None
    ended_on: date | None
    clocks: Any


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    challenge: Challenge
    id: UUID | None = None
    issued: events.Issued | None = None
    issued_by: Mapping[str, Any] = field(default_factory=dict)
    answered_on: date | None = None  # at the level that it has reached
    clocks: Clocks = ()
    resolved: events.Resolved | None = None
    withdrawn: events.Withdrawn | None = None
    entries: Entries = field(default_factory=dict)


INITIAL = Folded(Challenge())


class ChallengeFold:
    def start(self) -> Folded:
        return INITIAL

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        clocks = clocks_after(state.clocks, recorded, state.challenge.ended)
        return _applied(fast_replace(state, challenge=evolve(state.challenge, recorded), clocks=clocks), recorded)

    def rows(self, state: Folded) -> dict[Key, Row]:
        if state.issued is None or state.id is None:
            return {}
        return {Key(TABLE, str(state.id)): _row(state, state.issued), **state.entries}


def _applied(state: Folded, recorded: Recorded) -> Folded:
    match recorded.fact:
        case events.Issued() as fact:
            by = fact.by.model_dump(mode="json")
            return fast_replace(state, id=recorded.originator_id, issued=fact, issued_by=by)
        case events.Responded() as fact:
            answers = noted(state.entries, "challenge_response", recorded, written(recorded))
            return fast_replace(state, entries=answers, answered_on=state.answered_on or fact.happened_on)
        case events.Escalated():
            escalations = noted(state.entries, "challenge_escalation", recorded, written(recorded))
            return fast_replace(state, entries=escalations, answered_on=None)
        case events.Resolved() as fact:
            return fast_replace(state, resolved=fact)
        case events.Withdrawn() as fact:
            return fast_replace(state, withdrawn=fact)
    return state


def _row(state: Folded, issued: events.Issued) -> ChallengeRow:
    ended = state.resolved or state.withdrawn
    return ChallengeRow(
        version=state.challenge.version,
        reference=issued.reference,
        agency=state.challenge.agency,
        readers=tuple(sorted(state.challenge.readers)),
        grounds=issued.grounds,
        requested=issued.requested,
        stage=state.challenge.stage.value,
        level=state.challenge.level,
        subjects=[subject.model_dump(mode="json") for subject in issued.subjects],
        subject_ids=tuple(
            dict.fromkeys(id for each in issued.subjects for id in (each.id, each.duty) if id is not None)
        ),
        about_performance=issued.about_performance,
        issued_on=issued.happened_on,
        issued_by=state.issued_by,
        response_due_on=state.challenge.response_due_on or issued.response_due_on,
        answered_on=state.answered_on,
        outcome=state.resolved.outcome.value if state.resolved else None,
        outcome_reason=ended.reason if ended else None,
        ended_on=ended.happened_on if ended else None,
        clocks=[as_json(clock) for clock in state.clocks],
    )
