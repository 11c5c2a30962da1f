"""The checker tells histories apart of which it is known whether they are linearizable."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import inf
from random import Random
from typing import Any

import pytest

from linearizability.action_model import ActionModel, Command, Life, Read, Recorded, Refused, Sent, decide, shown
from linearizability.checker import Operation, check


@dataclass(frozen=True)
class Cell:
    """A number that is written, read, and set where it is what the setter believes."""

    initial: int = 0

    def after(self, state: int, operation: Operation) -> int | None:
        match operation.request:
            case ("write", value):
                return int(value)
            case ("read",):
                return state if operation.answer == state else None
            case ("set", before, value):
                done = before == state
                return None if operation.answer not in (None, done) else int(value) if done else state
        raise TypeError(operation.request)


def op(sent: float, returned: float, *request: Hashable, answer: Any = None) -> Operation:
    return Operation(f"from {sent}", sent, returned, request, answer)


LINEARIZABLE: dict[str, Sequence[Operation]] = {
    "nothing": [],
    "one after another": [op(0, 1, "write", 1), op(2, 3, "read", answer=1)],
    "a reading beside a write sees it or not": [
        op(0, 9, "write", 1), op(1, 2, "read", answer=0), op(3, 4, "read", answer=1),
    ],
    "two writes beside each other in either order": [
        op(0, 9, "write", 1), op(0, 9, "write", 2), op(10, 11, "read", answer=1),
    ],
    "a write without an answer may take effect late": [
        op(0, inf, "write", 1), op(2, 3, "read", answer=0), op(4, 5, "read", answer=1),
    ],
    "a write without an answer may never have happened": [op(0, inf, "write", 1), op(2, 3, "read", answer=0)],
    "of two who set beside each other one does": [
        op(0, 9, "set", 0, 1, answer=True), op(0, 9, "set", 0, 2, answer=False), op(10, 11, "read", answer=1),
    ],
    "an order that the first guess misses": [
        op(0, 10, "write", 1), op(1, 5, "write", 2), op(6, 12, "read", answer=1), op(7, 13, "write", 3),
        op(14, 15, "read", answer=3),
    ],
}  # fmt: skip
NOT_LINEARIZABLE: dict[str, Sequence[Operation]] = {
    "a reading that misses what was acknowledged": [op(0, 1, "write", 1), op(2, 3, "read", answer=0)],
    "a reading of what nobody wrote": [op(0, 1, "write", 1), op(2, 3, "read", answer=7)],
    "what was seen is gone again": [
        op(0, 9, "write", 1), op(1, 2, "read", answer=1), op(3, 4, "read", answer=0),
    ],
    "two readers who see two writes in two orders": [
        op(0, 20, "write", 1), op(0, 20, "write", 2),
        op(1, 2, "read", answer=1), op(3, 4, "read", answer=2), op(5, 6, "read", answer=1),
    ],
    "two who set the same": [op(0, 9, "set", 0, 1, answer=True), op(0, 9, "set", 0, 2, answer=True)],
    "one effect of a write without an answer, undone": [
        op(0, inf, "write", 1), op(2, 3, "read", answer=1), op(4, 5, "read", answer=0),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", LINEARIZABLE)
def test_what_is_linearizable_has_an_order(name: str) -> None:
    verdict = check(Cell(), LINEARIZABLE[name])
    assert verdict, verdict.explained()


@pytest.mark.parametrize("name", NOT_LINEARIZABLE)
def test_what_is_not_has_none(name: str) -> None:
    verdict = check(Cell(), NOT_LINEARIZABLE[name])
    assert not verdict
    assert "but:" in verdict.explained()


def test_what_comes_behind_another_is_not_put_before_it() -> None:
    write = op(0, 9, "write", 1)
    assert check(Cell(), [write, Operation("a", 0, 9, ("read",), 0)])
    assert not check(Cell(), [write, Operation("a", 0, 9, ("read",), 0, behind=write)])


# ---- the life of an action ----

BEGUN = Life(version=2, due_on="2027-01-01")
MODEL = ActionModel(BEGUN)


def sent(
    at: float, name: str, about: str = "", *positions: int, expected: int | None = None, **given: Any
) -> Operation:
    """By the keeper of the key, in a tenth of a second, unless said otherwise."""
    body = Sent(given.get("by", "police"), given.get("key", f"key {at}"), Command(name, about, expected))
    code = given.get("code")
    return Operation(
        body.keeper, at, given.get("until", at + 0.1), body, Refused(code) if code else Recorded(positions)
    )


def read(at: float, life: Life) -> Operation:
    return Operation("unit", at, at + 0.1, Read(), shown(life))


SUBMITTED = sent(0, "actionSubmitEvidence", "a", 10)
ACCEPTED = sent(1, "actionAcceptEvidence", "a", 11, 12, by="body")
CLOSED = sent(2, "actionClose", "", 13, by="body")


def lived(*operations: Operation) -> Life:
    life = BEGUN
    for each in operations:
        after = MODEL.after(life, each)
        assert after is not None
        life = after
    return life


def test_a_life_one_command_after_another() -> None:
    reopened = sent(3, "actionReopen", "2027-06-01", 20, by="body")
    history = [
        SUBMITTED,
        sent(0.5, "actionClose", by="body", code="EVIDENCE_MISSING"),
        ACCEPTED,
        sent(1.5, "actionReturnEvidence", "a", by="body", code="EVIDENCE_ALREADY_JUDGED"),
        sent(1.6, "actionRequestExtension", "2028-01-01", 13),
        sent(1.7, "actionRequestExtension", "2028-01-02", code="EXTENSION_PENDING"),
        sent(2, "actionClose", "", 14, by="body", expected=6),
        sent(2.5, "actionSubmitEvidence", "b", code="ALREADY_CLOSED"),
        sent(2.6, "actionSubmitEvidence", "b", code="VERSION_CONFLICT", expected=6),
        reopened,
        sent(3.5, "actionClose", by="body", code="EVIDENCE_MISSING"),
    ]
    verdict = check(MODEL, history)
    assert verdict, verdict.explained()
    assert verdict.state.version == 8
    assert verdict.state.due_on == "2027-06-01"
    assert verdict.state.extensions[0].answer == "LAPSED"


BROKEN: dict[str, Sequence[Operation]] = {
    "two who both close it": [
        SUBMITTED, ACCEPTED, CLOSED, sent(2, "actionClose", "", 14, by="body", key="another"),
    ],
    "two who both decide on one version": [
        SUBMITTED,
        sent(1, "actionReportProgress", "b", 11, expected=3), sent(1, "actionReportProgress", "c", 12, expected=3),
    ],
    "a key that records twice": [
        sent(0, "actionSubmitEvidence", "a", 10, key="k"), sent(1, "actionSubmitEvidence", "a", 11, key="k"),
    ],
    "a key with another body that records": [
        sent(0, "actionSubmitEvidence", "a", 10, key="k"), sent(1, "actionSubmitEvidence", "b", 11, key="k"),
    ],
    "a reading that misses an acknowledged command": [SUBMITTED, read(1, BEGUN)],
    "a refusal that was not true at any moment": [
        SUBMITTED, sent(1, "actionAcceptEvidence", "a", by="body", code="ALREADY_CLOSED"),
    ],
    "a version that had passed and was not noticed": [SUBMITTED, sent(1, "actionReportProgress", "b", 11, expected=2)],
    "positions against the order": [SUBMITTED, sent(1, "actionReportProgress", "b", 9)],
    "half of what a command records": [SUBMITTED, sent(1, "actionAcceptEvidence", "a", 11, by="body")],
    "an acknowledged command that is gone": [SUBMITTED, read(1, lived(SUBMITTED)), read(2, BEGUN)],
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_life_that_no_order_explains(name: str) -> None:
    assert not check(MODEL, BROKEN[name])


def test_what_was_cut_off_may_have_been_done_and_is_then_replayed() -> None:
    body = Sent("police", "k", Command("actionSubmitEvidence", "a"))
    cut = Operation("police", 0, inf, body, None)
    again = Operation("police'", 5, 6, body, Recorded((10,)))
    assert check(MODEL, [cut, read(1, BEGUN), again])
    assert check(MODEL, [cut, read(1, lived(SUBMITTED)), again])
    assert not check(MODEL, [cut, read(1, lived(SUBMITTED)), read(2, BEGUN), again])


@pytest.mark.parametrize("seed", range(5))
def test_what_a_single_order_made_is_linearizable_however_long_each_took_and_not_with_a_stale_reading(
    seed: int,
) -> None:
    """Seventy commands and readings; whoever sent one waited before and after the instant at which it happened."""
    random, life, position, history = Random(seed), BEGUN, 10, list[Operation]()
    for at in range(70):
        began, ended = at - random.uniform(0, 4), at + random.uniform(0, 4)
        if random.random() < 0.3:
            history.append(Operation("unit", began, ended, Read(), shown(life)))
            continue
        name = random.choice(("actionSubmitEvidence", "actionAcceptEvidence", "actionClose", "actionReopen"))
        about = {
            "actionSubmitEvidence": f"{at}",
            "actionAcceptEvidence": life.evidence[-1].narrative if life.evidence else "",
        }
        command = Command(name, about.get(name, "2028-01-01"))
        decided = decide(life, command)
        answer: Recorded | Refused = (
            decided
            if isinstance(decided, Refused)
            else Recorded(tuple(range(position, position + decided.version - life.version)))
        )
        if isinstance(decided, Life):
            position, life = position + decided.version - life.version, decided
        history.append(Operation("a", began, ended, Sent("a", f"{at}", command), answer))
    assert check(MODEL, history), check(MODEL, history).explained()
    assert not check(MODEL, [*history, Operation("unit", 80, 81, Read(), shown(BEGUN))])
