"""The register for one pair of moments."""

from datetime import date, datetime
from typing import Any

import strawberry

from api.context import Reading
from api.graphql.actions.types import Action
from api.graphql.agencies.types import Agency
from api.graphql.annual_report import queries as annual_report_queries
from api.graphql.annual_report.improvements import PublishedImprovements
from api.graphql.annual_report.types import AnnualReport
from api.graphql.challenge_log.queries import challenge_log
from api.graphql.challenge_log.types import ChallengeLog
from api.graphql.challenges.types import Challenge
from api.graphql.coverage import queries as coverage
from api.graphql.coverage.types import AgencyCoverage, LearningCoverage
from api.graphql.credentials.queries import credentials
from api.graphql.credentials.types import Credential
from api.graphql.descriptions import documented
from api.graphql.duties import queries as duties
from api.graphql.duties.types import Duty
from api.graphql.implementation import queries as implementation_queries
from api.graphql.implementation.types import ImplementationProgress
from api.graphql.learning import queries as learning_queries
from api.graphql.learning.types import InboxItem, LearningPoint
from api.graphql.overdue import queries as overdue
from api.graphql.overdue.types import AgencyOverdue
from api.graphql.oversight.queries import oversight
from api.graphql.oversight.types import Oversight
from api.graphql.owed.queries import owed
from api.graphql.owed.types import OwedItem
from api.graphql.participation import queries as participation_queries
from api.graphql.participation.types import ParticipationCount
from api.graphql.partnership.types import Partnership
from api.graphql.programme.types import AuditProgramme
from api.graphql.recommendations.types import Recommendation
from api.graphql.recurring import queries as recurring
from api.graphql.recurring.types import RecurringLearning
from api.graphql.register import by_id, lists
from api.graphql.returns import queries as returns
from api.graphql.returns.types import ReturnRound, YearlyReturn
from api.graphql.reviews.types import Review
from api.graphql.rhythms.queries import rhythms
from api.graphql.rhythms.types import Rhythm
from api.graphql.themes.types import Theme
from api.relay.connection import Connection, UncountedConnection


def _partnership(root: strawberry.Parent[Reading]) -> Partnership:
    return Partnership.of(root.partnership_frameworks)


def _agencies(root: strawberry.Parent[Reading]) -> Any:
    return list(root.agencies)


def _themes(root: strawberry.Parent[Reading]) -> Any:
    return list(root.themes)


def _known_at(root: strawberry.Parent[Reading]) -> datetime:
    return root.known_at


def _position(root: strawberry.Parent[Reading]) -> str:
    return str(root.position)


