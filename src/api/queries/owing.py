"""What agencies owe: an agency its own, everybody else that of one or of all."""

from datetime import date
from typing import Any

import strawberry
from strawberry import UNSET

from api.arguments import After, Before, DueBefore, First, Last, OneAgency, Overdue, OwedKinds
from api.batches import Batch
from api.connection import connect
from api.left_out import said
from api.paging import Page, PageRequest
from api.queries.filters import filter_key
from api.reading import Reading
from domain.refusals import UnknownAgency
from domain.words import OwedKind
from projections.owed_by_agency import view
from projections.owed_by_agency.view import Owing


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
    wanted = Owing(_known(root, said(agency)), _values(said(kinds)), said(due_before), said(overdue), gone_on_in)
    key = filter_key({"owed": [wanted.agency, wanted.kinds, wanted.due_before, wanted.overdue]})
    asked = PageRequest.parse(first, after, last, before, "owed", key, shape=(date, str))
    read = view.owed(root.asking, wanted, asked.window())
    shown = Page.of(read.rows, asked, read.total)
    Batch(root, shown.rows)
    return connect(shown, asked, lambda row: (row.due_on, row.place), lambda row: row)


def _values(kinds: list[OwedKind] | None) -> list[str] | None:
    return None if kinds is None else [kind.value for kind in kinds]


def _known(reading: Reading, agency: str | None) -> str | None:
    if agency is not None and agency not in reading.agencies:
        raise UnknownAgency(f"There is no agency {agency!r:.80}.", "agency")
    return agency
