"""How far the plan of a review has been carried out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from api.graphql.agencies.types import Agency
from api.graphql.descriptions import documented
from api.graphql.reviews.types import Review
from api.loaders.records import Batch, load_many
from domain.shared.vocabulary import Kind
from projections.queries.implementation.query import ImplementationRead


@documented
@strawberry.type
class AgencyProgress:
    """How far one agency's actions in a review's plan have come."""

    reading: strawberry.Private[Any]
    key: strawberry.Private[str]
    actions: int
    """How many actions it leads."""
    closed: int
    """Of these, closed for whatever reason."""
    impact_verified: int
    """Of these, verified as embedded or partly embedded."""
    not_embedded: int
    """Of these, with the latest finding *not embedded*."""
    overdue: int
    """Of these, overdue on the day asked about."""
    awaiting_review: int
    """Of these, with evidence that awaits its verdict."""
    challenged: int
    """Of these, with an open formal challenge."""

    @strawberry.field
    def agency(self) -> Agency:
        """The lead agency."""
        shown: Agency = self.reading.agencies[self.key]
        return shown

    @classmethod
    def of(cls, counted: Mapping[str, Any], reading: Any) -> "AgencyProgress":
        counts = {name: count for name, count in counted.items() if name != "agency"}
        return cls(reading=reading, key=counted["agency"], **counts)


def _review(root: strawberry.Parent[ImplementationRead]) -> Any:
    batch: Batch[ImplementationRead] = root.batch
    ids = batch.ids(lambda each: [each.review_id])
    return batch.once("review", lambda: load_many(batch.reading, Kind.REVIEW, ids))[root.review_id]


def _by_agency(root: strawberry.Parent[ImplementationRead]) -> list[AgencyProgress]:
    return [AgencyProgress.of(each, root.batch.reading) for each in root.agencies]


@documented
@strawberry.type
class ImplementationProgress:
    """
    Counts are of actions, but for those named after recommendations, which count these by themselves: each pair adds up
    to what `oversight` and the lists say. An agency's eyes count what that agency may list, and see whole.
    """

    review: Review = strawberry.field(resolver=_review)
    """The review."""
    recommendations: int
    """How many recommendations arose from it."""
    recommendations_closed: int
    """Closed for whatever reason, verified or not."""
    recommendations_overdue: int
    """Recommendations that are overdue on the day asked about."""
    recommendations_challenged: int
    """Recommendations with an open formal challenge."""
    recommendations_awaiting_review: int
    """Recommendations of which evidence awaits its verdict."""
    recommendation_extensions_pending: int
    """Recommendations with a request for an extension that awaits its answer."""
    actions: int
    """How many actions its recommendations have."""
    closed: int
    """Closed for whatever reason, verified or not."""
    impact_verified: int
    """Verified as embedded or partly embedded."""
    not_embedded: int
    """The latest finding is *not embedded*, whether it has been reopened since or not."""
    awaiting_impact: int
    """Closed as implemented, and nobody has said yet whether it made a difference."""
    overdue: int
    """Overdue on the day asked about."""
    challenged: int
    """With an open formal challenge."""
    evidence_awaiting_review: int
    """With evidence that awaits its verdict."""
    oldest_evidence_awaiting_since: date | None
    """The day of the evidence that has waited longest."""
    extensions_pending: int
    """With a request for an extension that awaits its answer."""
    by_agency: list[AgencyProgress] = strawberry.field(resolver=_by_agency)
    """By lead agency, in order of their keys; actions that nobody leads yet are nobody's."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ImplementationRead)
