"""The ways in which anything is appended to the log, each done once under a key and told again when asked again."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import UUID, uuid4

from psycopg import Connection

from domain.action.events import Raised
from domain.frameworks import shipped_frameworks
from domain.ports import Append, Claim
from domain.register import IdempotencyKey, Outcome, Register
from domain.review.commands import ReferReview
from domain.shared.actor import Caller, caller_id
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Kind, Role
from projections.engine.history_rows import histories
from storage.database import Database
from storage.ledger import Ledger
from support.random_histories import a_raised_action

UNIT = Caller("unit", Role.BUSINESS_UNIT)
ROW = """INSERT INTO import_row (mapping, kind, key, digests, thing)
VALUES ('cut', 'row', %(key)s, '{}', %(thing)s)"""
KNOWN = "SELECT thing FROM import_row WHERE mapping = 'cut' AND key = %s"
OF = "SELECT position FROM facts WHERE originator_id = %s ORDER BY position"
Positions = tuple[int, ...]


def by_command(ledger: Ledger, key: UUID) -> Positions:
    """A command with an idempotency key: the statement that records it is a transaction of its own."""
    register = Register(ledger, histories, shipped_frameworks())
    command = ReferReview(title="A child", agencies=("police", "health"))
    outcome = register.handle(command, UNIT, IdempotencyKey(key, b"a digest"))
    assert isinstance(outcome, Outcome)
    return outcome.positions


def in_a_batch(ledger: Ledger, key: UUID) -> Positions:
    """As an import does it: further writes in the transaction, which remember what has been recorded."""
    with ledger.database.connection(ledger.schema) as conn:
        if known := conn.execute(KNOWN, (str(key),)).fetchone():
            return tuple(position for (position,) in conn.execute(OF, known))
    fact = _an_action()

    def remember(conn: Connection[Any]) -> None:
        conn.execute(ROW, {"key": str(key), "thing": fact.originator_id})

    (kept,) = ledger.append([fact], Append(**_follows(fact), also=[remember]))
    assert kept.position is not None
    return (kept.position,)


def in_a_turn(ledger: Ledger, key: UUID) -> Positions:
    """As what is decided on the whole log: others wait from before it is decided until it is recorded."""
    caller = caller_id(UNIT)
    if found := ledger.opening(caller, key).positions:
        return tuple(found)
    with ledger.alone() as turn:
        fact = _an_action()
        claim = Claim(caller, key, b"a digest", "action", fact.originator_id)
        append = Append(**_follows(fact), claim=claim, turn=turn, at=ledger.opening(caller, key).position)
        ledger.append([fact], append)
    return append.positions


def _an_action() -> Recorded:
    return Recorded(Kind.ACTION, uuid4(), 1, a_raised_action())


def _follows(recorded: Recorded) -> dict[str, Any]:
    """What a save of it changes beside the log."""
    reference = cast(Raised, recorded.fact).reference
    given = [(recorded.kind.value, reference, recorded.originator_id)]
    return {"histories": histories([((), [recorded])]), "references": given}


WAYS: Mapping[str, Callable[[Ledger, UUID], Positions]] = {
    way.__name__: way for way in (by_command, in_a_batch, in_a_turn)
}


def append(conninfo: str, schema: str, way: str, key: UUID) -> Positions:
    """In a way, by a pool of its own; the positions that belong to the key."""
    with Database(conninfo, max_size=3) as database:
        return WAYS[way](Ledger(database, schema), key)


def serve() -> None:
    """A process that does what each line says in a child; says the positions, if that lived, and how it ended."""
    for line in sys.stdin:
        conninfo, schema, way, key = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            positions = append(conninfo, schema, way, UUID(key))
            os.write(sys.stdout.fileno(), f"{','.join(map(str, positions))} ".encode())
            os._exit(0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
