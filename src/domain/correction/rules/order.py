"""A corrected record keeps the order of facts (rules.md, "Order of facts"); each rule looks at all of a stream."""

from collections.abc import Iterator
from datetime import date

from domain.correction.events import Corrected
from domain.correction.faults import Fault, Faults, Rule, Stream, faults
from domain.correction.rules.duties import (
    a_duty_arises_before_it_is_confirmed,
    a_duty_is_due_after_it_has_arisen,
    a_return_is_called_answered_and_judged_in_this_order,
    an_improvement_is_made_before_it_becomes_work,
    learning_follows_the_commission,
    learning_goes_to_somebody,
    learning_is_identified_first,
    participation_makes_sense,
)
from domain.lifecycle import events as life
from domain.lifecycle.evolve import binds as binds_a_life
from domain.review import events as review
from domain.review.state import BINDING as OF_A_REVIEW
from domain.review.state import Review, evolve
from domain.shared.facts import Recorded, fold
from domain.shared.refusals import DateBeforeStart, DateOutOfOrder, Invalid
from domain.shared.vocabulary import Kind

MAY_BE_LATE = frozenset({life.EvidenceSubmitted, life.Challenged, life.ChallengeEnded})
"""Paper that is found late; and what a challenge is known only later to have been about."""


def facts_keep_their_order(stream: Stream) -> None:
    """`stream`: as corrections would leave it, in the order of versions. Raises the first refusal."""
    for fault in faults_of_order(stream).values():
        raise fault.refused()


def faults_of_order(stream: Stream) -> Faults:
    return faults([each for each in stream if not isinstance(each.fact, Corrected)], RULES)


def nothing_comes_before_the_beginning(stream: Stream) -> Iterator[Fault]:
    first = stream[0]
    for each in stream:
        day, began_on = each.fact.happened_on, first.fact.happened_on
        if day < began_on:
            yield Fault(each, DateBeforeStart, f"{day} would be before {began_on}, when it began.", first)


def what_binds_follows_what_bound(stream: Stream) -> Iterator[Fault]:
    bound: Recorded | None = None
    for each in stream:
        if not _binds(each):
            continue
        if type(each.fact) not in MAY_BE_LATE:
            yield from _follows(each, bound)
        bound = _later(bound, each)


def bodies_agree_before_or_after_they_are_succeeded(stream: Stream) -> Iterator[Fault]:
    """As they did: what a body has agreed stands for its successor, which agrees from the day it took over."""
    last: Recorded | None = None
    for each in stream:
        match each.fact:
            case review.Agreed(body=str()) | life.BodiesSucceeded(agreed_by=(_, *_)):
                yield from _follows(each, last)
                last = each


def _binds(recorded: Recorded) -> bool:
    match recorded.kind:
        case Kind.CHALLENGE:
            return not getattr(recorded.fact, "merged", False)
        case Kind.REVIEW:
            return type(recorded.fact) in OF_A_REVIEW
        case _:
            return binds_a_life(recorded.fact)


def an_answer_follows_what_it_answers(stream: Stream) -> Iterator[Fault]:
    requests: dict[object, Recorded] = {}
    for each in stream:
        match each.fact:
            case life.EvidenceSubmitted(evidence_id=id) | life.ExtensionRequested(extension_id=id):
                requests[id] = each
            case (
                life.EvidenceAccepted(evidence_id=id)
                | life.EvidenceReturned(evidence_id=id)
                | life.ExtensionGranted(extension_id=id)
                | life.ExtensionRefused(extension_id=id)
            ) if id in requests and each.fact.happened_on < requests[id].fact.happened_on:
                day, asked_on = each.fact.happened_on, requests[id].fact.happened_on
                yield Fault(each, DateOutOfOrder, f"{day} would be before {asked_on}, when it was asked.", requests[id])


def a_request_follows_what_was_settled_before_it(stream: Stream) -> Iterator[Fault]:
    """Told of a day before the last answer, an assignment or a reopening, it would be taken for settled with that."""
    settled: Recorded | None = None
    for each in stream:
        match each.fact:
            case life.Assigned() | life.Reopened() | life.ExtensionGranted() | life.ExtensionRefused():
                settled = _later(settled, each)
            case life.ExtensionRequested():
                yield from _follows(each, settled)


