"""What a corrected record must still fit: the thing above it, the things below, and what others say of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from domain.action.events import Raised as ActionRaised
from domain.action.state import Action
from domain.challenge.events import Issued, Resolved, Subject
from domain.challenge.rules import open_about_the_same
from domain.challenge.state import Challenge
from domain.correction.amending import amending
from domain.correction.faults import Fault
from domain.correction.marks import reopenings
from domain.lifecycle.events import ChallengeEnded, Closed, ImpactVerified, Reopened
from domain.lifecycle.state import closed_spells, open_spells
from domain.recommendation.events import Raised
from domain.recommendation.state import Recommendation
from domain.replay import replay
from domain.returns.state import Return
from domain.review.events import Advised, Commissioned, Completed, LearningDisseminated, LearningIdentified
from domain.review.state import Review, evolve
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Recorded
from domain.shared.refusals import (
    AlreadyClosed,
    ChallengeOpen,
    ConditionsNotMet,
    DateBeforeStart,
    DateOutOfOrder,
    Invalid,
    NotClosed,
    ReviewNotCompleted,
)
from domain.shared.vocabulary import ChallengeOutcome, ClosureOutcome, Impact, Kind

RecordedFacts: TypeAlias = Callable[[UUID], tuple[Recorded, ...]]


@dataclass(frozen=True, slots=True)
class RelatedStreams:
    """The streams as they are recorded, with or without a correction; `context` for what they were decided by."""

    recorded_facts: RecordedFacts
    context: DecisionContext

    def stands(self, id: UUID) -> list[Recorded]:
        return amending(self.recorded_facts(id)).standing

    def state(self, id: UUID) -> Any:
        facts = self.recorded_facts(id)
        return replay(facts[0].kind, facts) if facts else None

    def first(self, id: UUID, *kinds: type) -> Recorded | None:
        return next((each for each in self.stands(id) if isinstance(each.fact, kinds)), None)

    def last(self, id: UUID, *kinds: type) -> Recorded | None:
        return next((each for each in reversed(self.stands(id)) if isinstance(each.fact, kinds)), None)

    def faults(self, id: UUID) -> Iterator[tuple[str, Fault]]:
        """What is impossible between this thing and those around it, each with its rule."""
        state = self.state(id)
        match state:
            case Action():
                yield from self._under(id, state, state.recommendation_id, self.state(state.recommendation_id))
                yield from self._of_a_life(id)
            case Recommendation():
                yield from self._of_a_recommendation(id, state)
                yield from self._of_a_life(id)
            case Review():
                yield from self._of_a_review(id, state)
            case Challenge():
                yield from _named("upheld", self._upheld_reopens_what_is_closed(id, state))
                yield from _named("challenged", self._challenged_once_it_had_begun(id, state))
                yield from _named("same", self._no_other_is_open_about_the_same(id, state))

    def _of_a_recommendation(self, id: UUID, state: Recommendation) -> Iterator[tuple[str, Fault]]:
        yield from _named("arisen", self._arises_from_its_review(id, state))
        for below in state.actions:
            yield from self._under(below, self.state(below), id, state)

    def _of_a_life(self, id: UUID) -> Iterator[tuple[str, Fault]]:
        yield from _named("evidenced", self._evidenced_by_what_was_completed(id, self.stands(id)))
        yield from _named("follow-up", self._further_actions_are_closed(id))
        for each in self.stands(id):
            if isinstance(each.fact, ChallengeEnded):
                ended = each.fact.challenge_id
                yield from _named("upheld", self._upheld_reopens_what_is_closed(ended, self.state(ended)))

    def _under(self, id: UUID, below: Action, above_id: UUID, above: Recommendation) -> Iterator[tuple[str, Fault]]:
        yield from _named("raised", self._raised_after(id, below.life.raised_on, above_id, above.life.raised_on))
        yield from _named("implemented", self._closed_first(id, below, above_id, above))
        yield from _named("opened", self._opened_under_what_was_open(id, below, above_id, above))

    def _raised_after(self, id: UUID, day: date | None, above_id: UUID, above: date | None) -> Iterator[Fault]:
        if day is not None and above is not None and day < above:
            sentence = f"{day} would be before {above}, when what it arose from began."
            yield Fault(
                self.recorded_facts(id)[0], DateBeforeStart, sentence, self.first(above_id, Raised, Commissioned)
            )

    def _closed_first(self, id: UUID, below: Action, above_id: UUID, above: Recommendation) -> Iterator[Fault]:
        """Whenever the recommendation was implemented, then and until it was reopened."""
        for closure, until in closed_spells(above.life):
            closed_on, implemented = closure.closed_on, closure.outcome is ClosureOutcome.IMPLEMENTED
            if implemented and not _asked_for_since(below, closed_on) and _open_within(below, closed_on, until):
                sentence = f"The recommendation, closed on {closed_on}, closes after its actions."
                yield Fault(self._closing(above_id, closed_on), DateOutOfOrder, sentence, self.last(id, Closed))

    def _opened_under_what_was_open(
        self, id: UUID, below: Action, above_id: UUID, above: Recommendation
    ) -> Iterator[Fault]:
        for each in self.stands(id):
            raised = isinstance(each.fact, ActionRaised) and below.follows != above_id
            day = each.fact.happened_on
            for closure, until in closed_spells(above.life):
                if (raised or isinstance(each.fact, Reopened)) and closure.closed_on < day < until:
                    sentence = f"The recommendation above would have been closed on {closure.closed_on}."
                    yield Fault(each, AlreadyClosed, sentence, self._closing(above_id, closure.closed_on))

    def _closing(self, id: UUID, day: date) -> Recorded:
        closings = [each for each in self.stands(id) if isinstance(each.fact, Closed)]
        return next((each for each in closings if each.fact.happened_on == day), self.recorded_facts(id)[0])

    def _arises_from_its_review(self, id: UUID, state: Recommendation) -> Iterator[Fault]:
        review: Review = self.state(state.review_id)
        raised = self.first(id, Raised)
        yield from self._raised_after(id, state.life.raised_on, state.review_id, review.commissioned_on)
        lost = self._struck_out_learning(state.review_id)
        if raised is not None and isinstance(raised.fact, Raised) and lost.keys() & set(raised.fact.learning):
            yield Fault(raised, Invalid, "It answers learning that would not have been identified.")

    def _struck_out_learning(self, id: UUID) -> Mapping[UUID, Recorded]:
        now = amending(self.recorded_facts(id))
        struck = (now.found[version] for version in now.struck_out)
        return {each.fact.learning_id: each for each in struck if isinstance(each.fact, LearningIdentified)}

    def _evidenced_by_what_was_completed(self, id: UUID, stream: Iterable[Recorded]) -> Iterator[Fault]:
        for each in stream:
            if isinstance(each.fact, ImpactVerified) and each.fact.evidenced_by is not None:
                review = self.state(each.fact.evidenced_by)
                completed_on = review.completed_on if isinstance(review, Review) else None
                if completed_on is None or each.fact.happened_on < completed_on:
                    sentence = f"The review that gives its evidence would not be completed by {each.fact.happened_on}."
                    yield Fault(each, ReviewNotCompleted, sentence, self.first(each.fact.evidenced_by, Completed))

    def _further_actions_are_closed(self, id: UUID) -> Iterator[Fault]:
        """What a finding of not embedded asked for, once that is found otherwise or struck out."""
        now = amending(self.recorded_facts(id))
        for version, each in now.found.items():
            if not isinstance(each.fact, ImpactVerified) or each.fact.follow_up_action is None:
                continue
            stays = version not in now.struck_out and each.fact.finding is Impact.NOT_EMBEDDED
            further = self.state(each.fact.follow_up_action)
            if not stays and isinstance(further, Action) and further.life.closure is None:
                raised = self.recorded_facts(each.fact.follow_up_action)[0]
                yield Fault(raised, ConditionsNotMet, f"{further.reference} was raised for it, and is closed first.")

    def _of_a_review(self, id: UUID, state: Review) -> Iterator[tuple[str, Fault]]:
        for each in self.stands(id):
            raised = getattr(each.fact, "recommendation_id", None)
            below = self.state(raised) if raised else None
            if isinstance(below, Recommendation) and raised is not None:
                yield from _named("arisen", self._arises_from_its_review(raised, below))
        yield from _named("joined", self._identified_before_it_was_brought(id, state))
        yield from _named("brought", self._brought_what_was_identified(id))
        yield from _named("advised", self._decided_as_its_kind_asks(id))
        yield from _named("checked", self._findings_by_what_it_gave(id))

    def _brought_what_was_identified(self, id: UUID) -> Iterator[Fault]:
        lost = self._struck_out_learning(id)
        for home in (id, *self._homes(id)) if lost else ():
            for each in self.stands(home):
                if isinstance(each.fact, LearningDisseminated) and lost.keys() & set(each.fact.learning):
                    yield Fault(each, Invalid, "It brings learning that would not have been identified.")

    def _homes(self, id: UUID) -> Iterable[UUID]:
        state = self.state(id)
        return dict.fromkeys(state.joined.values())

    def _identified_before_it_was_brought(self, id: UUID, now: Review) -> Iterator[Fault]:
        """Learning of this review joined by others, and learning of others that this one joined."""
        for home in self._homes(id):
            yield from self._follows(home, self.state(home).brought, id, now.learning)
        elsewhere = {self.context.learned_in.get(point) for point in now.brought if point not in now.learning}
        for other in elsewhere - {None, id}:
            if other is not None:
                yield from self._follows(id, now.brought, other, self.state(other).learning)

    def _follows(
        self, home: UUID, brought: Mapping[UUID, date], other: UUID, identified: Mapping[UUID, date]
    ) -> Iterator[Fault]:
        for point in brought.keys() & identified.keys():
            if brought[point] < identified[point]:
                sentence = f"{brought[point]} would be before {identified[point]}, when it was identified."
                bringing = self._naming(home, LearningDisseminated, "learning", point)
                if bringing is not None:
                    learned = self._naming(other, LearningIdentified, "learning_id", point)
                    yield Fault(bringing, DateOutOfOrder, sentence, learned)

    def _naming(self, id: UUID, kind: type, field: str, what: UUID) -> Recorded | None:
        for each in self.stands(id):
            if isinstance(each.fact, kind):
                value = getattr(each.fact, field)
                if what == value or (isinstance(value, tuple) and what in value):
                    return each
        return None

    def _decided_as_its_kind_asks(self, id: UUID) -> Iterator[Fault]:
        """Of a referral after the advice that the kind asks for; completed once the chair, if it is theirs, decided."""
        state = Review()
        for each in self.stands(id):
            fact = each.fact
            if isinstance(fact, Commissioned) and state.referred_on is not None:
                advised = {body for _, body in state.advised}
                lacking = [body for body in self._kind(fact.framework, fact.kind, "advised_by") if body not in advised]
                if lacking:
                    sentence = f"It would be decided without the advice of {', '.join(lacking)}."
                    yield Fault(each, ConditionsNotMet, sentence, self.last(id, Advised))
            theirs = self._kind(state.framework, state.kind, "decided_by_chair")
            if isinstance(fact, Completed) and theirs and not state.decided_by_chair:
                yield Fault(each, ConditionsNotMet, "The chair, whose decision is final, would not have agreed it.")
            state = evolve(state, each)

    def _kind(self, framework: str, kind: str, field: str) -> Any:
        known = self.context.frameworks.get(framework)
        found = known.kinds.get(kind) if known else None
        return getattr(found, field) if found else ()

    def _findings_by_what_it_gave(self, id: UUID) -> Iterator[Fault]:
        """Of the recommendations that it was commissioned to check, and of their actions."""
        commissioned = self.first(id, Commissioned)
        checks = commissioned.fact.checks if commissioned and isinstance(commissioned.fact, Commissioned) else ()
        for checked in checks:
            state = self.state(checked)
            below = state.actions if isinstance(state, Recommendation) else ()
            for stream_id in (checked, *below):
                findings = [each for each in self.stands(stream_id) if getattr(each.fact, "evidenced_by", None) == id]
                yield from self._evidenced_by_what_was_completed(stream_id, findings)

    def _upheld_reopens_what_is_closed(self, id: UUID, state: Challenge) -> Iterator[Fault]:
        for each in self.stands(id):
            if not isinstance(each.fact, Resolved) or each.fact.outcome is not ChallengeOutcome.UPHELD:
                continue
            standing = {(kept.originator_id, kept.originator_version) for kept in self._reopened(each, state)}
            for subject in (subject for subject in state.subjects if subject.kind is not Kind.REVIEW):
                closing = self._closed_when_it_ended(subject.id, id)
                if closing is not None and not any(stream_id == subject.id for stream_id, _ in standing):
                    sentence = "Upheld, it reopens what was closed: strike it out, and resolve it anew with the day."
                    yield Fault(each, NotClosed, sentence, closing)

    def _challenged_once_it_had_begun(self, id: UUID, state: Challenge) -> Iterator[Fault]:
        """A duty, a clock or a return; everything else is marked, and its own record tells. And no duty that is met."""
        issued = self.first(id, Issued)
        for subject in state.subjects if issued is not None else ():
            began_on, met_on = _began_and_met(subject, self.state(subject.id))
            if issued is not None and began_on is not None and issued.fact.happened_on < began_on:
                sentence = f"{issued.fact.happened_on} would be before {began_on}, when what it is about began."
                yield Fault(issued, DateBeforeStart, sentence)
            if issued is not None and met_on is not None and met_on <= issued.fact.happened_on:
                yield Fault(issued, ConditionsNotMet, f"The duty would have been confirmed on {met_on}.")

    def _no_other_is_open_about_the_same(self, id: UUID, state: Challenge) -> Iterator[Fault]:
        others = (self.state(other) for kind, other in self.context.concerned if kind is Kind.CHALLENGE and other != id)
        issued, kin = self.first(id, Issued), self.context.agencies.kin(state.agency)
        same = None if state.ended else open_about_the_same(state, others, kin)
        if issued is not None and same is not None:
            yield Fault(issued, ChallengeOpen, same.is_open_already)

    def _reopened(self, resolved: Recorded, state: Challenge) -> Iterator[Recorded]:
        for mark in reopenings(resolved, self.recorded_facts):
            kept = (each for each in self.stands(mark.originator_id) if isinstance(each.fact, Reopened))
            yield from (each for each in kept if each.originator_version == mark.originator_version)

    def _closed_when_it_ended(self, stream_id: UUID, challenge: UUID) -> Recorded | None:
        closing: Recorded | None = None
        for each in self.stands(stream_id):
            match each.fact:
                case Closed():
                    closing = each
                case Reopened():
                    closing = None
                case ChallengeEnded(challenge_id=ended) if ended == challenge:
                    return closing
        return None


def _named(rule: str, faults: Iterable[Fault]) -> Iterator[tuple[str, Fault]]:
    return ((rule, fault) for fault in faults)


def _began_and_met(subject: Subject, state: Any) -> tuple[date | None, date | None]:
    """When the duty arose, the clock started or the return was called for; and when a duty about learning was met."""
    if not isinstance(state, Review | Return):
        return None, None
    if subject.duty is not None:
        duty = state.duties.get(subject.duty)
        met_on = duty.done_on if duty and isinstance(state, Review) else None
        return (duty.arisen_on if duty else None), met_on
    if isinstance(state, Return):
        return state.called_on, None
    clock = state.clocks.get(subject.clock or "")
    return (clock.started_on if clock else None), None


def _asked_for_since(below: Action, closed_on: date) -> bool:
    """A finding of not embedded on the recommendation itself leaves that closed, and its further action open."""
    raised_on = below.life.raised_on
    return below.follows == below.recommendation_id and raised_on is not None and closed_on <= raised_on


def _open_within(below: Action, closed_on: date, until: date) -> bool:
    return any(began < until and closed_on < ended for began, ended in open_spells(below.life))
