"""An agency is called to account for its standing duties, answers standard by standard, and is judged."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.duties.events import DutyOwed
from domain.returns import rules
from domain.returns.commands import Assessments, CallReturns, Improvements, ReturnVerdict, SubmitReturn
from domain.returns.events import Improvement, ReturnCalled, ReturnJudged, ReturnSubmitted, StandardAssessed
from domain.returns.state import Return
from domain.shared.dates import (
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
    the_day_follows_what_is_recorded,
)
from domain.shared.decision_context import DecisionContext
from domain.shared.vocabulary import DutyHolder

if TYPE_CHECKING:
    from domain.frameworks import Framework

ROLE = "agency"


def call(agency: str, command: CallReturns, context: DecisionContext) -> ReturnCalled:
    """By the framework in force on the day."""
    nothing_happens_in_the_future(context)
    framework = context.framework
    rules.the_framework_has_standing_duties(framework)
    rules.the_year_has_such_a_period(framework, command.period)
    since, until = framework.duties.period(command.year, command.period)
    rules.the_period_has_begun(context, since)
    due_on = command.due_on or until + timedelta(days=framework.duties.return_within_days)
    rules.there_is_time_to_answer(context, due_on)
    return ReturnCalled(
        happened_on=context.on,
        by=context.by,
        agency=agency,
        framework=framework.key,
        year=command.year,
        period=command.period,
        since=since,
        until=until,
        due_on=due_on,
        duties=_duties(framework, context.agencies.is_a_school(agency)),
        judged_by=framework.duties.judged_by or framework.reporting_body,
        review_id=command.review_id,
    )


def submit(state: Return, command: SubmitReturn, agency: str, context: DecisionContext) -> ReturnSubmitted:
    """What the agency finds of itself; a standard may be assessed again until the return is judged."""
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, state.called_on)
    the_day_follows_what_is_recorded(context, state.answered_on)
    rules.the_return_awaits_its_verdict(state)
    rules.something_is_assessed(command.assessments)
    rules.standards_are_of_the_return(state, command.assessments, "assessments")
    rules.improvements_are_about_its_standards(state, command.improvements, "improvements")
    rules.standards_are_the_agencys(state, command.assessments, context.agencies.kin(agency))
    for each in command.assessments:
        the_day_follows_what_is_recorded(context, state.duties[each.duty_id].moved_on)
    return ReturnSubmitted(
        happened_on=context.on,
        by=context.by,
        agency=agency,
        assessments=_assessed(command.assessments),
        improvements=_improvements(command.id, command.improvements, context),
        narrative=command.narrative,
    )


def judge(state: Return, verdict: ReturnVerdict, body: str | None, context: DecisionContext) -> ReturnJudged:
    """What the body finds of what the agency answered; it may find anew, and points that were made stay."""
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, state.called_on)
    rules.the_return_has_been_given(state)
    the_day_follows_what_is_recorded(context, state.answered_on)
    the_day_follows_what_is_recorded(context, state.judged_on)
    rules.standards_are_of_the_return(state, verdict.assessments, "verdicts", "assessments")
    rules.improvements_are_about_its_standards(state, verdict.improvements, "verdicts", "improvements")
    return ReturnJudged(
        happened_on=context.on,
        by=context.by,
        body=body,
        assessments=_assessed(verdict.assessments),
        improvements=_improvements(verdict.id, verdict.improvements, context),
        narrative=verdict.narrative,
    )


def _assessed(assessments: Assessments) -> tuple[StandardAssessed, ...]:
    return tuple(StandardAssessed.model_validate(each.model_dump()) for each in assessments)


def _improvements(of: UUID, proposed: Improvements, context: DecisionContext) -> tuple[Improvement, ...]:
    return tuple(
        Improvement(improvement_id=uuid5(context.new_id, f"{of}:{nth}"), wording=each.wording, duty_id=each.duty_id)
        for nth, each in enumerate(proposed, 1)
    )


def _duties(framework: "Framework", school: bool) -> tuple[DutyOwed, ...]:
    return tuple(
        DutyOwed(
            key=each.key,
            role=ROLE,
            wording=(each.wording_for_schools if school else None) or each.wording,
            held_by=DutyHolder.AGENCY,
        )
        for each in framework.duties.standing
    )
