"""Whether what corrections would leave of a review, a challenge or a programme could have come about."""

from collections.abc import Iterator
from uuid import UUID

from domain.challenge import events as challenge
from domain.challenge.state import Challenge
from domain.challenge.state import evolve as evolve_challenge
from domain.correction.faults import Fault, Rule, Stream
from domain.lifecycle.events import Challenged
from domain.programme import events as programme
from domain.review import events as review
from domain.review.state import Review, evolve
from domain.shared.facts import Recorded, effective_order
from domain.shared.refusals import ChallengeEnded as HasEnded
from domain.shared.refusals import (
    ConditionsNotMet,
    DateBeforeStart,
    DateInFuture,
    DateOutOfOrder,
    Invalid,
    ReviewNotCompleted,
)
from domain.shared.vocabulary import ChallengeOutcome, ReviewStage

UNDECIDED = frozenset({ReviewStage.REFERRED, ReviewStage.NOT_COMMISSIONED})
OF_WHAT_IS_COMMISSIONED = (
    review.Agreed,
    review.Completed,
    review.RecommendationArisen,
    review.LearningIdentified,
    review.LearningDisseminated,
    Challenged,
)
BEFORE_IT_IS_DECIDED = (review.Advised, review.Declined, review.Commissioned)
PUBLIC = (review.Published, review.PublicationWithheld)


def as_recorded(stream: Stream) -> Iterator[tuple[Review, Recorded]]:
    """Every fact in the order of recording, with the review that it found."""
    state = Review()
    for each in stream:
        yield state, each
        state = evolve(state, each)


def only_what_is_commissioned_goes_on(stream: Stream) -> Iterator[Fault]:
    commissioned = False
    for each in stream:
        commissioned = commissioned or isinstance(each.fact, review.Commissioned)
        if isinstance(each.fact, OF_WHAT_IS_COMMISSIONED) and not commissioned:
            yield Fault(each, ConditionsNotMet, "The review would not have been commissioned.")


def what_is_told_follows_the_commission(stream: Stream) -> Iterator[Fault]:
    commissioned = next((each for each in stream if isinstance(each.fact, review.Commissioned)), None)
    for each in stream if commissioned else ():
        needs_commission = isinstance(each.fact, review.RecommendationArisen | Challenged)
        if commissioned and needs_commission and each.fact.happened_on < commissioned.fact.happened_on:
            began_on = commissioned.fact.happened_on
            sentence = f"{each.fact.happened_on} would be before {began_on}, when the review was commissioned."
            yield Fault(each, DateBeforeStart, sentence, commissioned)


def a_case_is_decided_once(stream: Stream) -> Iterator[Fault]:
    """Declined once; advice may come after that, and until the case is commissioned in another form."""
    declined: Recorded | None = None
    commissioned: Recorded | None = None
    for each in stream:
        decided = commissioned or (declined if isinstance(each.fact, review.Declined) else None)
        if isinstance(each.fact, review.Advised | review.Declined) and decided is not None:
            yield Fault(each, ConditionsNotMet, "It would have been decided already whether it is reviewed.", decided)
        declined = each if isinstance(each.fact, review.Declined) else declined
        commissioned = each if isinstance(each.fact, review.Commissioned) else commissioned


def nobody_was_aware_later(stream: Stream) -> Iterator[Fault]:
    for each in stream:
        if isinstance(each.fact, review.Referred | review.Commissioned):
            day, aware_on = each.fact.happened_on, each.fact.aware_on
            if aware_on is not None and aware_on > day:
                yield Fault(each, DateInFuture, f"Awareness on {aware_on} would be after {day}.")


def a_review_is_completed_once_all_have_agreed(stream: Stream) -> Iterator[Fault]:
    for state, each in as_recorded(stream):
        if isinstance(each.fact, review.Completed) and state.agreed_by and state.lacking:
            lacking = ", ".join(body or "the chair" for body in state.lacking)
            yield Fault(each, ConditionsNotMet, f"The review would not have been agreed by {lacking}.")


def every_section_of_its_kind_is_there(stream: Stream) -> Iterator[Fault]:
    for state, each in as_recorded(stream):
        sections = {section.key for section in each.fact.sections} if isinstance(each.fact, review.Completed) else set()
        lacking = [key for key in state.asked_sections if key not in sections]
        if isinstance(each.fact, review.Completed) and lacking:
            yield Fault(each, ConditionsNotMet, f"Sections would be missing: {', '.join(lacking)}.")


