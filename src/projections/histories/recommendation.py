"""From the facts of a recommendation to its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson

from domain.lifecycle.events import Transferred
from domain.lifecycle.state import Response, lead_answer, lead_response, refused_on
from domain.recommendation.clocks import ResponseClock, ResponseRequests, requests_after, response_clocks
from domain.recommendation.events import CheckCommissioned, Raised, Responded
from domain.recommendation.state import Recommendation, evolve, refusals
from domain.shared.facts import Recorded, fast_replace
from domain.shared.vocabulary import Answer
from projections.engine.timeline import Key, Row
from projections.histories.lifecycle import EntryState, apply_to_entries, counted, lapsed, life_columns
from projections.histories.parts import as_json, entry_id, noted, reference_key, written

# What was known when of each recommendation.
TABLE = "recommendation_history"


class RecommendationRow(NamedTuple):
    """The columns of `recommendation_history` beside what it is of and its two clocks."""

    version: int
    reference: str
    reference_key: str
    wording: str
    stage: str
    review: UUID
    themes: tuple[str, ...]
    coded_as: UUID
    lead: str | None
    contributing: tuple[str, ...]
    parties: tuple[str, ...]
    readers: tuple[str, ...]
    sides: int
    ended_leads: tuple[str, ...]
    ended_leads_until: tuple[date, ...]
    lead_officer: str | None
    monitored_by: tuple[str, ...]
    raised_on: date
    first_due_on: date | None
    due_on: date | None
    due_on_corrected: bool
    completed_on: date | None
    claimed_on: date | None
    awaiting_since: date | None
    accepted_on: date | None
    verdicts: tuple[str, ...]
    extension_pending: bool
    closed_on: date | None
    outcome: str | None
    closure: Any
    impact_due_on: date | None
    impact: str | None
    open_challenges: tuple[UUID, ...]
    measure_of_effectiveness: str | None
    need: str | None
    means_of_improvement: str | None
    learning: tuple[UUID, ...]
    proposed_lead: str | None
    addressed_to: tuple[str, ...]
    response_due_on: date | None
    lead_answer: str | None
    lead_response: UUID | None
    refused_on: date | None
    refusals: tuple[UUID, ...]
    answers: tuple[str, ...]
    answered: tuple[str, ...]
    awaited: tuple[str, ...]
    awaited_until: tuple[date, ...]
    clocks: Any
    bodies_of: str | None
    draft: bool
    draft_for: tuple[str, ...]
    reopened_on: date | None


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    recommendation: Recommendation
    entry_state: EntryState
    id: UUID | None = None
    raised: Raised | None = None
    requests: ResponseRequests = field(default_factory=ResponseRequests)


INITIAL = Folded(Recommendation(), EntryState({}))


class RecommendationFold:
    def start(self) -> Folded:
        return INITIAL

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        now = evolve(state.recommendation, recorded)
        requests = requests_after(state.requests, now, recorded)
        listed = counted(apply_to_entries(state.entry_state, recorded), recorded, now.life)
        state = fast_replace(
            state, recommendation=now, requests=requests, entry_state=lapsed(listed, recorded, now.life)
        )
        match recorded.fact:
            case Raised() as fact:
                return fast_replace(state, id=recorded.originator_id, raised=fact)
            case Transferred(merged=True) as fact if state.raised and state.raised.proposed_lead == fact.from_agency:
                return fast_replace(state, raised=state.raised.model_copy(update={"proposed_lead": fact.to_agency}))
            case Responded():
                return _listed(state, "response", recorded)
            case CheckCommissioned():
                return _listed(state, "check", recorded)
        return state

    def rows(self, state: Folded) -> dict[Key, Row]:
        if state.raised is None or state.id is None:
            return {}
        return {Key(TABLE, str(state.id)): _row(state, state.id, state.raised), **state.entry_state.entries}


def _listed(state: Folded, kind: str, recorded: Recorded) -> Folded:
    entries = noted(state.entry_state.entries, kind, recorded, written(recorded))
    return fast_replace(state, entry_state=fast_replace(state.entry_state, entries=entries))


def _row(state: Folded, id: UUID, raised: Raised) -> RecommendationRow:
    life = state.recommendation.life
    return RecommendationRow(
        **life_columns(life, state.entry_state),
        ended_leads=tuple(life.ended_leads),
        ended_leads_until=tuple(life.ended_leads.values()),
        reference=raised.reference,
        reference_key=reference_key(raised.reference),
        wording=raised.wording,
        review=raised.review_id,
        themes=raised.themes,
        coded_as=coded_as(raised.themes),
        monitored_by=state.recommendation.reporting.bodies,
        bodies_of=state.recommendation.reporting.framework,
        measure_of_effectiveness=raised.measure_of_effectiveness,
        need=raised.need,
        means_of_improvement=raised.means_of_improvement,
        learning=raised.learning,
        proposed_lead=raised.proposed_lead,
        addressed_to=tuple(dict.fromkeys(state.recommendation.asked_agencies)),
        response_due_on=state.recommendation.response_due_on,
        draft=state.recommendation.draft,
        draft_for=state.recommendation.draft_for,
        reopened_on=life.reopened_on,
        lead_answer=_value(lead_answer(life)),
        lead_response=_entry(id, lead_response(life)),
        refused_on=refused_on(life),
        refusals=tuple(entry_id(id, each.version) for each in refusals(state.recommendation).values()),
        answers=tuple(sorted(answer.value for answer in set(life.responses.values()))),
        answered=tuple(sorted({*life.responses, *map(life.current, life.responses)})),
        **_clock_columns(response_clocks(state.requests, state.recommendation)),
    )


def coded_as(themes: Iterable[str]) -> UUID:
    """What names a set of themes: alike for the same themes, in whatever order and however often they are named."""
    return uuid5(NAMESPACE_OID, orjson.dumps(sorted(set(themes))).decode())


def _clock_columns(clocks: Sequence[ResponseClock]) -> dict[str, Any]:
    running = [clock for clock in clocks if clock.stopped_on is None]
    return {
        "awaited": tuple(clock.agency for clock in running),
        "awaited_until": tuple(clock.due_on for clock in running),
        "clocks": [as_json(clock) for clock in clocks],
    }


def _value(answer: Answer | None) -> str | None:
    return None if answer is None else answer.value


def _entry(id: UUID, response: Response | None) -> UUID | None:
    return None if response is None else entry_id(id, response.version)
