"""What was published instead of a review."""

from datetime import date
from typing import Any

import strawberry

from api.batches import Batch
from api.documented import documented
from api.things import found
from api.types.review import Review
from api.types.review_kind import ReviewKind
from domain.words import Kind
from projections.published_improvements.view import ImprovementsRead

REVIEW = "The review, as far as you may see it; null for an agency that has no part in it."


def _kind(root: strawberry.Parent[ImprovementsRead]) -> ReviewKind:
    shown: ReviewKind = root.batch.reading.framing.kind_of(root.framework_key, root.kind_key)
    return shown


def _review(root: strawberry.Parent[ImprovementsRead]) -> Any:
    batch: Batch[ImprovementsRead] = root.batch
    ids = batch.ids(lambda each: [each.review_id])
    return batch.once("review", lambda: found(batch.reading, Kind.REVIEW, ids)).get(root.review_id)


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
