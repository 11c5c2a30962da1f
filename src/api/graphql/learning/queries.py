"""The learning that bodies are fed: a member's own bodies by default, all for everybody else, nothing for an agency."""

from datetime import date
from typing import Any

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import After, Before, First, Last, OneBody, TakenUp, optional
from api.graphql.filters.conditions import filter_key
from api.graphql.learning.types import InboxItem
from api.graphql.oversight.queries import bodies_asked_about
from api.loaders.records import Batch
from api.relay.connection import Connection, connect
from api.relay.paging import Page, PageRequest
from domain.shared.vocabulary import Role
from projections.queries.learning_inbox.query import Inbox, waiting


def learning_inbox(
    root: strawberry.Parent[Reading],
    body: OneBody = UNSET,
    taken_up: TakenUp = False,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Connection[InboxItem] | None:
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
