"""From the facts of an action to its rows."""

from dataclasses import dataclass
from uuid import UUID

from domain.action.events import Raised
from domain.action.state import Action, evolve
from domain.facts import Recorded
from domain.fast_replace import changed
from projections.actions.history_row import TABLE, ActionRow
from projections.bitemporal import Key, Row
from projections.lifecycle import Told, counted, lapsed, life_columns, tell
from projections.references import reference_key


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    action: Action
    told: Told
    thing: UUID | None = None
    raised: Raised | None = None


NOTHING_TOLD = Folded(Action(), Told({}))


class ActionFold:
    def start(self) -> Folded:
        return NOTHING_TOLD

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        now = evolve(state.action, recorded)
        listed = counted(tell(state.told, recorded), recorded, now.life)
        state = changed(state, action=now, told=lapsed(listed, recorded, now.life))
        if isinstance(recorded.fact, Raised):
            return changed(state, thing=recorded.originator_id, raised=recorded.fact)
        return state

    def rows(self, state: Folded) -> dict[Key, Row]:
        if state.raised is None or state.thing is None:
            return {}
        return {Key(TABLE, str(state.thing)): _row(state, state.raised), **state.told.entries}


def _row(state: Folded, raised: Raised) -> ActionRow:
    return ActionRow(
        **life_columns(state.action.life, state.told),
        reference=raised.reference,
        reference_key=reference_key(raised.reference),
        wording=raised.wording,
        review=raised.review_id,
        themes=raised.themes,
        monitored_by=state.action.reporting.bodies,
        bodies_of=state.action.reporting.framework,
        measure_of_effectiveness=raised.measure_of_effectiveness,
        recommendation=raised.recommendation_id,
        ended_leads=tuple(state.action.life.ended_leads),
    )