def no_draft_is_disseminated(stream: Stream) -> Iterator[Fault]:
    """What was identified before the review was agreed by whoever must agree it."""
    state = Review()
    for each in sorted(stream, key=effective_order):
        match each.fact:
            case review.LearningDisseminated(learning=learning) if state.draft_learning.intersection(learning):
                yield Fault(each, ConditionsNotMet, "It would bring drafts, of a review that is not agreed yet.")
        state = evolve(state, each)


def a_review_is_published_once_it_is_completed(stream: Stream) -> Iterator[Fault]:
    completed = published = withheld = None
    for each in stream:
        if isinstance(each.fact, PUBLIC) and completed is None:
            yield Fault(each, ReviewNotCompleted, "The review would not have been completed.")
        if isinstance(each.fact, PUBLIC) and published is not None:
            yield Fault(each, ConditionsNotMet, "The review would have been published already.", published)
        if isinstance(each.fact, review.PublicationWithheld) and withheld is not None:
            yield Fault(each, ConditionsNotMet, "Publication would have been withheld already.", withheld)
        match each.fact:
            case review.Completed():
                completed = each
            case review.Published():
                published = each
            case review.PublicationWithheld():
                withheld = each


def the_boards_response_stays_beside_it(stream: Stream) -> Iterator[Fault]:
    for state, each in as_recorded(stream):
        if isinstance(each.fact, review.Published) and state.published_with_response and not each.fact.board_response:
            yield Fault(each, ConditionsNotMet, f"A {state.kind} is published with the board's response.")


def a_clock_stops_once_it_runs(stream: Stream) -> Iterator[Fault]:
    """Be it started by hand, or by the fact that it runs from."""
    for state, each in as_recorded(stream):
        match each.fact:
            case review.ClockStarted(clock=clock):
                last = state.clocks.get(clock)
                if last is not None and last.runs and last.stopped_by is None:
                    yield Fault(each, ConditionsNotMet, f"Clock {clock!r} would run already.")
            case review.ClockStopped(clock=clock, clock_id=id):
                last = state.clocks.get(clock)
                if last is None or last.id != id:
                    yield Fault(each, ConditionsNotMet, f"The run of clock {clock!r} would not have started.")


OF_REVIEWS: tuple[Rule, ...] = (
    only_what_is_commissioned_goes_on,
    what_is_told_follows_the_commission,
    a_case_is_decided_once,
    nobody_was_aware_later,
    a_review_is_completed_once_all_have_agreed,
    every_section_of_its_kind_is_there,
    no_draft_is_disseminated,
    a_review_is_published_once_it_is_completed,
    the_boards_response_stays_beside_it,
    a_clock_stops_once_it_runs,
)


def what_has_ended_stays_ended(stream: Stream) -> Iterator[Fault]:
    end: Recorded | None = None
    for each in stream:
        goes_on = isinstance(each.fact, challenge.Responded | challenge.Escalated | challenge.Transferred)
        ends = isinstance(each.fact, challenge.Resolved | challenge.Withdrawn)
        merged = getattr(each.fact, "merged", False)
        if (goes_on or ends) and end is not None and not merged:
            yield Fault(each, HasEnded, f"The challenge would have ended on {end.fact.happened_on}.", end)
        end = each if ends else end


def a_challenge_climbs_and_is_answered_level_by_level(stream: Stream) -> Iterator[Fault]:
    state = Challenge()
    for each in stream:
        match each.fact:
            case challenge.Escalated(level=level) if level > state.level + 1:
                yield Fault(each, ConditionsNotMet, f"It would climb from level {state.level} to {level}.")
            case challenge.Responded(level=level) if level != state.level:
                yield Fault(each, ConditionsNotMet, f"It would be answered at level {level}, not {state.level}.")
            case challenge.Transferred(to_agency=to) if to == state.agency and not getattr(each.fact, "merged", False):
                yield Fault(each, Invalid, f"The challenge would be made to {to!r} already.")
        state = evolve_challenge(state, each)


def only_upheld_reopens(stream: Stream) -> Iterator[Fault]:
    for each in stream:
        match each.fact:
            case challenge.Resolved(outcome=outcome, reopen_due_on=day) if day is not None:
                if outcome is not ChallengeOutcome.UPHELD:
                    yield Fault(each, Invalid, "Only an upheld challenge reopens: correct `reopenDueOn` to none first.")


