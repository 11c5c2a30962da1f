"""What an agency owes: whatever it has still to do, to answer or to confirm, with its day."""

from datetime import date
from typing import Any
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Agency
from api.graphql.descriptions import documented
from api.graphql.dissemination.types import together
from api.graphql.duties.types import Duty
from api.graphql.node import Node
from api.loaders.records import Batch, load_many
from domain.shared.vocabulary import Kind, OwedKind
from projections.queries.duties import query as duties
from projections.queries.owed_by_agency.query import OwedRead

KIND_OF_SUBJECT = {
    OwedKind.ACTION: Kind.ACTION,
    OwedKind.RECOMMENDATION: Kind.RECOMMENDATION,
    OwedKind.RESPONSE: Kind.RECOMMENDATION,
    OwedKind.CHALLENGE_RESPONSE: Kind.CHALLENGE,
    OwedKind.DUTY: Kind.REVIEW,
    OwedKind.RETURN: Kind.RETURN,
}
DUTY = "Of `DUTY`: what is to be confirmed."


def _agency(root: strawberry.Parent[OwedRead]) -> Agency:
    shown: Agency = root.batch.reading.agencies[root.agency_key]
    return shown


def _subject(root: strawberry.Parent[OwedRead]) -> Any:
    return root.batch.once("subjects", lambda: _subjects_of(root.batch)).get(root.thing)


def _subjects_of(batch: Batch[OwedRead]) -> dict[UUID, Any]:
    subjects: dict[UUID, Any] = {}
    for kind in dict.fromkeys(KIND_OF_SUBJECT.values()):
        requested = dict.fromkeys(row.thing for row in batch.rows if KIND_OF_SUBJECT[OwedKind(row.kind)] is kind)
        subjects |= load_many(batch.reading, kind, requested)
    return subjects


def _duty(root: strawberry.Parent[OwedRead]) -> Duty | None:
    if root.entry is None:
        return None
    read: dict[UUID, Any] = root.batch.once("duties", lambda: _duties_of(root.batch))
    return read.get(root.entry)


def _duties_of(batch: Batch[OwedRead]) -> dict[UUID, Any]:
    requested = batch.ids(lambda each: [each.entry])
    return {row.entry: row for row in together(batch.reading, duties.by_id(batch.reading.query_context, requested))}


@documented
@strawberry.type
class OwedItem:
    """One thing that an agency owes."""

    kind: OwedKind
    """
    An action or a recommendation that it leads and that is not complete; an answer to a recommendation, which is due on
    no day where none was set; an answer to a formal challenge; a duty that follows from learning; a return, until every
    standing duty in it is confirmed.
    """
    agency: Agency = strawberry.field(resolver=_agency)
    """The agency that owes it."""
    subject: Node | None = strawberry.field(resolver=_subject)
    """The action, recommendation, challenge or return; of a duty the review whose learning it follows from."""
    duty: Duty | None = strawberry.field(resolver=_duty)
    """Of `DUTY`: what is to be confirmed."""
    due_on: date | None
    """Null where no day was set, and of a duty that depends on a condition: never overdue."""
    overdue: bool
    """As the subject itself says it: a claim of completion filed in time awaits its verdict and is not overdue."""
    days_overdue: int
    """Days past the due day on the day asked about; 0 where it is not overdue."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, OwedRead)
