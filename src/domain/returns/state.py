"""An agency's return on its standing duties, as its rules read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from domain.duties.events import DutiesConfirmed, DutiesTransferred
from domain.duties.state import Duties, arisen, confirmed, transferred
from domain.returns.events import Improvement, ImprovementsRaised, ReturnCalled, ReturnJudged, ReturnSubmitted
from domain.shared.dates import later
from domain.shared.facts import Recorded, fast_replace

SPACE = uuid5(UUID(int=0), "return")


@dataclass(frozen=True)
class Return:
    """
    `answered_on`: when the agency last assessed itself or confirmed a duty; `judged_on`: when it was last judged.
    `improvements` are the points that were made, those in `raised` have become work.
    """

    version: int = 0
    agency: str = ""
    framework: str = ""
    judged_by: str | None = None
    review_id: UUID | None = None
    called_on: date | None = None
    answered_on: date | None = None
    judged_on: date | None = None
    raised_on: date | None = None
    improvements: tuple[Improvement, ...] = ()
    raised: frozenset[UUID] = frozenset()
    duties: Duties = field(default_factory=dict)


def return_id(agency: str, year: int, period: int) -> UUID:
    """One stream for each agency and period, so that no return is called for twice."""
    return uuid5(SPACE, f"{agency}:{year}:{period}")


def evolve(state: Return, recorded: Recorded) -> Return:
    version = max(state.version, recorded.originator_version)
    return fast_replace(state, version=version, **_changes(state, recorded))


def _changes(state: Return, recorded: Recorded) -> Mapping[str, Any]:
    match recorded.fact:
        case ReturnCalled() as fact:
            owed = arisen(state.duties, recorded.originator_id, fact.duties, fact.obliged, fact.happened_on)
            return {
                "agency": fact.agency,
                "framework": fact.framework,
                "judged_by": fact.judged_by,
                "review_id": fact.review_id,
                "called_on": fact.happened_on,
                "duties": owed,
            }
        case ReturnSubmitted() as fact:
            return {
                "duties": answered(state.duties, fact),
                "answered_on": later(state.answered_on, fact.happened_on),
                "improvements": (*state.improvements, *fact.improvements),
            }
        case ReturnJudged() as fact:
            return {
                "judged_on": later(state.judged_on, fact.happened_on),
                "improvements": (*state.improvements, *fact.improvements),
            }
        case ImprovementsRaised() as fact:
            raised = state.raised.union(each.improvement_id for each in fact.raised)
            return {"raised": raised, "raised_on": later(state.raised_on, fact.happened_on)}
        case DutiesConfirmed() as fact:
            return {"duties": confirmed(state.duties, fact), "answered_on": later(state.answered_on, fact.happened_on)}
        case DutiesTransferred() as fact:
            return {"duties": transferred(state.duties, fact)}
        case _:
            return {}


def answered(duties: Duties, fact: ReturnSubmitted) -> Duties:
    """What is assessed is answered for, however far it is met; an answer that was given first keeps its day."""
    open_duties = (duties[each.duty_id] for each in fact.assessments if each.duty_id in duties)
    done = {duty.id: replace(duty, done_on=fact.happened_on) for duty in open_duties if duty.done_on is None}
    return {**duties, **done}