def completion_lies_between_opening_and_claim(stream: Stream) -> Iterator[Fault]:
    opened = [stream[0]]
    claimed: dict[object, Recorded] = {}
    for each in stream:
        match each.fact:
            case life.Reopened():
                opened.append(each)
            case life.EvidenceSubmitted(evidence_id=id, completed_on=day):
                claimed[id] = each
                yield from _lies_between(each, day, _open_on(opened, each.fact.happened_on), each)
            case life.Completed(evidence_id=id):
                yield from _lies_between(each, each.fact.happened_on, opened[-1], claimed.get(id, each))


def _open_on(opened: list[Recorded], day: date) -> Recorded:
    """When it had last been opened by then: paper that is found later tells of the time before a reopening."""
    return next((each for each in reversed(opened) if each.fact.happened_on <= day), opened[0])


def _lies_between(at: Recorded, day: date | None, opened: Recorded, claimed: Recorded) -> Iterator[Fault]:
    if day is None:
        return
    began_on, claimed_on = opened.fact.happened_on, claimed.fact.happened_on
    if day < began_on:
        sentence = f"It cannot have been completed on {day}: it was (re)opened on {began_on}."
        yield Fault(at, DateBeforeStart, sentence, opened)
    if day > claimed_on:
        sentence = f"{day} would be after {claimed_on}, when its completion was claimed."
        yield Fault(at, DateOutOfOrder, sentence, claimed)


def an_extension_still_extends(stream: Stream) -> Iterator[Fault]:
    due: date | None = None
    set_by: Recorded | None = None
    for each in stream:
        match each.fact:
            case life.Assigned(due_on=day) | life.Reopened(due_on=day):
                due, set_by = day, each
            case life.ExtensionGranted(until=until):
                if due is not None and until <= due:
                    yield Fault(each, Invalid, f"The extension until {until} would not extend {due}.", set_by)
                due, set_by = until, each


def clocks_run_forward(stream: Stream) -> Iterator[Fault]:
    """Each run starts after the last one stopped, falls due after its start, and stops after it."""
    so_far = Review()
    for each in stream:
        match each.fact:
            case review.ClockStarted(clock=clock, started_on=day, due_on=due_on):
                last = so_far.clocks.get(clock)
                for earlier, later_day in ((day, due_on), ((last and last.stopped_on) or day, day)):
                    if later_day < earlier:
                        yield Fault(each, DateOutOfOrder, _before(later_day, earlier))
            case review.ClockStopped(clock=clock, stopped_on=day) if clock in so_far.clocks:
                if day < so_far.clocks[clock].started_on:
                    yield Fault(each, DateOutOfOrder, _before(day, so_far.clocks[clock].started_on))
        so_far = evolve(so_far, each)
    for run in fold(Review(), evolve, stream).clocks.values():
        if run.stopped_on is not None and run.stopped_on < run.started_on:
            yield Fault(stream[0], DateOutOfOrder, _before(run.stopped_on, run.started_on))


def _later(one: Recorded | None, other: Recorded) -> Recorded:
    return other if one is None or other.fact.happened_on > one.fact.happened_on else one


def _follows(each: Recorded, earlier: Recorded | None) -> Iterator[Fault]:
    if earlier is not None and each.fact.happened_on < earlier.fact.happened_on:
        yield Fault(each, DateOutOfOrder, _before(each.fact.happened_on, earlier.fact.happened_on), earlier)


def _before(day: date, earlier: date) -> str:
    return f"{day} would be before {earlier}, which it has to follow."


RULES: tuple[Rule, ...] = (
    nothing_comes_before_the_beginning,
    what_binds_follows_what_bound,
    bodies_agree_before_or_after_they_are_succeeded,
    an_answer_follows_what_it_answers,
    a_request_follows_what_was_settled_before_it,
    completion_lies_between_opening_and_claim,
    an_extension_still_extends,
    learning_follows_the_commission,
    learning_is_identified_first,
    learning_goes_to_somebody,
    participation_makes_sense,
    a_duty_is_due_after_it_has_arisen,
    a_duty_arises_before_it_is_confirmed,
    a_return_is_called_answered_and_judged_in_this_order,
    an_improvement_is_made_before_it_becomes_work,
    clocks_run_forward,
)
