"""The challenge log: the list of challenges and what it comes to, for one filter."""

from functools import partial
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import FILTERED
from api.graphql.challenge_log.types import ChallengeLog
from api.graphql.filters.conditions import conditions, given
from api.graphql.filters.inputs import ChallengeFilter
from api.graphql.register.lists import list_page
from domain.shared.vocabulary import Kind
from projections.queries.challenges.query import log


def challenge_log(
    root: strawberry.Parent[Reading], filter: Annotated[ChallengeFilter | None, FILTERED] = UNSET
) -> ChallengeLog:
    where = conditions(root, given(filter))

    def page(info: strawberry.Info, order: str, **requested: object) -> object:
        return list_page(info, root, Kind.CHALLENGE, order, filter, **requested)

    return ChallengeLog(reading=root, count=partial(log, root.query_context, where), page=page)
