"""A corrected record keeps the order of facts (rulings.md, "Order of facts"); each rule looks at all of a stream."""

from collections.abc import Sequence
from datetime import date

from domain.correction.events import Corrected
from domain.correction.rules_of_duties import duties_keep_their_order
from domain.dates import later
from domain.facts import Fact, Recorded, fold
from domain.lifecycle import events as life
from domain.lifecycle.evolve import binds as binds_a_life
from domain.refusals import DateBeforeStart, DateOutOfOrder, Invalid
from domain.review import events as review
from domain.review.state import BINDING as OF_A_REVIEW
from domain.review.state import Review, evolve
from domain.words import Kind

FIELD = "newValue"
MAY_BE_LATE = frozenset({life.EvidenceSubmitted})
Stream = Sequence[Recorded]


def facts_keep_their_order(stream: Stream) -> None:
    """`stream`: as corrections would leave it, in the order of versions."""
    told = [each for each in stream if not isinstance(each.fact, Corrected)]
    facts = [each.fact for each in told]
    nothing_comes_before_the_beginning(facts)
    what_binds_follows_what_bound(told)
    bodies_agree_before_or_after_they_are_succeeded(facts)
    an_answer_follows_what_it_answers(facts)
    a_request_follows_what_was_settled_before_it(facts)
    completion_lies_between_opening_and_claim(facts)
    an_extension_still_extends(facts)
    duties_keep_their_order(told)
    clocks_run_forward(told)


def nothing_comes_before_the_beginning(facts: Sequence[Fact]) -> None:
    began_on = facts[0].happened_on
    for fact in facts:
        if fact.happened_on < began_on:
            raise DateBeforeStart(f"{fact.happened_on} would be before {began_on}, when it began.", FIELD)


def what_binds_follows_what_bound(stream: Stream) -> None:
    bound: date | None = None
    for each in stream:
        if not _binds(each):
            continue
        day = each.fact.happened_on
        if bound is not None and day < bound and type(each.fact) not in MAY_BE_LATE:
            raise DateOutOfOrder(f"{day} would be before {bound}, which it has to follow.", FIELD)
        bound = later(bound, day)


def bodies_agree_before_or_after_they_are_succeeded(facts: Sequence[Fact]) -> None:
    """As they did: what a body has agreed stands for its successor, which agrees from the day it took over."""
    last: date | None = None
    for fact in facts:
        match fact:
            case review.Agreed(body=str()) | life.BodiesSucceeded(agreed_by=(_, *_)):
                _follows(fact.happened_on, last or fact.happened_on)
                last = fact.happened_on


def _binds(recorded: Recorded) -> bool:
    match recorded.kind:
        case Kind.CHALLENGE:
            return not getattr(recorded.fact, "merged", False)
        case Kind.REVIEW:
            return type(recorded.fact) in OF_A_REVIEW
        case _:
            return binds_a_life(recorded.fact)


def an_answer_follows_what_it_answers(facts: Sequence[Fact]) -> None:
    asked: dict[object, date] = {}
    for fact in facts:
        match fact:
            case life.EvidenceSubmitted(evidence_id=id) | life.ExtensionRequested(extension_id=id):
                asked[id] = fact.happened_on
            case (
                life.EvidenceAccepted(evidence_id=id)
                | life.EvidenceReturned(evidence_id=id)
                | life.ExtensionGranted(extension_id=id)
                | life.ExtensionRefused(extension_id=id)
            ) if fact.happened_on < asked.get(id, fact.happened_on):
                raise DateOutOfOrder(f"{fact.happened_on} would be before {asked[id]}, when it was asked.", FIELD)


def a_request_follows_what_was_settled_before_it(facts: Sequence[Fact]) -> None:
    """Told of a day before the last answer, an assignment or a reopening, it would be taken for settled with that."""
    settled: date | None = None
    for fact in facts:
        match fact:
            case life.Assigned() | life.Reopened() | life.ExtensionGranted() | life.ExtensionRefused():
                settled = later(settled, fact.happened_on)
            case life.ExtensionRequested():
                _follows(fact.happened_on, settled or fact.happened_on)


def completion_lies_between_opening_and_claim(facts: Sequence[Fact]) -> None:
    opened = facts[0].happened_on
    claimed: dict[object, date] = {}
    for fact in facts:
        match fact:
            case life.Reopened():
                opened = fact.happened_on
            case life.EvidenceSubmitted(evidence_id=id):
                claimed[id] = fact.happened_on
                _lies_between(fact.completed_on, opened, fact.happened_on)
            case life.Completed(evidence_id=id):
                _lies_between(fact.happened_on, opened, claimed.get(id, fact.happened_on))


def _lies_between(day: date | None, opened: date, claimed: date) -> None:
    if day is None:
        return
    if day < opened:
        raise DateBeforeStart(f"It cannot have been completed on {day}: it was (re)opened on {opened}.", FIELD)
    if day > claimed:
        raise DateOutOfOrder(f"{day} would be after {claimed}, when its completion was claimed.", FIELD)


def an_extension_still_extends(facts: Sequence[Fact]) -> None:
    due: date | None = None
    for fact in facts:
        match fact:
            case life.Assigned() | life.Reopened():
                due = fact.due_on
            case life.ExtensionGranted():
                if due is not None and fact.until <= due:
                    raise Invalid(f"The extension until {fact.until} would not extend {due}.", FIELD)
                due = fact.until


def clocks_run_forward(stream: Stream) -> None:
    """Each run starts after the last one stopped, falls due after its start, and stops after it."""
    so_far = Review()
    for each in stream:
        match each.fact:
            case review.ClockStarted(clock=clock, started_on=day):
                _follows(each.fact.due_on, day)
                last = so_far.clocks.get(clock)
                _follows(day, (last and last.stopped_on) or day)
            case review.ClockStopped(clock=clock, stopped_on=day) if clock in so_far.clocks:
                _follows(day, so_far.clocks[clock].started_on)
        so_far = evolve(so_far, each)
    for run in fold(Review(), evolve, stream).clocks.values():
        _follows(run.stopped_on or run.started_on, run.started_on)


def _follows(day: date, earlier: date) -> None:
    if day < earlier:
        raise DateOutOfOrder(f"{day} would be before {earlier}, which it has to follow.", FIELD)
