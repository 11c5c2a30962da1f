"""The oracle of history on two clocks: take the facts recorded by a moment, as corrections known by then left them,
and fold those that had happened by a day."""

from typing import Any

import orjson

from domain.correction.amending import apply_corrections
from domain.shared.facts import Recorded, fold
from domain.shared.vocabulary import Kind
from projections.engine.query_context import AsOf
from projections.engine.timeline import Rows
from projections.histories.registry import FOLDS


def known(kept: list[Recorded], moment: AsOf) -> list[Recorded]:
    """The oracle's facts: recorded by the moment, as corrections known by then left them, and effective by the day."""
    recorded = apply_corrections(r for r in kept if r.recorded_at and r.recorded_at <= moment.known)
    return [r for r in recorded if r.fact.happened_on <= moment.on]


def expected(kind: Kind, kept: list[Recorded], moment: AsOf) -> dict[tuple[str, str], Any]:
    """Every row of a thing's histories, by table and key, as JSON."""
    rows: Rows = FOLDS[kind].rows(fold(FOLDS[kind].start(), FOLDS[kind].step, known(kept, moment)))
    return {(key.table, str(key.of)): orjson.loads(orjson.dumps(row._asdict())) for key, row in rows.items()}
