"""What a period brought, for the annual report."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry import UNSET

from api.graphql.actions.types import Action
from api.graphql.arguments import After, Before, First, Last
from api.graphql.descriptions import documented
from api.graphql.event_json import EventJson
from api.graphql.frameworks.review_kinds import ReviewKind
from api.graphql.lifecycle.types import ImpactFinding
from api.graphql.participation.types import ParticipationCount
from api.graphql.recommendations.types import Recommendation
from api.loaders.records import Batch, load_many
from api.relay.connection import UncountedConnection, connect_uncounted
from api.relay.paging import Page, PageRequest
from domain.shared.vocabulary import Answer, Kind, Role
from projections.engine.query_context import QueryContext
from projections.queries.annual_report import query as annual_report
from projections.queries.annual_report.query import FindingRead, ReportRead, findings
from projections.queries.participation.query import counted

ImpactSubject = Annotated[
    Recommendation | Action, strawberry.union("ImpactSubject", description="What a finding of impact is about.")
]


@documented
@strawberry.type
class ReviewsOfKind:
    """What the period brought of one kind of review."""

    kind: ReviewKind
    """The kind."""
    commissioned: int
    """Commissioned in it."""
    completed: int
    """Completed in it."""
    published: int
    """Published in it."""
    withheld: int
    """Withheld in it."""


@documented
@strawberry.type
class AnswersGiven:
    """How agencies answered recommendations in the period."""

    accepted: int
    """Accepted."""
    accepted_in_principle: int
    """Accepted in principle."""
    not_accepted: int
    """Not accepted."""


@documented
@strawberry.type
class LearningIdentified:
    """The learning that was identified in the period."""

    improvement: int
    """To be improved."""
    good_practice: int
    """Good practice."""


@documented
@strawberry.type
class CarriedOut:
    """What became of work in the period."""

    implemented: int
    """By the closing that stands: what was reopened since is not counted."""
    superseded: int
    """Closed as superseded."""
    not_implemented: int
    """Closed as not implemented."""
    embedded: int
    """All findings of the period, also those that a later one has superseded."""
    partly_embedded: int
    """Verified as partly embedded."""
    not_embedded: int
    """Verified as not embedded."""
    evidence_returned: int
    """Evidence that was judged in the period and sent back."""


def _finding(root: strawberry.Parent[FindingRead]) -> ImpactFinding:
    batch: Batch[FindingRead] = root.batch
    event = EventJson(root.detail, batch.reading, root.entry, root.noted_at)
    return ImpactFinding.of(event, lambda: batch.once("evidence", lambda: _evidence(batch)))


def _evidence(batch: Batch[FindingRead]) -> dict[UUID, Any]:
    named = (row.detail.get("evidenced_by") for row in batch.rows)
    return load_many(batch.reading, Kind.REVIEW, {UUID(each) for each in named if each})


def _subject(root: strawberry.Parent[FindingRead]) -> Any:
    batch: Batch[FindingRead] = root.batch
    ids = [row.thing for row in batch.rows if row.about == root.about]
    return batch.once(root.about, lambda: load_many(batch.reading, Kind(root.about), ids))[root.thing]


@documented
@strawberry.type
class ReportedImpact:
    """A finding of the period, with what it is about."""

    finding: ImpactFinding = strawberry.field(resolver=_finding)
    """The finding."""
    subject: ImpactSubject = strawberry.field(resolver=_subject)
    """The recommendation or action."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, FindingRead)


def _reviews(root: strawberry.Parent[ReportRead]) -> list[ReviewsOfKind]:
    partnership_frameworks = root.batch.reading.partnership_frameworks
    return [
        ReviewsOfKind(
            kind=partnership_frameworks.kind_of(each["framework"], each["kind"]),
            **{name: each[name] for name in ("commissioned", "completed", "published", "withheld")},
        )
        for each in root.reviewed
    ]


def _answers(root: strawberry.Parent[ReportRead]) -> AnswersGiven:
    return AnswersGiven(**{answer.lower(): root.answered.get(answer, 0) for answer in Answer})


