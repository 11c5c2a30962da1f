"""The learning that bodies are fed: a member's own bodies by default, all for everybody else, nothing for an agency."""

from datetime import date
from typing import Any

import strawberry
from strawberry import UNSET

from api.arguments import After, Before, First, Last, OneBody, TakenUp
from api.batches import Batch
from api.connection import Connection, connect
from api.left_out import said
from api.paging import Page, PageRequest
from api.queries.filters import filter_key
from api.queries.overseeing import bodies_asked_about
from api.reading import Reading
from api.types.learning_inbox import InboxItem
from domain.words import Role
from projections.learning_inbox.view import Inbox, waiting


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
    bodies = bodies_asked_about(root, said(body))
    key = filter_key({"bodies": bodies, "taken_up": taken_up})
    asked = PageRequest.parse(first, after, last, before, "learningInbox", key, shape=(date, str))
    wanted = Inbox(root.framing.feeding, root.framing.heirs, bodies, taken_up)
    read = waiting(root.asking, wanted, asked.window())
    page = Page.of(read.rows, asked, read.total)
    Batch(root, page.rows)
    shown: Connection[Any] = connect(page, asked, lambda row: (row.since, row.place), lambda row: row)
    return shown
