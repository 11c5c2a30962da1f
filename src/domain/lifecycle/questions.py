"""Words with one meaning (language.md), as pure questions.

`life` is the life as of the day asked about: folded, in effective order, from the facts that took effect by then.
"""

from collections.abc import Iterator
from datetime import date

from domain.lifecycle.state import Closure, Lifecycle, Response
from domain.shared.vocabulary import Answer, ClosureOutcome, EvidenceVerdict, Impact, Stage


def stage(life: Lifecycle) -> Stage:
    if life.closure is not None:
        made_a_difference = life.impact in {Impact.EMBEDDED, Impact.PARTLY_EMBEDDED}
        return Stage.IMPACT_VERIFIED if made_a_difference else Stage.CLOSED
    if life.lead is None:
        return Stage.RAISED
    return Stage.EVIDENCED if _evidence_stands(life) else Stage.ASSIGNED


def open_on(life: Lifecycle, on: date) -> bool:
    """Assigned on that day and not closed."""
    return life.lead is not None and life.raised_on is not None and life.raised_on <= on and life.closure is None


def overdue(life: Lifecycle, on: date) -> bool:
    """Open, due before that day, not completed by it, and no unjudged claim of its lead filed in time."""
    return _late(life, on, life.due_on)


def overdue_against_original(life: Lifecycle, on: date) -> bool:
    """As overdue, by the first due date that was set."""
    return _late(life, on, life.first_due_on)


def days_overdue(life: Lifecycle, on: date) -> int:
    """Calendar days since the due date; 0 where it is not overdue."""
    return (on - life.due_on).days if life.due_on is not None and overdue(life, on) else 0


def awaiting_review(life: Lifecycle) -> bool:
    """A claim or evidence has no verdict yet; the item may be overdue as well. What is closed awaits none."""
    return awaiting_since(life) is not None


def awaiting_since(life: Lifecycle) -> date | None:
    """The day of the earliest evidence that awaits its verdict."""
    if life.closure is not None:
        return None
    return min((each.submitted_on for each in life.evidence if each.awaiting and each.submitted_on), default=None)


def verdicts(life: Lifecycle) -> set[EvidenceVerdict]:
    """The verdicts that its evidence is shown with; what was withdrawn, or left when it was closed, got none."""
    return {each.verdict for each in life.evidence if each.submitted_on}


def awaiting_impact(life: Lifecycle) -> bool:
    """Closed as implemented, and nobody has said yet whether it made a difference."""
    return life.closure is not None and life.closure.outcome is ClosureOutcome.IMPLEMENTED and life.impact is None


def finished(life: Lifecycle) -> bool:
    """Nothing is left to do or to judge: verified as embedded, at least in part, or closed without being done."""
    closure = life.closure
    return stage(life) is Stage.IMPACT_VERIFIED or (
        closure is not None and closure.outcome is not ClosureOutcome.IMPLEMENTED
    )


def challenged(life: Lifecycle) -> bool:
    return bool(life.challenges)


def unassigned(life: Lifecycle) -> bool:
    """Raised, never assigned; counted, never forgotten."""
    return life.raised_on is not None and life.lead is None and life.closure is None


def lead_response(life: Lifecycle) -> Response | None:
    """Its lead's latest; a merged agency's stands for its successor's until that gives one of its own."""
    return None if life.lead is None else life.response_of(life.lead)


def lead_answer(life: Lifecycle) -> Answer | None:
    response = lead_response(life)
    return None if response is None else response.answer


def refused_on(life: Lifecycle) -> date | None:
    """The day of its lead's latest response, where that is *not accepted*."""
    response = lead_response(life)
    return response.on if response is not None and response.answer is Answer.NOT_ACCEPTED else None


def excused(life: Lifecycle, due_on: date) -> bool:
    """Its lead's latest response is *not accepted* and was given by the due date; given later it clears nothing."""
    day = refused_on(life)
    return day is not None and day <= due_on


def _late(life: Lifecycle, on: date, due_on: date | None) -> bool:
    if due_on is None or due_on >= on or not open_on(life, on) or excused(life, due_on):
        return False
    return not (_completed_by(life, on) or _claimed_by(life, due_on))


def _completed_by(life: Lifecycle, on: date) -> bool:
    return life.completed_on is not None and life.completed_on <= on


def _claimed_by(life: Lifecycle, due_on: date) -> bool:
    return any(
        each.counts
        and each.awaiting
        and each.claims_complete
        and each.by_lead
        and each.submitted_on is not None
        and each.submitted_on <= due_on
        for each in life.evidence
    )


def _evidence_stands(life: Lifecycle) -> bool:
    return any(each.counts and (each.awaiting or each.accepted) for each in life.evidence)


# When a life was open and when it was closed: spells, each from a day up to the day on which the next begins.


def closed_spells(life: Lifecycle) -> tuple[tuple[Closure, date], ...]:
    """Every closure there was, and up to which day it stood."""
    standing = () if life.closure is None else ((life.closure, date.max),)
    return (*life.ended_closures, *standing)


def open_spells(life: Lifecycle) -> Iterator[tuple[date, date]]:
    if life.raised_on is None:
        return
    began = (life.raised_on, *(reopened_on for _, reopened_on in life.ended_closures))
    ended = (*(closure.closed_on for closure, _ in closed_spells(life)), date.max)
    yield from zip(began, ended, strict=False)
