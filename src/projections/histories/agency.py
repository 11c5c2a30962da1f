"""From the facts about agencies to what each was called when."""

from typing import NamedTuple

from domain.agency.state import Agencies, evolve
from domain.shared.facts import Recorded
from projections.engine.timeline import Key, Row

# What each agency was called when, and what became of it.
TABLE = "agency_history"


class AgencyRow(NamedTuple):
    """The columns of `agency_history` beside what it is of and its two clocks."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    succeeded_by: str | None


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
