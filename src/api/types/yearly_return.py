"""An agency's return on its standing duties."""

from datetime import date
from typing import Any
from uuid import UUID

import strawberry

from api.batches import Batch
from api.types.agency import Agency
from api.types.dissemination import duties_by
from api.types.duty import Duty
from api.types.framework import Framework
from api.types.history import HistoryEntry
from api.types.living import history
from api.types.node import Node, opaque
from projections.duties import view as duties
from projections.duties.view import DutyRead
from projections.returns.rows import ReturnRead

PERIOD = "Which of the year's periods it covers, counted from 1."


def _id(root: strawberry.Parent[ReturnRead]) -> strawberry.ID:
    return opaque("return", root.thing)


def _agency(root: strawberry.Parent[ReturnRead]) -> Agency:
    shown: Agency = root.batch.reading.agencies[root.agency_key]
    return shown


def _framework(root: strawberry.Parent[ReturnRead]) -> Framework:
    shown: Framework = root.batch.reading.framing.framework(root.framework_key)
    return shown


def _duties(root: strawberry.Parent[ReturnRead]) -> Any:
    batch: Batch[ReturnRead] = root.batch
    return batch.once("duties", lambda: _duties_of(batch))[root.thing]


def _duties_of(batch: Batch[ReturnRead]) -> dict[UUID, list[DutyRead]]:
    read = duties.of_origins(batch.reading.asking, batch.ids(lambda each: [each.thing]))
    return duties_by(batch.reading, read)


@strawberry.type
class YearlyReturn(Node):
    id: strawberry.ID = strawberry.field(resolver=_id)
    version: int
    agency: Agency = strawberry.field(resolver=_agency)
    framework: Framework = strawberry.field(resolver=_framework)
    year: int
    period: int = strawberry.field(description=PERIOD)
    since: date = strawberry.field(name="from")
    until: date
    called_on: date
    due_on: date
    duties: list[Duty] = strawberry.field(resolver=_duties)
    history: list[HistoryEntry] = strawberry.field(resolver=history)

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ReturnRead)
