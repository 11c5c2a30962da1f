"""From the facts of the partnership to what it was called when."""

from domain.facts import Recorded
from domain.partnership.state import Partnership, evolve
from domain.stream_ids import SINGLE
from domain.words import Kind
from projections.bitemporal import Key, Row
from projections.partnership.history_row import TABLE, PartnershipRow


class PartnershipFold:
    def start(self) -> Partnership:
        return Partnership()

    def step(self, state: Partnership, recorded: Recorded) -> Partnership:
        return evolve(state, recorded)

    def rows(self, state: Partnership) -> dict[Key, Row]:
        return {Key(TABLE, str(SINGLE[Kind.PARTNERSHIP])): _row(state)} if state.created_on else {}


def _row(state: Partnership) -> PartnershipRow:
    began_on = min([day for day in (state.created_on, *(term.from_day for term in state.adopted)) if day])
    first = [{"framework": state.first_framework, "from": str(began_on)}]
    adopted = [{"framework": term.framework, "from": str(term.from_day)} for term in state.adopted]
    return PartnershipRow(
        key=state.key,
        name=state.name,
        time_zone=state.time_zone,
        demonstration=state.demonstration,
        frameworks=first + adopted,
    )
