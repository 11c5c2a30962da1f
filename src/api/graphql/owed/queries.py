"""What agencies owe: an agency its own, everybody else that of one or of all."""

import re
from datetime import date
from typing import Any

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import After, Before, DueBefore, First, Last, OneAgency, Overdue, OwedKinds, optional
from api.graphql.filters.conditions import filter_key
from api.loaders.records import Batch
from api.relay.connection import connect
from api.relay.paging import Page, PageRequest
from domain.shared.refusals import UnknownAgency
from domain.shared.vocabulary import OwedKind
from projections.queries.owed_by_agency import query as owed_by_agency
from projections.queries.owed_by_agency.query import Owing

PLACE = re.compile(r"[A-Z_]+ [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} \S+")
"""Of what is due on one day: its kind, its id, and whose it is."""


def owed(
    root: strawberry.Parent[Reading],
    agency: OneAgency = UNSET,
    kinds: OwedKinds = UNSET,
    due_before: DueBefore = UNSET,
    overdue: Overdue = UNSET,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Any:
    gone_on_in = root.context.gone_on_in
    wanted = Owing(
        _known(root, optional(agency)), _values(optional(kinds)), optional(due_before), optional(overdue), gone_on_in
    )
    key = filter_key({"owed": [wanted.agency, wanted.kinds, wanted.due_before, wanted.overdue]})
    requested = PageRequest.parse(first, after, last, before, "owed", key, shape=(date, PLACE))
    read = owed_by_agency.owed(root.query_context, wanted, requested.window())
    shown = Page.of(read.rows, requested, read.total)
    Batch(root, shown.rows)
    return connect(shown, requested, lambda row: (row.due_on, row.place), lambda row: row)


def _values(kinds: list[OwedKind] | None) -> list[str] | None:
    return None if kinds is None else [kind.value for kind in kinds]


def _known(reading: Reading, agency: str | None) -> str | None:
    if agency is not None and agency not in reading.agencies:
        raise UnknownAgency(f"There is no agency {agency!r:.80}.", "agency")
    return agency
