"""How far learning has reached."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import OneReview, ReviewId, SomeAgencies, optional
from api.graphql.dissemination.types import together
from api.graphql.duties.queries import known_agencies
from api.loaders.records import load_one
from api.relay import global_id
from domain.shared.vocabulary import Kind
from projections.queries.coverage import query as coverage


def learning_coverage(root: strawberry.Parent[Reading], review_id: ReviewId) -> Any:
    review = global_id.decode(review_id, Kind.REVIEW, field=("reviewId",)).uuid
    if load_one(root, Kind.REVIEW, review) is None:
        return []
    return together(root, coverage.by_learning(root.query_context, review))


def coverage_by_agency(
    root: strawberry.Parent[Reading], review_id: OneReview = UNSET, agencies: SomeAgencies = UNSET
) -> Any:
    review = global_id.perhaps(optional(review_id), Kind.REVIEW, field=("reviewId",))
    return together(root, coverage.by_agency(root.query_context, review, known_agencies(root, agencies)))
