"""From the facts of a recommendation to its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson

from domain.facts import Recorded
from domain.fast_replace import changed
from domain.lifecycle.events import Transferred
from domain.lifecycle.questions import lead_answer, lead_response, refused_on
from domain.lifecycle.state import Response
from domain.recommendation.clocks import Asked, ResponseClock, asked_after, response_clocks
from domain.recommendation.events import CheckCommissioned, Raised, Responded
from domain.recommendation.state import Recommendation, evolve, refusals
from domain.words import Answer
from projections.bitemporal import Key, Row
from projections.entries import entry_id, noted, told, written
from projections.lifecycle import Told, counted, lapsed, life_columns, tell
from projections.recommendations.history_row import TABLE, RecommendationRow
from projections.references import reference_key


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    recommendation: Recommendation
    told: Told
    thing: UUID | None = None
    raised: Raised | None = None
    asked: Asked = field(default_factory=Asked)


NOTHING_TOLD = Folded(Recommendation(), Told({}))


class RecommendationFold:
    def start(self) -> Folded:
        return NOTHING_TOLD

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        now = evolve(state.recommendation, recorded)
        asked = asked_after(state.asked, now, recorded)
        listed = counted(tell(state.told, recorded), recorded, now.life)
        state = changed(state, recommendation=now, asked=asked, told=lapsed(listed, recorded, now.life))
        match recorded.fact:
            case Raised() as fact:
                return changed(state, thing=recorded.originator_id, raised=fact)
            case Transferred(merged=True) as fact if state.raised and state.raised.proposed_lead == fact.from_agency:
                return changed(state, raised=state.raised.model_copy(update={"proposed_lead": fact.to_agency}))
            case Responded():
                return _listed(state, "response", recorded)
            case CheckCommissioned():
                return _listed(state, "check", recorded)
        return state

    def rows(self, state: Folded) -> dict[Key, Row]:
        if state.raised is None or state.thing is None:
            return {}
        return {Key(TABLE, str(state.thing)): _row(state, state.thing, state.raised), **state.told.entries}


def _listed(state: Folded, kind: str, recorded: Recorded) -> Folded:
    entries = noted(state.told.entries, kind, recorded, written(recorded))
    return changed(state, told=changed(state.told, entries=entries))


def _row(state: Folded, thing: UUID, raised: Raised) -> RecommendationRow:
    life = state.recommendation.life
    return RecommendationRow(
        **life_columns(life, state.told),
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
        addressed_to=tuple(dict.fromkeys(state.recommendation.asked)),
        response_due_on=state.recommendation.response_due_on,
        draft=state.recommendation.draft,
        draft_for=state.recommendation.draft_for,
        reopened_on=life.reopened_on,
        lead_answer=_value(lead_answer(life)),
        lead_response=_entry(thing, lead_response(life)),
        refused_on=refused_on(life),
        refusals=tuple(entry_id(thing, each.version) for each in refusals(state.recommendation).values()),
        answers=tuple(sorted(answer.value for answer in set(life.responses.values()))),
        answered=tuple(sorted({*life.responses, *map(life.current, life.responses)})),
        **_clock_columns(response_clocks(state.asked, state.recommendation)),
    )


def coded_as(themes: Iterable[str]) -> UUID:
    """What names a set of themes: alike for the same themes, in whatever order and however often they are named."""
    return uuid5(NAMESPACE_OID, orjson.dumps(sorted(set(themes))).decode())


def _clock_columns(clocks: Sequence[ResponseClock]) -> dict[str, Any]:
    running = [clock for clock in clocks if clock.stopped_on is None]
    return {
        "awaited": tuple(clock.agency for clock in running),
        "awaited_until": tuple(clock.due_on for clock in running),
        "clocks": [told(clock) for clock in clocks],
    }


def _value(answer: Answer | None) -> str | None:
    return None if answer is None else answer.value


def _entry(thing: UUID, response: Response | None) -> UUID | None:
    return None if response is None else entry_id(thing, response.version)
