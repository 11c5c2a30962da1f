"""What a period brought, for the annual report."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry import UNSET

from api.batches import Batch
from api.connection import UncountedConnection, connect_uncounted
from api.paging import Page, PageRequest
from api.things import found
from api.types.action import Action
from api.types.outcome import ImpactFinding
from api.types.recommendation import Recommendation
from api.types.review_kind import ReviewKind
from api.types.telling import Told
from domain.words import Answer, Kind
from projections.annual_report.rows import FindingRead, ReportRead
from projections.annual_report.view import findings

REPORT = (
    "What happened from `since` to `until`, both included, as known and standing at the pair of moments. "
    "An agency's eyes count what that agency may see."
)
ANSWERS = "The answer of each agency that stands, by the day on which it was given."
CLOSED = "By the closing that stands: what was reopened since is not counted."
VERIFIED = "All findings of the period, also those that a later one has superseded."
RETURNED = "Evidence that was judged in the period and sent back."
FINDINGS = "The evidence of impact: every finding of the period, in order of its day."

ImpactSubject = Annotated[Recommendation | Action, strawberry.union("ImpactSubject")]


@strawberry.type
class ReviewsOfKind:
    kind: ReviewKind
    commissioned: int
    completed: int
    published: int
    withheld: int


@strawberry.type
class AnswersGiven:
    accepted: int
    accepted_in_principle: int
    not_accepted: int


@strawberry.type
class LearningIdentified:
    improvement: int
    good_practice: int


@strawberry.type
class CarriedOut:
    implemented: int = strawberry.field(description=CLOSED)
    superseded: int
    not_implemented: int
    embedded: int = strawberry.field(description=VERIFIED)
    partly_embedded: int
    not_embedded: int
    evidence_returned: int = strawberry.field(description=RETURNED)


def _finding(root: strawberry.Parent[FindingRead]) -> ImpactFinding:
    batch: Batch[FindingRead] = root.batch
    told = Told(root.detail, batch.reading, root.entry, root.noted_at)
    return ImpactFinding.of(told, lambda: batch.once("evidence", lambda: _evidence(batch)))


def _evidence(batch: Batch[FindingRead]) -> dict[UUID, Any]:
    named = (row.detail.get("evidenced_by") for row in batch.rows)
    return found(batch.reading, Kind.REVIEW, {UUID(each) for each in named if each})


def _subject(root: strawberry.Parent[FindingRead]) -> Any:
    batch: Batch[FindingRead] = root.batch
    ids = [row.thing for row in batch.rows if row.about == root.about]
    return batch.once(root.about, lambda: found(batch.reading, Kind(root.about), ids))[root.thing]


@strawberry.type
class ReportedImpact:
    finding: ImpactFinding = strawberry.field(resolver=_finding)
    subject: ImpactSubject = strawberry.field(resolver=_subject)

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, FindingRead)


def _reviews(root: strawberry.Parent[ReportRead]) -> list[ReviewsOfKind]:
    framing = root.batch.reading.framing
    return [
        ReviewsOfKind(
            kind=framing.kind_of(each["framework"], each["kind"]),
            **{name: each[name] for name in ("commissioned", "completed", "published", "withheld")},
        )
        for each in root.reviewed
    ]


def _answers(root: strawberry.Parent[ReportRead]) -> AnswersGiven:
    return AnswersGiven(**{answer.lower(): root.answered.get(answer, 0) for answer in Answer})


def _learning(root: strawberry.Parent[ReportRead]) -> LearningIdentified:
    return LearningIdentified(improvement=root.improvement, good_practice=root.good_practice)


def _recommendations(root: strawberry.Parent[ReportRead]) -> CarriedOut:
    return CarriedOut(**root.carried_out["recommendation"])


def _actions(root: strawberry.Parent[ReportRead]) -> CarriedOut:
    return CarriedOut(**root.carried_out["action"])


def _findings(root: strawberry.Parent[ReportRead], first: int | None = UNSET, after: str | None = UNSET) -> Any:
    bound = f"{root.since} {root.until}"
    asked = PageRequest.parse(first, after, None, None, "findings", bound, shape=(date, UUID))
    rows = findings(root.batch.reading.asking, root.since, root.until, asked.fetch, _place(asked))
    page = Page.of(rows, asked)
    Batch(root.batch.reading, page.rows)
    return connect_uncounted(page, asked, lambda row: (row.verified_on, row.entry), lambda row: row)


def _place(asked: PageRequest) -> tuple[date, UUID] | None:
    match asked.after:
        case (date() as day, UUID() as entry):
            return day, entry
    return None


@strawberry.type(description=REPORT)
class AnnualReport:
    since: date
    until: date
    reviews: list[ReviewsOfKind] = strawberry.field(resolver=_reviews)
    learning: LearningIdentified = strawberry.field(resolver=_learning)
    recommended: int = strawberry.field(description="Recommendations raised.")
    answers: AnswersGiven = strawberry.field(resolver=_answers, description=ANSWERS)
    recommendations: CarriedOut = strawberry.field(resolver=_recommendations)
    actions: CarriedOut = strawberry.field(resolver=_actions)
    findings: UncountedConnection[ReportedImpact] = strawberry.field(resolver=_findings, description=FINDINGS)

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ReportRead)
