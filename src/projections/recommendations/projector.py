"""From the facts of a recommendation to its rows."""

from dataclasses import dataclass
from uuid import UUID

from domain.changing import changed
from domain.facts import Recorded
from domain.lifecycle.events import Transferred
from domain.recommendation.events import Raised, Responded
from domain.recommendation.state import Recommendation, evolve
from domain.words import Answer
from projections.bitemporal import Key, Row
from projections.entries import noted, written
from projections.lifecycle import Told, life_columns, tell
from projections.recommendations.history_row import TABLE, RecommendationRow


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    recommendation: Recommendation
    told: Told
    thing: UUID | None = None
    raised: Raised | None = None


class RecommendationFold:
    def start(self) -> Folded:
        return Folded(Recommendation(), Told({}))

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        state = changed(state, recommendation=evolve(state.recommendation, recorded), told=tell(state.told, recorded))
        match recorded.fact:
            case Raised() as fact:
                return changed(state, thing=recorded.originator_id, raised=fact)
            case Transferred(merged=True) as fact if state.raised and state.raised.proposed_lead == fact.from_agency:
                return changed(state, raised=state.raised.model_copy(update={"proposed_lead": fact.to_agency}))
            case Responded():
                answer = noted(state.told.entries, "response", recorded, written(recorded))
                return changed(state, told=changed(state.told, entries=answer))
        return state

    def rows(self, state: Folded) -> dict[Key, Row]:
        if state.raised is None or state.thing is None:
            return {}
        return {Key(TABLE, str(state.thing)): _row(state, state.raised), **state.told.entries}


def _row(state: Folded, raised: Raised) -> RecommendationRow:
    life = state.recommendation.life
    return RecommendationRow(
        **life_columns(life, state.told),
        reference=raised.reference,
        wording=raised.wording,
        review=raised.review_id,
        themes=raised.themes,
        monitored_by=state.recommendation.reporting.bodies,
        bodies_of=state.recommendation.reporting.framework,
        measure_of_effectiveness=raised.measure_of_effectiveness,
        need=raised.need,
        means_of_improvement=raised.means_of_improvement,
        learning=raised.learning,
        proposed_lead=raised.proposed_lead,
        addressed_to=tuple(dict.fromkeys(state.recommendation.may_answer)),
        response_due_on=raised.response_due_on,
        lead_answer=_value(life.responses.get(life.lead or "")),
        answers=tuple(sorted(answer.value for answer in set(life.responses.values()))),
        answered=tuple(sorted(life.responses)),
    )


def _value(answer: Answer | None) -> str | None:
    return None if answer is None else answer.value