@documented
@strawberry.type
class Register:
    """The register at one pair of moments: what was known, and the day it is judged on."""

    known_at: datetime = strawberry.field(resolver=_known_at)
    """
    When the newest fact that is known here was recorded; for an agency, which learns nothing of when others record, the
    moment that it asks about. Sent as `knownAt`, it is answered alike at any later time.
    """
    effective_on: date
    """The calendar day that it is judged on."""
    partnership: Partnership = strawberry.field(resolver=_partnership)
    """The partnership whose register it is."""
    review: Review | None = strawberry.field(resolver=by_id.review)
    """One review by its id or its reference; null for what is not there and for what you may not see."""
    recommendation: Recommendation | None = strawberry.field(resolver=by_id.recommendation)
    """One recommendation by its id or its reference; null for what is not there and for what you may not see."""
    action: Action | None = strawberry.field(resolver=by_id.action)
    """One action by its id or its reference; null for what is not there and for what you may not see."""
    challenge: Challenge | None = strawberry.field(resolver=by_id.challenge)
    """One formal challenge by its id or its reference; null for what is not there and for what you may not see."""
    reviews: Connection[Review] = strawberry.field(resolver=lists.reviews)
    """The reviews and audits that you may see beyond headers."""
    recommendations: Connection[Recommendation] = strawberry.field(resolver=lists.recommendations)
    """The recommendations that you may see beyond headers."""
    actions: Connection[Action] = strawberry.field(resolver=lists.actions)
    """The actions that you may see beyond headers."""
    challenges: Connection[Challenge] = strawberry.field(resolver=lists.challenges)
    """The formal challenges that you may see."""
    under_review: Connection[Review] = strawberry.field(resolver=lists.under_review)
    """
    The reviews in which agencies are under review, by reference. An agency sees those in which it is, as headers until
    they are published, with what is asked of it below. `reviews` lists what is seen beyond headers.
    """
    challenge_log: ChallengeLog = strawberry.field(resolver=challenge_log)
    """The formal challenges as a board reads them: to whom, at which level, how late, and how they ended."""
    oversight: Oversight | None = strawberry.field(resolver=oversight)
    """
    What awaits a body that oversees: by default a member's own bodies, for everybody else all of them and the chair.
    Null for an agency.
    """
    owed: Connection[OwedItem] = strawberry.field(resolver=owed)
    """
    All that an agency has still to do, to answer or to confirm, what falls due first before the rest. An agency reads
    its own only; for everybody else, without `agency`, that of all.
    """
    overdue_by_agency: list[AgencyOverdue] = strawberry.field(resolver=overdue.overdue_by_agency)
    """What is overdue, per agency. Agencies with nothing open are left out unless asked for."""
    recurring_learning: UncountedConnection[RecurringLearning] = strawberry.field(resolver=recurring.recurring_learning)
    """Which learning recurs, most recurrent first."""
    implementation: list[ImplementationProgress] = strawberry.field(resolver=implementation_queries.implementation)
    """How far each review's plan has been carried out, for the body that monitors it."""
    standing_duties: list[Duty] = strawberry.field(resolver=duties.standing_duties)
    """The standing duties that agencies were called to account for in a year."""
    yearly_returns: list[YearlyReturn] = strawberry.field(resolver=returns.yearly_returns)
    """The returns that agencies were called for in a year, with their standing duties."""
    return_rounds: list[ReturnRound] = strawberry.field(resolver=returns.return_rounds)
    """The returns of each period from one year to another, also of a period for which nobody was called."""
    learning_coverage: list[LearningCoverage] = strawberry.field(resolver=coverage.learning_coverage)
    """How far each point of a review's learning has reached, also where it has reached nobody yet."""
    coverage_by_agency: list[AgencyCoverage] = strawberry.field(resolver=coverage.coverage_by_agency)
    """What each agency has received of the learning, of one review or of all, and what it has confirmed."""
    agencies: list[Agency] = strawberry.field(resolver=_agencies)
    """Every agency, also those that were merged into others, by key."""
    themes: list[Theme] = strawberry.field(resolver=_themes)
    """Every theme, also those that were merged into others, by key."""
    participation: list[ParticipationCount] | None = strawberry.field(resolver=participation_queries.participation)
    """
    In how many of the reviews commissioned from `since` to `until` children, families and professionals were invited
    and took part. Null for an agency.
    """
    learning: Connection[LearningPoint] = strawberry.field(resolver=learning_queries.learning)
    """
    The learning of all reviews, what was identified last first, drafts too. An agency sees that of published reviews,
    as those reviews list it.
    """
    learning_inbox: Connection[InboxItem] | None = strawberry.field(resolver=learning_queries.learning_inbox)
    """
    The learning that a body is fed by the kinds of review, or was brought, what has waited longest first: what it has
    not taken up yet, or with `takenUp: true` what it has, with null both. By default a member's own bodies, for
    everybody else all; null for an agency.
    """
    audit_programme: AuditProgramme | None = strawberry.field(resolver=by_id.audit_programme)
    """The audit programme of a year; null before it was planned, for an agency before it was agreed."""
    rhythms: list[Rhythm] | None = strawberry.field(resolver=rhythms)
    """
    What the framework expects again and again in a year, by quarters or for the whole year, and whether it was held.
    Null for an agency.
    """
    annual_report: AnnualReport = strawberry.field(resolver=annual_report_queries.annual_report)
    """What a calendar year brought, or the days from `since` to `until`, for the annual report."""
    published_improvements: list[PublishedImprovements] = strawberry.field(resolver=annual_report_queries.improvements)
    """What was published in place of reviews that were withheld, the latest first; for everybody to read."""
    credentials: list[Credential] | None = strawberry.field(resolver=credentials)
    """Who may act, by their credentials, those that hold no longer too. Null for everybody but the administrator."""
    position: str = strawberry.field(resolver=_position)
    """
    How many facts had been recorded by `knownAt`. For an agency, the place of the last of them that it is shown; 0
    before any.
    """
    unassigned: int = strawberry.field(resolver=overdue.unassigned)
    """Recommendations and actions that were raised and never assigned."""

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, Reading)
