"""A recommendation as its own rules read it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.lifecycle.events import Assigned, BodiesSucceeded
from domain.lifecycle.evolve import evolve as evolve_life
from domain.lifecycle.reporting_bodies import Reported, Reporting, succeeded
from domain.lifecycle.state import Lifecycle, Response
from domain.recommendation.events import ActionPlanned, DraftAgreed, Raised, Responded
from domain.shared.dates import later
from domain.shared.facts import Recorded, fast_replace
from domain.shared.vocabulary import Answer, Kind

NOWHERE = UUID(int=0)


@dataclass(frozen=True)
class Recommendation:
    """
    `only_proposed`: who is asked is the lead that was proposed, until somebody is assigned. A `draft` is addressed to
    nobody: `draft_for` are those whom it will be addressed to. `found_in_return_of`: the agency of whose return it was
    an improvement point.
    """

    life: Lifecycle = field(default_factory=lambda: Lifecycle(Kind.RECOMMENDATION))
    review_id: UUID = NOWHERE
    reference: str = ""
    themes: tuple[str, ...] = ()
    reported: Reported = ()
    only_proposed: bool = False
    response_due_on: date | None = None
    draft: bool = False
    draft_for: tuple[str, ...] = ()
    found_in_return_of: str | None = None
    actions: tuple[UUID, ...] = ()
    references: frozenset[str] = frozenset()

    @property
    def version(self) -> int:
        return self.life.version

    @property
    def reporting(self) -> Reporting:
        return self.reported[-1]

    @property
    def may_answer(self) -> tuple[str, ...]:
        """Whose response is taken: whom it is addressed to, and its lead."""
        return self.life.addressed_to if self.life.lead is None else (*self.life.addressed_to, self.life.lead)

    @property
    def asked_agencies(self) -> tuple[str, ...]:
        """Who is asked for a response; a lead is not asked about what was found in its own return."""
        found_in = self.found_in_return_of
        own = found_in is not None and self.life.lead == self.life.current(found_in)
        return self.life.addressed_to if own else self.may_answer


def evolve(recommendation: Recommendation, recorded: Recorded) -> Recommendation:
    fact, life = recorded.fact, evolve_life(recommendation.life, recorded)
    if isinstance(fact, Raised):
        return _raised(recommendation, recorded, fact, life)
    if isinstance(fact, DraftAgreed):
        return _agreed(recommendation, fact, life)
    if isinstance(fact, Responded):
        response = Response(fact.answer, fact.happened_on, recorded.originator_version)
        return fast_replace(recommendation, life=fast_replace(life, answered={**life.answered, fact.agency: response}))
    if isinstance(fact, Assigned) and recommendation.only_proposed:
        parties = life.ended_among((), life.parties)
        return fast_replace(
            recommendation, life=fast_replace(life, addressed_to=(), ended_parties=parties), only_proposed=False
        )
    if isinstance(fact, BodiesSucceeded):
        return fast_replace(recommendation, life=life, reported=(*recommendation.reported, succeeded(fact)))
    if isinstance(fact, ActionPlanned):
        return fast_replace(
            recommendation,
            life=life,
            actions=(*recommendation.actions, fact.action_id),
            references=recommendation.references | {fact.reference},
        )
    return fast_replace(recommendation, life=life)


def refusals(recommendation: Recommendation) -> dict[str, Response]:
    """What an agency that is asked has not accepted, until the board has challenged, reassigned or closed it."""
    life = recommendation.life
    latest = {agency: life.response_of(agency) for agency in recommendation.may_answer}
    return {
        agency: response
        for agency, response in latest.items()
        if life.closure is None
        and response is not None
        and response.answer is Answer.NOT_ACCEPTED
        and response.version not in life.acted_upon
    }


def _raised(recommendation: Recommendation, recorded: Recorded, fact: Raised, life: Lifecycle) -> Recommendation:
    return fast_replace(
        recommendation,
        life=fast_replace(life, raised_on=fact.happened_on, addressed_to=() if fact.draft else fact.addressed_to),
        draft=fact.draft,
        draft_for=fact.addressed_to if fact.draft else (),
        review_id=fact.review_id,
        reference=fact.reference,
        themes=fact.themes,
        only_proposed=_only_proposed(recorded, fact),
        reported=(Reporting(fact.happened_on, fact.framework, fact.monitored_by), *recommendation.reported),
        response_due_on=fact.response_due_on,
        found_in_return_of=fact.found_in_return_of,
    )


def _agreed(recommendation: Recommendation, fact: DraftAgreed, life: Lifecycle) -> Recommendation:
    """Whoever has gone on in another agency meanwhile is asked as that."""
    agencies = dict.fromkeys(map(life.current, recommendation.draft_for))
    return fast_replace(
        recommendation,
        life=fast_replace(
            life,
            addressed_to=tuple(agencies),
            ended_parties=life.ended_among(recommendation.draft_for, {*life.parties, *agencies}),
            last_bound_on=later(life.last_bound_on, fact.happened_on),
        ),
        draft=False,
        draft_for=(),
        response_due_on=recommendation.response_due_on or fact.response_due_on,
    )


def _only_proposed(recorded: Recorded, fact: Raised) -> bool:
    """A lead that was proposed is asked in place of whom nobody named; facts of before do not say who named it."""
    named = fact.addressed_by_name or "addressedTo" in recorded.corrected
    return not named and fact.proposed_lead is not None and fact.addressed_to == (fact.proposed_lead,)
