"""From the facts of a return to its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from domain.changing import changed
from domain.facts import Recorded
from domain.returns.events import ReturnCalled
from projections.bitemporal import Key, Row
from projections.owed import Owed, told
from projections.returns.history_row import TABLE, ReturnRow


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    version: int = 0
    thing: UUID | None = None
    called: ReturnCalled | None = None
    owed: Owed = field(default_factory=dict)


class ReturnFold:
    def start(self) -> Folded:
        return Folded()

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        version = max(state.version, recorded.originator_version)
        state = changed(state, version=version, owed=told(state.owed, recorded))
        if isinstance(recorded.fact, ReturnCalled):
            return changed(state, thing=recorded.originator_id, called=recorded.fact)
        return state

    def rows(self, state: Folded) -> Mapping[Key, Row]:
        if state.called is None or state.thing is None:
            return {}
        return {Key(TABLE, str(state.thing)): _row(state, state.called), **state.owed}


def _row(state: Folded, called: ReturnCalled) -> ReturnRow:
    return ReturnRow(
        version=state.version,
        agency=called.agency,
        framework=called.framework,
        year=called.year,
        period=called.period,
        since=called.since,
        until=called.until,
        called_on=called.happened_on,
        due_on=called.due_on,
    )
