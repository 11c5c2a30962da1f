"""From the facts of an action to its rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.action.events import Raised
from domain.action.state import Action, evolve
from domain.shared.facts import Recorded, fast_replace
from projections.engine.timeline import Key, Row
from projections.histories.lifecycle import EntryState, apply_to_entries, counted, lapsed, life_columns
from projections.histories.parts import reference_key

# What was known when of each action.
TABLE = "action_history"


class ActionRow(NamedTuple):
    """The columns of `action_history` beside what it is of and its two clocks."""

    version: int
    reference: str
    reference_key: str
    wording: str
    stage: str
    review: UUID
    themes: tuple[str, ...]
    lead: str | None
    contributing: tuple[str, ...]
    parties: tuple[str, ...]
    readers: tuple[str, ...]
    sides: int
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
    recommendation: UUID
    bodies_of: str | None
    ended_leads: tuple[str, ...]


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    action: Action
    entry_state: EntryState
    id: UUID | None = None
    raised: Raised | None = None


INITIAL = Folded(Action(), EntryState({}))


class ActionFold:
    def start(self) -> Folded:
        return INITIAL

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        now = evolve(state.action, recorded)
        listed = counted(apply_to_entries(state.entry_state, recorded), recorded, now.life)
        state = fast_replace(state, action=now, entry_state=lapsed(listed, recorded, now.life))
        if isinstance(recorded.fact, Raised):
            return fast_replace(state, id=recorded.originator_id, raised=recorded.fact)
        return state

    def rows(self, state: Folded) -> dict[Key, Row]:
        if state.raised is None or state.id is None:
            return {}
        return {Key(TABLE, str(state.id)): _row(state, state.raised), **state.entry_state.entries}


def _row(state: Folded, raised: Raised) -> ActionRow:
    return ActionRow(
        **life_columns(state.action.life, state.entry_state),
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
