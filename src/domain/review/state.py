"""A review as its own rules read it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from domain.duties.events import DutiesConfirmed, DutiesTransferred
from domain.duties.state import Duties, arisen, confirmed, transferred
from domain.lifecycle.events import BodiesSucceeded, Challenged, ChallengeEnded
from domain.lifecycle.reporting_bodies import Reported, Reporting, succeeded
from domain.review import events
from domain.review.clocks import Clocks, begun, made_public, started, stopped
from domain.shared.dates import later
from domain.shared.facts import Fact, Recorded, fast_replace
from domain.shared.vocabulary import Participant, ReviewStage, Role, RunsFrom


@dataclass(frozen=True)
class Review:
    """
    `learning` says since when each point has been identified, `disseminated` to which agencies any was brought;
    `joined` are the disseminations among these that are recorded on another review, with that review. `brought`: since
    when each point has been disseminated by this review, be it its own or another's; `obliged`: who has duties about
    it since, None standing for the chair and the business unit, `brought_to` to which bodies, after their framework.
    `taken_up`: which learning by which body of which framework. `participation`: the answer that stands about each.
    `advised` holds each body that has, after the framework that it is of, with the kind that it advised last; None for
    no review. `public_on`: since when its report, or the improvements in its place, are public.
    """

    version: int = 0
    stage: ReviewStage = ReviewStage.COMMISSIONED
    reference: str = ""
    kind: str = ""
    framework: str = ""
    referred_on: date | None = None
    aware_on: date | None = None
    commissioned_on: date | None = None
    agencies: tuple[str, ...] = ()
    reported: Reported = ()
    agreed_by: tuple[str, ...] = ()
    chair_decides: bool = False
    asked_sections: tuple[str, ...] = ()
    published_with_response: bool = False
    completed_on: date | None = None
    referred_kind: str | None = None
    reported_by: str | None = None
    circumstances: tuple[str, ...] = ()
    advised: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    commissioned_by_chair: bool = False
    agreed: frozenset[str | None] = frozenset()
    learning: Mapping[UUID, date] = field(default_factory=dict)
    drafted: frozenset[UUID] = frozenset()
    recommendations: int = 0
    draft_recommendations: tuple[UUID, ...] = ()
    references: frozenset[str] = frozenset()
    challenges: frozenset[UUID] = frozenset()
    clocks: Clocks = field(default_factory=dict)
    public_on: date | None = None
    duties: Duties = field(default_factory=dict)
    disseminated: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    joined: Mapping[UUID, UUID] = field(default_factory=dict)
    brought: Mapping[UUID, date] = field(default_factory=dict)
    obliged: Mapping[UUID, frozenset[str | None]] = field(default_factory=dict)
    brought_to: Mapping[UUID, frozenset[tuple[str, str]]] = field(default_factory=dict)
    taken_up: frozenset[tuple[UUID, str, str]] = frozenset()
    participation: Mapping[tuple[Participant, str | None], object] = field(default_factory=dict)
    last_bound_on: date | None = None

    @property
    def began_on(self) -> date | None:
        return self.referred_on or self.commissioned_on

    @property
    def reporting(self) -> Reporting:
        return self.reported[-1]

    @property
    def decided_by_chair(self) -> bool:
        return self.commissioned_by_chair or None in self.agreed

    @property
    def informed_agencies(self) -> frozenset[str]:
        """The agencies to which any of its learning was disseminated."""
        return frozenset(agency for agencies in self.disseminated.values() for agency in agencies)

    @property
    def awaits_agreement(self) -> bool:
        """Whether what it finds is a draft: not all of those who must agree it, or decide about it, have."""
        return self.stage is ReviewStage.COMMISSIONED and bool(self.lacking)

    @property
    def draft_learning(self) -> frozenset[UUID]:
        return self.drafted if self.awaits_agreement else frozenset()

    @property
    def lacking(self) -> tuple[str | None, ...]:
        """Who has not agreed it yet of those who must; None stands for the chair, who may have commissioned it."""
        decides = bool(self.agreed_by) or (self.chair_decides and not self.commissioned_by_chair)
        chair: tuple[None, ...] = (None,) if decides else ()
        return tuple(each for each in (*self.agreed_by, *chair) if each not in self.agreed)


def evolve(review: Review, recorded: Recorded) -> Review:
    fact = recorded.fact
    change = CHANGES.get(type(fact))
    changes = change(review, fact) if change else {}
    if type(fact) in BINDING:
        changes["last_bound_on"] = later(review.last_bound_on, fact.happened_on)
    return fast_replace(review, version=max(review.version, recorded.originator_version), **changes)


def _referred(review: Review, fact: events.Referred) -> dict[str, Any]:
    return {
        "stage": ReviewStage.REFERRED,
        "reference": fact.reference,
        "framework": fact.framework,
        "referred_on": fact.happened_on,
        "referred_kind": fact.kind,
        "reported_by": fact.by.agency,
        "circumstances": fact.circumstances,
        "aware_on": fact.aware_on,
        "agencies": fact.agencies,
        "clocks": _begun(review, fact.clocks, {RunsFrom.AWARENESS: fact.aware_on}),
    }


def _begun(review: Review, rules: Iterable[events.ClockRule], days: Mapping[RunsFrom, date | None]) -> Clocks:
    clocks = review.clocks
    for runs_from, day in days.items():
        clocks = begun(clocks, rules, runs_from, day)
    return clocks if review.public_on is None else made_public(clocks, review.public_on)


def _advised(review: Review, fact: events.Advised) -> dict[str, Any]:
    return {"advised": {**review.advised, (fact.framework, fact.body): None if fact.no_review else fact.kind}}


def _commissioned(review: Review, fact: events.Commissioned) -> dict[str, Any]:
    aware_on = fact.aware_on or review.aware_on
    days = {RunsFrom.AWARENESS: aware_on, RunsFrom.COMMISSIONING: fact.happened_on}
    return {
        "aware_on": aware_on,
        "clocks": _begun(review, fact.clocks, days),
        "stage": ReviewStage.COMMISSIONED,
        "reference": fact.reference,
        "kind": fact.kind,
        "framework": fact.framework,
        "commissioned_on": fact.happened_on,
        "agencies": fact.agencies,
        "reported": (Reporting(fact.happened_on, fact.framework, fact.monitored_by), *review.reported),
        "agreed_by": fact.agreed_by,
        "chair_decides": fact.decided_by_chair,
        "asked_sections": fact.asked_sections,
        "published_with_response": fact.published_with_response,
        "commissioned_by_chair": fact.by.role is Role.CHAIR,
    }


def _completed(review: Review, fact: events.Completed) -> dict[str, Any]:
    clocks = _begun(review, fact.clocks, {RunsFrom.COMPLETION: fact.happened_on})
    return {"stage": ReviewStage.COMPLETED, "completed_on": fact.happened_on, "clocks": clocks}


def _clock_stopped(review: Review, fact: events.ClockStopped) -> dict[str, Any]:
    review = fast_replace(review, clocks=stopped(review.clocks, fact))
    return {"clocks": _begun(review, fact.clocks, {RunsFrom.NOTIFICATION: fact.stopped_on})}


def _agreed(review: Review, fact: events.Agreed) -> dict[str, Any]:
    agreed = review.agreed | {fact.body}
    whole = agreed.issuperset((*review.agreed_by, None)) and review.stage is ReviewStage.COMMISSIONED
    return {"agreed": agreed, "stage": ReviewStage.AGREED if whole else review.stage}


def _bodies_succeeded(review: Review, fact: BodiesSucceeded) -> dict[str, Any]:
    """A body that several go on in has agreed once they all had."""
    owed = {new for old, new in zip(review.agreed_by, fact.agreed_by, strict=False) if old not in review.agreed}
    changes: dict[str, Any] = {"reported": (*review.reported, succeeded(fact))}
    if fact.agreed_by:
        changes["agreed_by"] = tuple(dict.fromkeys(fact.agreed_by))
        changes["agreed"] = (review.agreed & {None}) | (set(fact.agreed_by) - owed)
    return changes


def _learning_identified(review: Review, fact: events.LearningIdentified) -> dict[str, Any]:
    drafted = review.drafted | {fact.learning_id} if fact.draft else review.drafted
    return {"learning": {**review.learning, fact.learning_id: fact.happened_on}, "drafted": drafted}


def _learning_disseminated(review: Review, fact: events.LearningDisseminated) -> dict[str, Any]:
    new = arisen(review.duties, fact.dissemination_id, fact.duties, fact.obliged, fact.happened_on)
    return {
        "duties": new,
        "disseminated": {**review.disseminated, fact.dissemination_id: fact.agencies},
        "brought": {**dict.fromkeys(fact.learning, fact.happened_on), **review.brought},
        "obliged": {**review.obliged, **_obliged_since(review, fact)},
        "brought_to": {**review.brought_to, **_brought_to(review, fact)},
    }


def _obliged_since(review: Review, fact: events.LearningDisseminated) -> dict[UUID, frozenset[str | None]]:
    new: defaultdict[UUID, set[str | None]] = defaultdict(set)
    for each in fact.obliged:
        for point in each.learning:
            new[point].add(each.agency)
    return {point: review.obliged.get(point, frozenset()) | holders for point, holders in new.items()}


def _brought_to(review: Review, fact: events.LearningDisseminated) -> dict[UUID, frozenset[tuple[str, str]]]:
    if fact.bodies_of is None:
        return {}
    brought = frozenset((fact.bodies_of, body) for body in fact.bodies)
    return {point: review.brought_to.get(point, frozenset()) | brought for point in fact.learning}


def _learning_taken_up(review: Review, fact: events.LearningTakenUp) -> dict[str, Any]:
    return {"taken_up": review.taken_up | {(fact.learning_id, fact.framework, fact.body)}}


def _participation_recorded(review: Review, fact: events.ParticipationRecorded) -> dict[str, Any]:
    return {"participation": {**review.participation, fact.about: fact.answer}}


def _learning_joined(review: Review, fact: events.LearningJoined) -> dict[str, Any]:
    return {
        "disseminated": {**review.disseminated, fact.dissemination_id: fact.agencies},
        "joined": {**review.joined, fact.dissemination_id: fact.review_id},
    }


def _recommendation_arisen(review: Review, fact: events.RecommendationArisen) -> dict[str, Any]:
    drafts = (*review.draft_recommendations, fact.recommendation_id) if fact.draft else review.draft_recommendations
    return {
        "recommendations": review.recommendations + 1,
        "references": review.references | {fact.reference},
        "draft_recommendations": drafts,
    }


def _withheld(review: Review, fact: events.PublicationWithheld) -> dict[str, Any]:
    return {"stage": ReviewStage.WITHHELD, **(_public(review, fact) if fact.improvements else {})}


def _public(review: Review, fact: Fact) -> dict[str, Any]:
    day = review.public_on or fact.happened_on
    return {"public_on": day, "clocks": made_public(review.clocks, fact.happened_on)}


CHANGES: dict[type[Fact], Callable[[Review, Any], dict[str, Any]]] = {
    events.Referred: _referred,
    events.Advised: _advised,
    events.Declined: lambda _, __: {"stage": ReviewStage.NOT_COMMISSIONED},
    events.Commissioned: _commissioned,
    events.Agreed: _agreed,
    events.Completed: _completed,
    events.Published: lambda review, fact: {"stage": ReviewStage.PUBLISHED, **_public(review, fact)},
    events.PublicationWithheld: _withheld,
    events.RecommendationArisen: _recommendation_arisen,
    events.LearningIdentified: _learning_identified,
    events.LearningDisseminated: _learning_disseminated,
    events.LearningJoined: _learning_joined,
    events.LearningTakenUp: _learning_taken_up,
    events.ParticipationRecorded: _participation_recorded,
    DutiesConfirmed: lambda review, fact: {"duties": confirmed(review.duties, fact)},
    DutiesTransferred: lambda review, fact: {"duties": transferred(review.duties, fact)},
    events.ClockStarted: lambda review, fact: {"clocks": started(review.clocks, fact, review.public_on)},
    events.ClockStopped: _clock_stopped,
    BodiesSucceeded: _bodies_succeeded,
    Challenged: lambda review, fact: {"challenges": review.challenges | {fact.challenge_id}},
    ChallengeEnded: lambda review, fact: {"challenges": review.challenges - {fact.challenge_id}},
}

BINDING = {
    events.Referred,
    events.Advised,
    events.Declined,
    events.Commissioned,
    events.Agreed,
    events.Completed,
    events.Published,
    events.PublicationWithheld,
}
