"""An agency is called to account for its standing duties, answers standard by standard, and is judged."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.dates import (
    it_follows_what_is_recorded,
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
)
from domain.duties.events import DutyOwed
from domain.given import Given
from domain.returns import rules
from domain.returns.commands import Assessments, CallReturns, Improvements, ReturnVerdict, SubmitReturn
from domain.returns.events import Improvement, ReturnCalled, ReturnJudged, ReturnSubmitted, StandardAssessed
from domain.returns.state import Return
from domain.words import DutyHolder

if TYPE_CHECKING:
    from domain.frameworks import Framework

ROLE = "agency"


def call(agency: str, command: CallReturns, given: Given) -> ReturnCalled:
    """By the framework in force on the day."""
    nothing_happens_in_the_future(given)
    framework = given.framework
    rules.the_framework_has_standing_duties(framework)
    rules.the_year_has_such_a_period(framework, command.period)
    since, until = framework.duties.period(command.year, command.period)
    rules.the_period_has_begun(given, since)
    due_on = command.due_on or until + timedelta(days=framework.duties.return_within_days)
    rules.there_is_time_to_answer(given, due_on)
    return ReturnCalled(
        happened_on=given.on,
        by=given.by,
        agency=agency,
        framework=framework.key,
        year=command.year,
        period=command.period,
        since=since,
        until=until,
        due_on=due_on,
        duties=_duties(framework, given.agencies.is_a_school(agency)),
        judged_by=framework.duties.judged_by or framework.reporting_body,
        review_id=command.review_id,
    )


def submit(state: Return, command: SubmitReturn, agency: str, given: Given) -> ReturnSubmitted:
    """What the agency finds of itself; a standard may be assessed again until the return is judged."""
    nothing_happens_in_the_future(given)
    nothing_happens_before_it_existed(given, state.called_on)
    it_follows_what_is_recorded(given, state.answered_on)
    rules.the_return_awaits_its_verdict(state)
    rules.something_is_assessed(command.assessments)
    rules.standards_are_of_the_return(state, command.assessments, "assessments")
    rules.improvements_are_about_its_standards(state, command.improvements, "improvements")
    rules.standards_are_the_agencys(state, command.assessments, given.agencies.kin(agency))
    for each in command.assessments:
        it_follows_what_is_recorded(given, state.duties[each.duty_id].moved_on)
    return ReturnSubmitted(
        happened_on=given.on,
        by=given.by,
        agency=agency,
        assessments=_assessed(command.assessments),
        improvements=_improvements(command.id, command.improvements, given),
        narrative=command.narrative,
    )


def judge(state: Return, verdict: ReturnVerdict, body: str | None, given: Given) -> ReturnJudged:
    """What the body finds of what the agency answered; it may find anew, and points that were made stay."""
    nothing_happens_in_the_future(given)
    nothing_happens_before_it_existed(given, state.called_on)
    rules.the_return_has_been_given(state)
    it_follows_what_is_recorded(given, state.answered_on)
    it_follows_what_is_recorded(given, state.judged_on)
    rules.standards_are_of_the_return(state, verdict.assessments, "verdicts", "assessments")
    rules.improvements_are_about_its_standards(state, verdict.improvements, "verdicts", "improvements")
    return ReturnJudged(
        happened_on=given.on,
        by=given.by,
        body=body,
        assessments=_assessed(verdict.assessments),
        improvements=_improvements(verdict.id, verdict.improvements, given),
        narrative=verdict.narrative,
    )


def _assessed(assessments: Assessments) -> tuple[StandardAssessed, ...]:
    return tuple(StandardAssessed.model_validate(each.model_dump()) for each in assessments)


def _improvements(of: UUID, proposed: Improvements, given: Given) -> tuple[Improvement, ...]:
    return tuple(
        Improvement(improvement_id=uuid5(given.new_id, f"{of}:{nth}"), wording=each.wording, duty_id=each.duty_id)
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
