"""An agency's return on its standing duties, as its rules read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from domain.changing import changed
from domain.duties.events import DutiesConfirmed, DutiesTransferred
from domain.duties.state import Duties, arisen, confirmed, transferred
from domain.facts import Recorded
from domain.returns.events import ReturnCalled

SPACE = uuid5(UUID(int=0), "return")


@dataclass(frozen=True)
class Return:
    version: int = 0
    agency: str = ""
    duties: Duties = field(default_factory=dict)


def return_id(agency: str, year: int, period: int) -> UUID:
    """One stream for each agency and period, so that no return is called for twice."""
    return uuid5(SPACE, f"{agency}:{year}:{period}")


def evolve(state: Return, recorded: Recorded) -> Return:
    version = max(state.version, recorded.originator_version)
    return changed(state, version=version, **_changes(state, recorded))


def _changes(state: Return, recorded: Recorded) -> Mapping[str, Any]:
    match recorded.fact:
        case ReturnCalled() as fact:
            owed = arisen(state.duties, recorded.originator_id, fact.duties, fact.obliged, fact.happened_on)
            return {"agency": fact.agency, "duties": owed}
        case DutiesConfirmed() as fact:
            return {"duties": confirmed(state.duties, fact)}
        case DutiesTransferred() as fact:
            return {"duties": transferred(state.duties, fact)}
        case _:
            return {}