OF_CHALLENGES: tuple[Rule, ...] = (
    what_has_ended_stays_ended,
    a_challenge_climbs_and_is_answered_level_by_level,
    only_upheld_reopens,
)


def agreements_follow_one_another(stream: Stream) -> Iterator[Fault]:
    last: Recorded | None = None
    for each in (each for each in stream if isinstance(each.fact, programme.Agreed)):
        if last is not None and each.fact.happened_on < last.fact.happened_on:
            sentence = f"{each.fact.happened_on} would be before {last.fact.happened_on}, when it was last agreed."
            yield Fault(each, DateOutOfOrder, sentence, last)
        last = each


def an_audit_is_commissioned_under_what_was_agreed(stream: Stream) -> Iterator[Fault]:
    """By the first agreement, and not before it was planned itself."""
    agreed = next((each for each in stream if isinstance(each.fact, programme.Agreed)), None)
    planned = {each.fact.audit_id: each for each in stream if isinstance(each.fact, programme.AuditPlanned)}
    for each in stream:
        if not isinstance(each.fact, programme.AuditCommissioned):
            continue
        day = each.fact.happened_on
        if agreed is None or day < agreed.fact.happened_on:
            yield Fault(each, DateBeforeStart, f"The programme would not have been agreed by {day}.", agreed)
        plan = planned.get(each.fact.audit_id)
        if plan is None and each.fact.audit_id != each.fact.review_id:
            yield Fault(each, ConditionsNotMet, "It takes the place of an audit that would not have been planned.")
        if plan is not None and day < plan.fact.happened_on:
            sentence = f"{day} would be before {plan.fact.happened_on}, when the audit was planned."
            yield Fault(each, DateBeforeStart, sentence, plan)
        if plan is not None and isinstance(plan.fact, programme.AuditPlanned) and plan.fact.kind != each.fact.kind:
            yield Fault(each, Invalid, f"A {plan.fact.kind} would have been planned, not a {each.fact.kind}.", plan)


def what_is_withdrawn_was_planned(stream: Stream) -> Iterator[Fault]:
    planned: dict[UUID, Recorded] = {}
    for each in stream:
        match each.fact:
            case programme.AuditPlanned(audit_id=id):
                planned[id] = each
            case programme.AuditWithdrawn(audit_id=id):
                plan = planned.pop(id, None)
                if plan is None:
                    yield Fault(each, ConditionsNotMet, "It withdraws an audit that would not have been planned.")
                elif each.fact.happened_on < plan.fact.happened_on:
                    sentence = f"{each.fact.happened_on} would be before {plan.fact.happened_on}, when it was planned."
                    yield Fault(each, DateBeforeStart, sentence, plan)


def places_keep_to_the_limit(stream: Stream) -> Iterator[Fault]:
    """What is planned or taken when the programme is agreed, and each place after that."""
    places: dict[UUID, str] = {}
    agreed: Recorded | None = None
    for each in stream:
        match each.fact:
            case programme.AuditPlanned(audit_id=id, kind=kind) | programme.AuditCommissioned(audit_id=id, kind=kind):
                places[id] = kind
            case programme.AuditWithdrawn(audit_id=id):
                places.pop(id, None)
            case programme.Agreed():
                agreed = each
        if agreed is not None and isinstance(agreed.fact, programme.Agreed) and agreed.fact.limit is not None:
            counted = sum(kind in agreed.fact.kinds for kind in places.values())
            if counted > agreed.fact.limit:
                sentence = f"{counted} would be planned or commissioned, more than {agreed.fact.limit}."
                yield Fault(each, ConditionsNotMet, sentence, agreed)


def an_audit_is_on_a_topic_of_the_programme(stream: Stream) -> Iterator[Fault]:
    agreed: Recorded | None = None
    for each in stream:
        match each.fact:
            case programme.Agreed():
                agreed = each
            case programme.AuditPlanned(topic=topic) if agreed and topic not in getattr(agreed.fact, "topics", ()):
                yield Fault(each, ConditionsNotMet, f"The programme would not be on {topic}.", agreed)


OF_PROGRAMMES: tuple[Rule, ...] = (
    agreements_follow_one_another,
    an_audit_is_commissioned_under_what_was_agreed,
    what_is_withdrawn_was_planned,
    places_keep_to_the_limit,
    an_audit_is_on_a_topic_of_the_programme,
)
