"""A corrected record keeps the order of learning, its dissemination, and the duties that follow from it."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from domain.duties.events import DutiesConfirmed, DutiesTransferred
from domain.duties.state import Duties, arisen, confirmed, transferred
from domain.facts import Fact, Recorded
from domain.refusals import DateBeforeStart, DateOutOfOrder, DueDateInPast
from domain.returns.events import ImprovementsRaised, ReturnCalled, ReturnJudged, ReturnSubmitted
from domain.returns.state import answered
from domain.review.decide_participation import it_makes_sense
from domain.review.events import (
    Commissioned,
    LearningDisseminated,
    LearningIdentified,
    LearningTakenUp,
    ParticipationRecorded,
)
from domain.review.rules_of_dissemination import it_goes_to_somebody

FIELD = "newValue"
Stream = Sequence[Recorded]
AFTER_COMMISSION = (LearningIdentified, LearningDisseminated, LearningTakenUp, ParticipationRecorded)


def duties_keep_their_order(stream: Stream) -> None:
    """`stream`: as corrections would leave it, in the order of versions."""
    learning_follows_the_commission(stream)
    learning_is_identified_first(stream)
    learning_goes_to_somebody(stream)
    participation_makes_sense(stream)
    a_duty_is_due_after_it_has_arisen(stream)
    a_duty_arises_before_it_is_confirmed(stream)
    a_return_is_called_answered_and_judged_in_this_order(stream)
    an_improvement_is_made_before_it_becomes_work(stream)


def learning_follows_the_commission(stream: Stream) -> None:
    """A case may have been referred long before."""
    commissioned_on = next((each.fact.happened_on for each in stream if isinstance(each.fact, Commissioned)), date.min)
    for each in stream:
        day = each.fact.happened_on
        learned = isinstance(each.fact, AFTER_COMMISSION)
        if learned and day < commissioned_on:
            raise DateBeforeStart(f"{day} would be before {commissioned_on}, when the review was commissioned.", FIELD)


def learning_is_identified_first(stream: Stream) -> None:
    identified = {
        each.fact.learning_id: each.fact.happened_on for each in stream if isinstance(each.fact, LearningIdentified)
    }
    for fact in (each.fact for each in stream):
        if isinstance(fact, LearningDisseminated):
            day = fact.happened_on
            last = max((identified[point] for point in fact.learning if point in identified), default=day)
            if day < last:
                raise DateOutOfOrder(f"{day} would be before {last}, when its learning was identified.", FIELD)
        if isinstance(fact, LearningTakenUp) and fact.happened_on < identified[fact.learning_id]:
            first = identified[fact.learning_id]
            raise DateOutOfOrder(f"{fact.happened_on} would be before {first}, when it was identified.", FIELD)


def learning_goes_to_somebody(stream: Stream) -> None:
    for fact in (each.fact for each in stream):
        if isinstance(fact, LearningDisseminated):
            it_goes_to_somebody(fact.agencies, fact.bodies, FIELD, public=fact.public, media=fact.media)


def participation_makes_sense(stream: Stream) -> None:
    for fact in (each.fact for each in stream):
        if isinstance(fact, ParticipationRecorded):
            it_makes_sense(fact, invited=FIELD, took_part=FIELD, said=FIELD)


def a_duty_is_due_after_it_has_arisen(stream: Stream) -> None:
    for each in stream:
        match each.fact:
            case LearningDisseminated(confirm_by=due_on) | ReturnCalled(due_on=due_on):
                if due_on < each.fact.happened_on:
                    raise DueDateInPast(f"{due_on} would be before {each.fact.happened_on}, when it was set.", FIELD)


def a_duty_arises_before_it_is_confirmed(stream: Stream) -> None:
    """And what moved before it was confirmed still has."""
    duties: Duties = {}
    for each in stream:
        match each.fact:
            case LearningDisseminated() as fact:
                duties = arisen(duties, fact.dissemination_id, fact.duties, fact.obliged, fact.happened_on)
            case ReturnCalled() as fact:
                duties = arisen(duties, each.originator_id, fact.duties, fact.obliged, fact.happened_on)
            case DutiesTransferred() as fact:
                duties = transferred(duties, fact)
            case DutiesConfirmed() as fact:
                _all_follow(fact, fact.duties, duties)
                duties = confirmed(duties, fact)
            case ReturnSubmitted() as fact:
                _all_follow(fact, (each.duty_id for each in fact.assessments), duties)
                duties = answered(duties, fact)


def _all_follow(fact: Fact, named: Iterable[UUID], duties: Duties) -> None:
    day = fact.happened_on
    for duty in (duties[id] for id in named):
        if day < duty.arisen_on:
            raise DateOutOfOrder(f"{day} would be before {duty.arisen_on}, when the duty arose.", FIELD)
        if duty.moved_on is not None and day < duty.moved_on:
            raise DateOutOfOrder(f"{day} would be before {duty.moved_on}, when the duty was transferred.", FIELD)


def a_return_is_called_answered_and_judged_in_this_order(stream: Stream) -> None:
    """A verdict needs an answer of that day or an earlier one."""
    answers = [each.fact.happened_on for each in stream if isinstance(each.fact, ReturnSubmitted | DutiesConfirmed)]
    for fact in (each.fact for each in stream):
        if isinstance(fact, ReturnJudged) and (not answers or min(answers) > fact.happened_on):
            raise DateOutOfOrder(f"The return was judged on {fact.happened_on}, when it had not been given.", FIELD)


def an_improvement_is_made_before_it_becomes_work(stream: Stream) -> None:
    made = {
        point.improvement_id: each.fact.happened_on
        for each in stream
        if isinstance(each.fact, ReturnSubmitted | ReturnJudged)
        for point in each.fact.improvements
    }
    for fact in (each.fact for each in stream):
        for work in fact.raised if isinstance(fact, ImprovementsRaised) else ():
            if made.get(work.improvement_id, date.max) > fact.happened_on:
                raise DateOutOfOrder(f"An improvement of it became work on {fact.happened_on}.", FIELD)
