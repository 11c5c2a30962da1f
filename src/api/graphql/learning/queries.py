"""The learning of all reviews, and that which bodies are fed."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import FILTERED, After, Before, First, Last, OneBody, TakenUp, optional
from api.graphql.filters.conditions import conditions, filter_key, given
from api.graphql.filters.inputs import LearningFilter
from api.graphql.learning.types import InboxItem, LearningPoint, learning_points
from api.graphql.oversight.queries import bodies_asked_about
from api.graphql.selection import selects
from api.loaders.records import Batch
from api.relay.connection import Connection, connect
from api.relay.paging import Page, PageRequest
from domain.shared.vocabulary import Role
from projections.queries.entries import query as entries
from projections.queries.learning.query import learning as all_learning
from projections.queries.learning_inbox.query import Inbox, waiting


def learning(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    filter: Annotated[LearningFilter | None, FILTERED] = UNSET,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Connection[LearningPoint]:
    filters = given(filter)
    requested = PageRequest.parse(first, after, last, before, "learning", filter_key(filters), shape=(date, UUID))
    window = requested.window(counted=selects(info, "totalCount"))
    read = all_learning(root.query_context, conditions(root, filters), window)
    found = entries.by_id(root.query_context, read.rows)
    points = learning_points(root, (found[id] for id in read.rows))
    shown: Connection[Any] = connect(
        Page.of(points, requested, read.total),
        requested,
        lambda each: (each.happened_on, each.entry),
        lambda each: each,
    )
    return shown


def learning_inbox(
    root: strawberry.Parent[Reading],
    body: OneBody = UNSET,
    taken_up: TakenUp = False,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Connection[InboxItem] | None:
    """A member's own bodies by default, all for everybody else, nothing for an agency."""
    if root.context.caller.role is Role.AGENCY:
        return None
    bodies = bodies_asked_about(root, optional(body))
    key = filter_key({"bodies": bodies, "taken_up": taken_up})
    requested = PageRequest.parse(first, after, last, before, "learningInbox", key, shape=(date, str))
    wanted = Inbox(root.partnership_frameworks.feeding, root.partnership_frameworks.heirs, bodies, taken_up)
    read = waiting(root.query_context, wanted, requested.window())
    page = Page.of(read.rows, requested, read.total)
    Batch(root, page.rows)
    shown: Connection[Any] = connect(page, requested, lambda row: (row.since, row.place), lambda row: row)
    return shown
