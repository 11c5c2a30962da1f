"""What was published instead of a review."""

from datetime import date
from typing import Any

import strawberry

from api.graphql.descriptions import documented
from api.graphql.frameworks.review_kinds import ReviewKind
from api.graphql.reviews.types import Review
from api.loaders.records import Batch, load_many
from domain.shared.vocabulary import Kind
from projections.queries.published_improvements.query import ImprovementsRead

REVIEW = "The review, as far as you may see it; null for an agency that has no part in it."


def _kind(root: strawberry.Parent[ImprovementsRead]) -> ReviewKind:
    shown: ReviewKind = root.batch.reading.partnership_frameworks.kind_of(root.framework_key, root.kind_key)
    return shown


def _review(root: strawberry.Parent[ImprovementsRead]) -> Any:
    batch: Batch[ImprovementsRead] = root.batch
    ids = batch.ids(lambda each: [each.review_id])
    return batch.once("review", lambda: load_many(batch.reading, Kind.REVIEW, ids)).get(root.review_id)


@documented
@strawberry.type
class PublishedImprovements:
    """The improvements that are published in place of a review that was withheld. Its title stays with the review."""

    kind: ReviewKind = strawberry.field(resolver=_kind)
    """The kind of the review."""
    improvements: str
    """What is to be improved, in words that anybody may read."""
    published_on: date
    """The day on which they were published."""
    review: Review | None = strawberry.field(resolver=_review)
    """The review, as far as you may see it; null for an agency that has no part in it."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ImprovementsRead)
