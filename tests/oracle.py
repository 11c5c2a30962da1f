"""The oracle of history on two clocks: take the facts recorded by a moment, as corrections known by then left them,
and fold those that had happened by a day."""

from typing import Any

import orjson

from domain.correction.amending import amended
from domain.facts import Recorded, fold
from domain.words import Kind
from projections.asking import Moment
from projections.bitemporal import Rows
from projections.registry import FOLDS


def known(kept: list[Recorded], moment: Moment) -> list[Recorded]:
    """The oracle's facts: recorded by the moment, as corrections known by then left them, and effective by the day."""
    recorded = amended(r for r in kept if r.recorded_at and r.recorded_at <= moment.known)
    return [r for r in recorded if r.fact.happened_on <= moment.on]


def expected(kind: Kind, kept: list[Recorded], moment: Moment) -> dict[tuple[str, str], Any]:
    """Every row of a thing's histories, by table and key, as JSON."""
    rows: Rows = FOLDS[kind].rows(fold(FOLDS[kind].start(), FOLDS[kind].step, known(kept, moment)))
    return {(key.table, str(key.of)): orjson.loads(orjson.dumps(row._asdict())) for key, row in rows.items()}
