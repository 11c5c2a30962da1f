"""From the facts of a return to its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.duties.events import DutiesConfirmed
from domain.returns.events import Improvement, ImprovementsRaised, ReturnCalled, ReturnJudged, ReturnSubmitted
from domain.shared.dates import later
from domain.shared.facts import Recorded, fast_replace
from projections.engine.timeline import Key, Row
from projections.histories.duty import DutyRows, apply_to_duties

# What was known when of each agency's return on its standing duties.
TABLE = "return_history"


class ReturnRow(NamedTuple):
    """The columns of `return_history` beside what it is of and its two clocks."""

    version: int
    agency: str
    framework: str
    year: int
    period: int
    since: date
    until: date
    called_on: date
    due_on: date
    review: UUID | None
    judge: str | None
    answered_on: date | None
    narrative: str | None
    judged_on: date | None
    verdict: Mapping[str, Any] | None
    improvements: Sequence[Mapping[str, Any]]


Points = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    version: int = 0
    id: UUID | None = None
    called: ReturnCalled | None = None
    answered_on: date | None = None
    narrative: str | None = None
    judged: ReturnJudged | None = None
    improvements: Points = ()
    owed: DutyRows = field(default_factory=dict)


class ReturnFold:
    def start(self) -> Folded:
        return Folded()

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        version = max(state.version, recorded.originator_version)
        return fast_replace(
            state, version=version, owed=apply_to_duties(state.owed, recorded), **_changes(state, recorded)
        )

    def rows(self, state: Folded) -> Mapping[Key, Row]:
        if state.called is None or state.id is None:
            return {}
        return {Key(TABLE, str(state.id)): _row(state, state.called), **state.owed}


def _changes(state: Folded, recorded: Recorded) -> Mapping[str, Any]:
    match recorded.fact:
        case ReturnCalled() as fact:
            return {"id": recorded.originator_id, "called": fact}
        case DutiesConfirmed() as fact:
            return {"answered_on": later(state.answered_on, fact.happened_on)}
        case ReturnSubmitted() as fact:
            return {
                "answered_on": later(state.answered_on, fact.happened_on),
                "narrative": fact.narrative or state.narrative,
                "improvements": (*state.improvements, *_points(fact.improvements, by_judge=False)),
            }
        case ReturnJudged() as fact:
            points = _points(fact.improvements, by_judge=True)
            return {"judged": fact, "improvements": (*state.improvements, *points)}
        case ImprovementsRaised() as fact:
            became = {str(each.improvement_id): {each.kind.value: str(each.id)} for each in fact.raised}
            return {"improvements": tuple({**each, **became.get(each["id"], {})} for each in state.improvements)}
    return {}


def _points(improvements: tuple[Improvement, ...], *, by_judge: bool) -> Points:
    return tuple(
        {
            "id": str(each.improvement_id),
            "wording": each.wording,
            "duty": None if each.duty_id is None else str(each.duty_id),
            "by_judge": by_judge,
        }
        for each in improvements
    )


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
        review=called.review_id,
        judge=called.judged_by,
        answered_on=state.answered_on,
        narrative=state.narrative,
        judged_on=None if state.judged is None else state.judged.happened_on,
        verdict=None if state.judged is None else _verdict(state.judged),
        improvements=list(state.improvements),  # a tuple would be an array to a rebuild
    )


def _verdict(judged: ReturnJudged) -> Mapping[str, Any]:
    return {
        "by": judged.by.model_dump(mode="json"),
        "body": judged.body,
        "narrative": judged.narrative,
        "happened_on": judged.happened_on.isoformat(),
    }
