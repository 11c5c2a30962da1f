"""From the facts about agencies to what each was called when."""

from domain.agency.state import Agencies, evolve
from domain.facts import Recorded
from projections.agencies.history_row import TABLE, AgencyRow
from projections.bitemporal import Key, Row


class AgencyFold:
    def start(self) -> Agencies:
        return Agencies()

    def step(self, state: Agencies, recorded: Recorded) -> Agencies:
        return evolve(state, recorded)

    def rows(self, state: Agencies) -> dict[Key, Row]:
        return {
            Key(TABLE, agency.key): AgencyRow(agency.name, agency.aliases, agency.kind.value, agency.successor)
            for agency in state.all
        }
