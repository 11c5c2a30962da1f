"""From the facts of the partnership to what it was called when."""

from typing import Any, NamedTuple

from domain.partnership.state import Partnership, evolve
from domain.shared.facts import Recorded
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind
from projections.engine.timeline import Key, Row

# What the partnership was called when, and which frameworks it followed.
TABLE = "partnership_history"


class PartnershipRow(NamedTuple):
    """The columns of `partnership_history` beside what it is of and its two clocks."""

    key: str
    name: str
    time_zone: str
    demonstration: bool
    frameworks: Any


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
