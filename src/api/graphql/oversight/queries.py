"""What awaits a body: its own queues for a member, all of them for everybody else, nothing for an agency."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import OneBody, optional
from api.graphql.filters.conditions import filter_key
from api.graphql.oversight.types import Oversight
from api.loaders.records import Batch
from api.relay.connection import Connection, connect
from api.relay.paging import Page, PageRequest
from domain.agency.state import Agencies, Agency
from domain.authority import answers_for, is_of_no_known_side, of_the_board
from domain.shared.refusals import UnknownBody
from domain.shared.vocabulary import Role
from projections.queries.credentials.query import members
from projections.queries.oversight.query import Overseeing, awaited, counts


def oversight(root: strawberry.Parent[Reading], body: OneBody = UNSET) -> Oversight | None:
    if root.context.caller.role is Role.AGENCY:
        return None
    bodies = bodies_asked_about(root, optional(body))
    wanted = partial(Overseeing, _members(root), root.partnership_frameworks.advisers, bodies)
    return Oversight(
        reading=root,
        count=lambda chairs: counts(root.query_context, wanted(), chairs=chairs),
        page=partial(_page, root, wanted, bodies),
    )


def bodies_asked_about(reading: Reading, key: str | None) -> Sequence[str] | None:
    if key is None:
        caller = reading.context.caller
        return caller.bodies if caller.role is Role.MONITORING_BODY else None
    if reading.partnership_frameworks.body(key) is None:
        raise UnknownBody(f"There is no body {key!r:.80}.", "body")
    return [key]


def _members(reading: Reading) -> list[dict[str, Any]]:
    """Whose work the holder of each credential would not judge, by the mergers known then; never the board's own."""
    agencies = Agencies(
        by_key={each.key: Agency(each.key, each.name, kind=each.kind) for each in reading.agencies},
        merged={each.key: each.successor for each in reading.agencies if each.successor},
    )
    boards = of_the_board(agencies)
    judging = (
        each for each in members(reading.query_context) if not is_of_no_known_side(each.agency, each.independent)
    )
    return [
        {"body": body, "own": sorted(answers_for(each.agency, agencies) | boards)}
        for each in judging
        for body in each.bodies
    ]


def _page(
    reading: Reading,
    wanted: Any,
    bodies: Sequence[str] | None,
    filters: dict[str, Any],
    first: Any,
    after: Any,
    last: Any,
    before: Any,
    *,
    counted: bool,
) -> Connection[Any]:
    key = filter_key({"bodies": bodies, **filters})
    requested = PageRequest.parse(first, after, last, before, "oversight", key, shape=(date, str))
    window = requested.window()
    read = awaited(reading.query_context, wanted(**filters), window, counted=counted)
    shown = Page.of(read.rows, requested, read.total)
    Batch(reading, shown.rows)
    return connect(shown, requested, lambda row: (row.since, row.place), lambda row: row)