def _learning(root: strawberry.Parent[ReportRead]) -> LearningIdentified:
    return LearningIdentified(improvement=root.improvement, good_practice=root.good_practice)


def _recommendations(root: strawberry.Parent[ReportRead]) -> CarriedOut:
    return CarriedOut(**root.of_recommendations)


def _actions(root: strawberry.Parent[ReportRead]) -> CarriedOut:
    return CarriedOut(**root.of_actions)


def _findings(
    root: strawberry.Parent[ReportRead],
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Any:
    bound = f"{root.since} {root.until}"
    requested = PageRequest.parse(first, after, last, before, "findings", bound, shape=(date, UUID))
    window = requested.window()
    rows = findings(root.batch.reading.query_context, root.since, root.until, window)
    page = Page.of(rows, requested)
    Batch(root.batch.reading, page.rows)
    return connect_uncounted(page, requested, lambda row: (row.verified_on, row.entry), lambda row: row)


@documented
@strawberry.type
class Timeliness:
    """Of what was due in the period; what is due and neither in time nor late is to come."""

    due: int
    """How many were due in the period."""
    in_time: int
    """Done by its due date, or claimed to be by then and not judged yet."""
    late: int
    """Done after its due date, and done by now."""
    outstanding: int
    """Not done on the day asked about, which is after its due date."""


@documented
@strawberry.type
class ReportedTimeliness:
    """What was due in the period, and whether it was done in time."""

    recommendations: Timeliness
    """Recommendations, by their due dates."""
    actions: Timeliness
    """Actions, by their due dates."""
    learning_duties: Timeliness
    """Agencies' duties on learning that reached them."""
    standing_duties: Timeliness
    """Agencies' standing duties, of returns that were called."""


@documented
@strawberry.type
class ReportedChallenges:
    """What became of formal challenges in the period."""

    issued: int
    """Issued in it."""
    escalated: int
    """How often one was taken to a further level."""
    answers_due: int
    """Answers due in the period, one for each level."""
    answered_in_time: int
    """Answers given by their day."""
    answered_late: int
    """Also what has not been answered though its day has passed."""
    upheld: int
    """Resolved as upheld."""
    answered: int
    """Resolved as answered."""
    withdrawn: int
    """Withdrawn."""
    open_at_the_end: int
    """Open on the last day of the period."""


@documented
@strawberry.type
class ReportedDissemination:
    """How often learning was told by one method in the period."""

    method: str
    """The method's key."""
    times: int
    """How often it was used."""
    to_the_public: int
    """How often the public or the media were told."""
    learning: int
    """Points of learning that were brought by this method."""


@documented
@strawberry.type
class ReportedReturns:
    """Of returns that were due in the period."""

    called: int
    """Agencies that were called."""
    answered: int
    """Returns in which anything was answered."""
    judged: int
    """Returns that were judged."""
    improvements: int
    """What agencies and judges found is to be put right."""
    standards_met: int
    """Standards by the verdict of the judge, or as the agency assessed them where that stands."""
    standards_partly_met: int
    """Standards partly met."""
    standards_not_met: int
    """Standards not met."""


@documented
@strawberry.type
class ReportedYield:
    """Learning of one sort, such as modifiable factors, in the words of the framework of the review."""

    yields: str
    """Which kind of learning it is."""
    kind: ReviewKind
    """The kind of review that yielded it."""
    points: int
    """How many points of it."""


_NONE = annual_report.DutiesRead("", 0, 0, 0, 0, 0, 0, 0)


def _period(root: ReportRead) -> tuple[QueryContext, date, date]:
    return root.batch.reading.query_context, root.since, root.until


def _duties(root: ReportRead) -> dict[str, annual_report.DutiesRead]:
    read: dict[str, annual_report.DutiesRead] = root.batch.once("duties", lambda: annual_report.duties(*_period(root)))
    return read


def _timely(read: annual_report.TimelinessRead | annual_report.DutiesRead) -> Timeliness:
    return Timeliness(due=read.due, in_time=read.in_time, late=read.late, outstanding=read.outstanding)


def _timeliness(root: strawberry.Parent[ReportRead]) -> ReportedTimeliness:
    items, duties = annual_report.timeliness(*_period(root)), _duties(root)
    return ReportedTimeliness(
        recommendations=_timely(items["recommendation"]),
        actions=_timely(items["action"]),
        learning_duties=_timely(duties.get("learning", _NONE)),
        standing_duties=_timely(duties.get("return", _NONE)),
    )


def _challenges(root: strawberry.Parent[ReportRead]) -> ReportedChallenges:
    read = annual_report.challenges(*_period(root))
    return ReportedChallenges(
        issued=read.issued,
        escalated=read.escalated,
        answers_due=read.asked,
        answered_in_time=read.in_time,
        answered_late=read.late,
        upheld=read.upheld,
        answered=read.answered,
        withdrawn=read.withdrawn,
        open_at_the_end=read.open_at_the_end,
    )


def _dissemination(root: strawberry.Parent[ReportRead]) -> list[ReportedDissemination]:
    return [
        ReportedDissemination(
            method=each.method, times=each.times, to_the_public=each.to_the_public, learning=each.learning
        )
        for each in annual_report.disseminations(*_period(root))
    ]


def _returns(root: strawberry.Parent[ReportRead]) -> ReportedReturns:
    read, standards = annual_report.returns(*_period(root)), _duties(root).get("return", _NONE)
    return ReportedReturns(
        called=read.called,
        answered=read.answered,
        judged=read.judged,
        improvements=read.improvements,
        standards_met=standards.met,
        standards_partly_met=standards.partly_met,
        standards_not_met=standards.not_met,
    )


def _participation(root: strawberry.Parent[ReportRead]) -> list[ParticipationCount] | None:
    reading = root.batch.reading
    if reading.context.caller.role is Role.AGENCY:
        return None
    return [ParticipationCount.of(row) for row in counted(reading.query_context, root.since, root.until, None)]


def _yields(root: strawberry.Parent[ReportRead]) -> list[ReportedYield]:
    partnership_frameworks = root.batch.reading.partnership_frameworks
    return [
        ReportedYield(
            yields=each.yields, kind=partnership_frameworks.kind_of(each.framework, each.kind), points=each.points
        )
        for each in annual_report.yields(*_period(root))
    ]


@documented
@strawberry.type
class AnnualReport:
    """
    What happened from `since` to `until`, both included, as known and standing at the pair of moments. An agency's eyes
    count what that agency may see.
    """

    since: date
    """The first day of the period."""
    until: date
    """The last day of the period."""
    reviews: list[ReviewsOfKind] = strawberry.field(resolver=_reviews)
    """By kind of review."""
    learning: LearningIdentified = strawberry.field(resolver=_learning)
    """What was learned."""
    recommended: int
    """Recommendations raised."""
    answers: AnswersGiven = strawberry.field(resolver=_answers)
    """The answer of each agency that stands, by the day on which it was given."""
    recommendations: CarriedOut = strawberry.field(resolver=_recommendations)
    """What became of recommendations."""
    actions: CarriedOut = strawberry.field(resolver=_actions)
    """What became of actions."""
    timeliness: ReportedTimeliness = strawberry.field(resolver=_timeliness)
    """What was due, and whether it was done in time."""
    challenges: ReportedChallenges = strawberry.field(resolver=_challenges)
    """What became of formal challenges."""
    dissemination: list[ReportedDissemination] = strawberry.field(resolver=_dissemination)
    """How learning was disseminated in the period, by method."""
    returns: ReportedReturns = strawberry.field(resolver=_returns)
    """What agencies accounted for."""
    participation: list[ParticipationCount] | None = strawberry.field(resolver=_participation)
    """How people took part in the reviews that were commissioned in the period; null for an agency."""
    yields: list[ReportedYield] = strawberry.field(resolver=_yields)
    """Learning of the period that says what it is, such as modifiable factors, by kind of review."""
    findings: UncountedConnection[ReportedImpact] = strawberry.field(resolver=_findings)
    """The evidence of impact: every finding of the period, in order of its day."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ReportRead)
