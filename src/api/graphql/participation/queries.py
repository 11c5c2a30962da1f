"""Counting in how many reviews people were invited and took part; an agency is not shown it."""

from datetime import date

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import Since, SomeKinds, Until, optional
from api.graphql.filters.conditions import known_keys
from api.graphql.participation.types import ParticipationCount
from domain.shared.refusals import UnknownReviewKind
from domain.shared.vocabulary import Role
from projections.queries.participation.query import counted

Day = date | None


def participation(
    root: strawberry.Parent[Reading], since: Since = UNSET, until: Until = UNSET, kinds: SomeKinds = UNSET
) -> list[ParticipationCount] | None:
    if root.context.caller.role is Role.AGENCY:
        return None
    wanted = optional(kinds)
    if wanted is not None:
        known_keys(wanted, root.partnership_frameworks.has_kind, UnknownReviewKind, "kind of review", "kinds")
    return [ParticipationCount.of(row) for row in counted(root.query_context, optional(since), optional(until), wanted)]
