"""Counting in how many reviews people were invited and took part; an agency is not shown it."""

from datetime import date

import strawberry
from strawberry import UNSET

from api.arguments import Since, SomeKinds, Until
from api.left_out import said
from api.reading import Reading
from api.types.participation import ParticipationCount
from domain.refusals import UnknownReviewKind
from domain.words import Role
from projections.participation.view import counted

Day = date | None


def participation(
    root: strawberry.Parent[Reading], since: Since = UNSET, until: Until = UNSET, kinds: SomeKinds = UNSET
) -> list[ParticipationCount] | None:
    if root.context.caller.role is Role.AGENCY:
        return None
    wanted = said(kinds)
    for key in wanted or ():
        if not root.framing.has_kind(key):
            raise UnknownReviewKind(f"There is no kind of review {key!r:.80}.", "kinds")
    return [ParticipationCount.of(row) for row in counted(root.asking, said(since), said(until), wanted)]
