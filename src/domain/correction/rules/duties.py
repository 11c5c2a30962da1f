"""A corrected record keeps the order of learning, its dissemination, and the duties that follow from it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from domain.correction.faults import FIELD, Fault, Stream
from domain.duties.events import DutiesConfirmed, DutiesTransferred
from domain.duties.state import Duties, arisen, confirmed, transferred
from domain.returns.events import ImprovementsRaised, ReturnCalled, ReturnJudged, ReturnSubmitted
from domain.returns.state import answered
from domain.review.decide.stages import participation_is_consistent
from domain.review.events import (
    Commissioned,
    LearningDisseminated,
    LearningIdentified,
    LearningTakenUp,
    ParticipationRecorded,
)
from domain.shared.facts import Recorded
from domain.shared.refusals import DateBeforeStart, DateOutOfOrder, DueDateInPast, Invalid, Refusal

AFTER_COMMISSION = (LearningIdentified, LearningDisseminated, LearningTakenUp, ParticipationRecorded)


def learning_follows_the_commission(stream: Stream) -> Iterator[Fault]:
    """A case may have been referred long before."""
    commissioned = next((each for each in stream if isinstance(each.fact, Commissioned)), None)
    for each in stream if commissioned else ():
        day = each.fact.happened_on
        learned = isinstance(each.fact, AFTER_COMMISSION)
        if commissioned and learned and day < commissioned.fact.happened_on:
            began_on = commissioned.fact.happened_on
            sentence = f"{day} would be before {began_on}, when the review was commissioned."
            yield Fault(each, DateBeforeStart, sentence, commissioned)


def learning_is_identified_first(stream: Stream) -> Iterator[Fault]:
    identified = {each.fact.learning_id: each for each in stream if isinstance(each.fact, LearningIdentified)}
    for each in stream:
        match each.fact:
            case LearningDisseminated(learning=learning):
                learned_here = [identified[point] for point in learning if point in identified]
            case LearningTakenUp(learning_id=point):
                learned_here = [identified[point]] if point in identified else []
                if not learned_here:
                    yield Fault(each, Invalid, "It takes up learning that would not have been identified.")
            case _:
                learned_here = []
        for learned in learned_here:
            day, last = each.fact.happened_on, learned.fact.happened_on
            if day < last:
                sentence = f"{day} would be before {last}, when its learning was identified."
                yield Fault(each, DateOutOfOrder, sentence, learned)


def learning_goes_to_somebody(stream: Stream) -> Iterator[Fault]:
    for each in stream:
        match each.fact:
            case LearningDisseminated(agencies=(), bodies=(), public=False, media=False):
                yield Fault(each, Invalid, "It would go to nobody.")


def participation_makes_sense(stream: Stream) -> Iterator[Fault]:
    for each in stream:
        if isinstance(each.fact, ParticipationRecorded):
            try:
                participation_is_consistent(each.fact, invited=FIELD, took_part=FIELD, how_field=FIELD)
            except Refusal as refused:
                yield Fault(each, type(refused), refused.message)


def a_duty_is_due_after_it_has_arisen(stream: Stream) -> Iterator[Fault]:
    for each in stream:
        match each.fact:
            case LearningDisseminated(confirm_by=due_on) | ReturnCalled(due_on=due_on):
                if due_on < each.fact.happened_on:
                    sentence = f"{due_on} would be before {each.fact.happened_on}, when it was set."
                    yield Fault(each, DueDateInPast, sentence)


def a_duty_arises_before_it_is_confirmed(stream: Stream) -> Iterator[Fault]:
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
                yield from _all_follow(each, fact.duties, duties)
                duties = confirmed(duties, fact)
            case ReturnSubmitted() as fact:
                yield from _all_follow(each, (one.duty_id for one in fact.assessments), duties)
                duties = answered(duties, fact)


def _all_follow(each: Recorded, named: Iterable[UUID], duties: Duties) -> Iterator[Fault]:
    day = each.fact.happened_on
    for id in named:
        duty = duties.get(id)
        if duty is None:
            yield Fault(each, Invalid, "It confirms a duty that would not have arisen.")
        elif day < duty.arisen_on:
            yield Fault(each, DateOutOfOrder, f"{day} would be before {duty.arisen_on}, when the duty arose.")
        elif duty.moved_on is not None and day < duty.moved_on:
            yield Fault(each, DateOutOfOrder, f"{day} would be before {duty.moved_on}, when the duty was transferred.")


def a_return_is_called_answered_and_judged_in_this_order(stream: Stream) -> Iterator[Fault]:
    """A verdict needs an answer of that day or an earlier one."""
    answers = [each.fact.happened_on for each in stream if isinstance(each.fact, ReturnSubmitted | DutiesConfirmed)]
    for each in stream:
        day = each.fact.happened_on
        if isinstance(each.fact, ReturnJudged) and (not answers or min(answers) > day):
            yield Fault(each, DateOutOfOrder, f"The return was judged on {day}, when it had not been given.")


def an_improvement_is_made_before_it_becomes_work(stream: Stream) -> Iterator[Fault]:
    made = {
        point.improvement_id: each
        for each in stream
        if isinstance(each.fact, ReturnSubmitted | ReturnJudged)
        for point in each.fact.improvements
    }
    for each in stream:
        for work in each.fact.raised if isinstance(each.fact, ImprovementsRaised) else ():
            making = made.get(work.improvement_id)
            if making is None or making.fact.happened_on > each.fact.happened_on:
                sentence = f"An improvement of it became work on {each.fact.happened_on}."
                yield Fault(each, DateOutOfOrder, sentence, making)
