"""The challenge log: the list of challenges and what it comes to, for one filter."""

from functools import partial
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.arguments import FILTERED
from api.queries.filters import conditions, given
from api.queries.inputs import ChallengeFilter
from api.queries.lists import listed
from api.reading import Reading
from api.types.challenge_log import ChallengeLog
from domain.words import Kind
from projections.challenges.view import log


def challenge_log(
    root: strawberry.Parent[Reading], filter: Annotated[ChallengeFilter | None, FILTERED] = UNSET
) -> ChallengeLog:
    where = conditions(root, given(filter))

    def page(info: strawberry.Info, order: str, **asked: object) -> object:
        return listed(info, root, Kind.CHALLENGE, order, filter, **asked)

    return ChallengeLog(reading=root, count=partial(log, root.asking, where), page=page)
