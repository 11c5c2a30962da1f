"""What must hold of the log and of the histories after every step."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from psycopg import sql

from domain.correction.amending import apply_corrections
from domain.correction.rules.order import facts_keep_their_order
from domain.correction.rules.whole_record import faults_of
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Kind, Role
from projections.engine.query_context import AsOf
from projections.histories.registry import FOLDS, KEY_COLUMNS
from random_steps.run import Happened, Run
from random_steps.scene import LIVING
from random_steps.step import DESK, EDGE, OTHER_DESK
from support.history_oracle import expected

OF_ONE_THING = (*LIVING, Kind.REVIEW, Kind.CHALLENGE, Kind.RETURN)
OF_ALL = frozenset({"agency", "theme", "partnership", "credential"})
"""The keys of histories whose rows name no thing."""
BESIDE_THE_ROW = ("recorded", "effective", "noted_at", "expires_at")
"""When a row holds; and the instant that an entry's table keeps in words of its own."""


def a_refused_step_records_nothing(run: Run, happened: Happened) -> None:
    if happened.result.refused is not None:
        assert happened.facts == (), f"refused with {happened.result.refused}, and recorded"
    positions = tuple(each.position for each in happened.facts)
    assert positions in {(), happened.result.positions}, f"answered {happened.result.positions}, recorded {positions}"


def the_log_only_grows(run: Run, happened: Happened) -> None:
    """No gap in positions, no instant going back, and nothing changed of what was recorded."""
    assert run.position == sum(map(len, run.scene.facts.values()))
    for id in happened.touched:
        before = happened.before.get(id, [])
        assert run.scene.facts[id][: len(before)] == before
        versions = [each.originator_version for each in run.scene.facts[id]]
        assert versions == list(range(1, len(versions) + 1))
    assert all(earlier < later for earlier, later in pairwise(run.instants[-50:]))


def every_record_can_go_on_being_corrected(run: Run, happened: Happened) -> None:
    """What commands and corrections left keeps the order, and is the life, that a correction would ask of it."""
    for id in happened.touched:
        if run.scene.kind(id) in OF_ONE_THING:
            standing = apply_corrections(run.scene.facts[id])
            facts_keep_their_order(standing)
            impossible = {key: fault.sentence for key, fault in faults_of(standing).items()}
            assert not impossible, f"{id} could not have been lived: {impossible}"


def a_key_that_comes_again_is_answered_as_it_was(run: Run, happened: Happened) -> None:
    """To an agency through GraphQL without the thing, if it may not see it any more."""
    step, result = happened.step, happened.result
    if step.key_of == step.number:
        return
    first, answer = run.done[step.key_of]
    hidden = step.way == EDGE and happened.caller.role is Role.AGENCY
    assert happened.facts == ()
    if step.command == first.command and step.way in _ways_like(first.way):
        assert (result.refused, result.positions) == (None, answer.positions)
        assert result.thing == answer.thing or (hidden and result.thing is None)
    else:
        assert result.refused in {"IDEMPOTENCY_KEY_REUSED", "NOT_FOUND" if hidden else None}, f"{result}"


def _ways_like(way: str) -> set[str]:
    """GraphQL digests its own text."""
    return {EDGE} if way == EDGE else {DESK, OTHER_DESK}


def what_is_remembered_is_what_the_log_says(run: Run, happened: Happened) -> None:
    for desk in run.desks.values():
        session = desk.open()
        for id in happened.touched:
            stream = session.stream(id)
            assert list(stream.facts) == run.scene.facts[id]
            assert stream.state == run.scene.state(id)


def history_is_whole_and_equals_the_oracle(run: Run, happened: Happened) -> None:
    """Of what was touched: as of now, and of some moments since the beginning."""
    for id in happened.touched:
        if run.scene.kind(id) not in OF_ONE_THING:
            continue
        spans = list(_spans(run, id))
        _no_gap_and_no_overlap(spans, run.instants[-1], f"{run.scene.kind(id)}_history")
        for moment in (AsOf(run.instants[-1], run.scene.today), *_moments(run, run.scene.facts[id])):
            held = {
                at: row for at, recorded, effective, row in spans if moment.known in recorded and moment.on in effective
            }
            told = expected(run.scene.kind(id), run.scene.facts[id], moment)
            assert held == told, f"{id} at {moment}:\n{held}\nin place of\n{told}"


def _moments(run: Run, stream: list[Recorded]) -> Iterator[AsOf]:
    """Instants at which this was recorded, and others; days around those on which it took effect."""
    own = [each.recorded_at for each in stream if each.recorded_at]
    days = [each.fact.happened_on for each in stream]
    for _ in range(3):
        known = run.chance.choice((run.chance.choice(own), run.chance.choice(run.instants)))
        yield AsOf(known, run.chance.choice(days) + timedelta(days=run.chance.randint(-1, 1)))


def _spans(run: Run, id: UUID) -> Iterator[tuple[tuple[str, str], Any, Any, dict[str, Any]]]:
    """Every row ever of what one thing's facts make: table and key, when known, when true, what it says."""
    with run.ledger.database.transaction(run.ledger.schema) as conn:
        for table, key in _tables_of(run.scene.kind(id)).items():
            query = sql.SQL("SELECT {key}::text, recorded, effective, to_jsonb(h) FROM {table} h WHERE thing = %s")
            for of, recorded, effective, row in conn.execute(
                query.format(key=sql.Identifier(key), table=sql.Identifier(table)), (id,)
            ):
                yield (table, of), recorded, effective, as_told(row, key)


def _tables_of(kind: Kind) -> dict[str, str]:
    others = {f"{each}_history" for each in FOLDS if each is not kind}
    return {table: key for table, key in KEY_COLUMNS.items() if table not in others and key not in OF_ALL}


def as_told(row: dict[str, Any], key: str) -> dict[str, Any]:
    """A row as the fold tells it: without when it holds, and without what it is of."""
    left_out = {*BESIDE_THE_ROW, key}
    return {name: value for name, value in row.items() if name not in left_out}


def _no_gap_and_no_overlap(spans: list[Any], known: Any, table: str) -> None:
    standing = sorted(
        (effective for at, recorded, effective, _ in spans if at[0] == table and known in recorded),
        key=lambda span: span.lower or date.min,
    )
    assert standing, "nothing stands"
    assert all(earlier.upper == later.lower for earlier, later in pairwise(standing)), standing
    assert standing[-1].upper_inf
