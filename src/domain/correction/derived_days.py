"""Days that a framework gave by its lengths of time: they move with the day that they were counted from."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from domain.action.events import Raised as ActionRaised
from domain.challenge.events import Escalated, Issued
from domain.frameworks.parts import ResponseTime
from domain.lifecycle.events import Closed
from domain.recommendation.events import Raised
from domain.review.clocks import deadline_of, falls_due
from domain.review.events import ClockStarted, Commissioned, LearningDisseminated, Referred
from domain.shared.dates import add_working_days
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Recorded
from domain.shared.vocabulary import ClosureOutcome, DeadlineUnit

if TYPE_CHECKING:
    from domain.frameworks import Deadline, Framework

Derived = Iterator[tuple[str, date | None]]


def derived_days(was: Recorded, now: Recorded, stream: tuple[Recorded, ...], context: DecisionContext) -> Derived:
    """The field, as partners name it, and its day by what the fact says `now`; nothing for a day that was stated."""
    framework = _framework(stream, context)
    before, after = was.fact, now.fact
    match before, after:
        case ClockStarted(), ClockStarted() if "dueOn" not in now.corrected and framework:
            deadline = deadline_of(framework, after.clock)
            starts = (before.started_on, after.started_on)
            yield from _moved("dueOn", *starts, before.due_on, deadline, before.due_stated)
        case Closed(), Closed() if framework:
            yield from _impact_due(was, now, before, after, framework)
        case LearningDisseminated(), LearningDisseminated() if "confirmBy" not in now.corrected and framework:
            in_days = ResponseTime(length=framework.duties.confirm_within_days, unit=DeadlineUnit.DAYS)
            days = (before.happened_on, after.happened_on)
            yield from _moved("confirmBy", *days, before.confirm_by, in_days, before.due_stated)
        case Raised(), Raised() if "responseDueOn" not in now.corrected and before.response_due_on and framework:
            days = (before.happened_on, after.happened_on)
            within = framework.recommendation_response
            yield from _moved("responseDueOn", *days, before.response_due_on, within, before.due_stated)
        case ((Issued() | Escalated()), (Issued() | Escalated())) if "responseDueOn" not in now.corrected:
            if before.happened_on != after.happened_on and after.working_days is not None:
                yield "responseDueOn", add_working_days(after.happened_on, after.working_days)


def _impact_due(was: Recorded, now: Recorded, before: Closed, after: Closed, framework: "Framework") -> Derived:
    """Only of what was implemented; nothing stated is left of a day on which its impact is not verified."""
    months = ResponseTime(length=framework.impact_due_months, unit=DeadlineUnit.MONTHS)
    implemented = ClosureOutcome.IMPLEMENTED
    if after.outcome is not implemented:
        yield "impactDueOn", None
    elif after.impact_due_on is None and "impactDueOn" not in now.corrected:
        yield "impactDueOn", falls_due(months, after.happened_on)
    elif before.impact_due_on is not None and "impactDueOn" not in now.corrected:
        days = (before.happened_on, after.happened_on)
        yield from _moved("impactDueOn", *days, before.impact_due_on, months, before.due_stated)


def _moved(
    name: str,
    start: date,
    new_start: date,
    due_on: date,
    within: "ResponseTime | Deadline | None",
    stated: bool | None,
) -> Derived:
    """Of a fact that does not say whether its day was stated: whatever its framework's length gives was derived."""
    if start == new_start or stated:
        return
    if within is not None and falls_due(within, start) == due_on:
        yield name, falls_due(within, new_start)
    elif stated is False:
        yield name, new_start + (due_on - start)


def _framework(stream: tuple[Recorded, ...], context: DecisionContext) -> "Framework | None":
    """The review's own, whatever has succeeded it since."""
    key: str | None = None
    for each in stream:
        match each.fact:
            case Raised(review_id=review) | ActionRaised(review_id=review):
                return _framework(context.recorded(review), context)
            case Commissioned(framework=framework) | Referred(framework=framework):
                key = framework
    return context.frameworks.get(key) if key else None
