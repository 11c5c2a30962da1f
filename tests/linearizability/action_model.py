"""One action's life as it is expected when commands come one after another; written apart from the domain's rules."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from linearizability.checker import Operation

AWAITING, ACCEPTED, RETURNED = "AWAITING", "ACCEPTED", "RETURNED"
BUSY = "BUSY"
"""An answer that any command may have instead: somebody else was always quicker; nothing was recorded."""


@dataclass(frozen=True)
class Evidence:
    """Known by its narrative, which each submission has of its own; `counts`: since the latest reopening."""

    narrative: str
    verdict: str = AWAITING
    withdrawn: bool = False
    counts: bool = True

    @property
    def awaiting(self) -> bool:
        return self.verdict == AWAITING and not self.withdrawn

    @property
    def accepted(self) -> bool:
        return self.verdict == ACCEPTED and not self.withdrawn


@dataclass(frozen=True)
class Extension:
    """`answer`: GRANTED, REFUSED, or that it LAPSED; None while it is pending."""

    until: str
    answer: str | None = None


@dataclass(frozen=True)
class Used:
    """An idempotency key, whose it is, what came with it, and what it recorded, once somebody has been shown."""

    keeper: str
    key: str
    body: "Command"
    positions: tuple[int, ...] | None


@dataclass(frozen=True)
class Life:
    """`last`: the position in the log of the latest fact of it that somebody was shown."""

    version: int
    due_on: str
    closed: bool = False
    evidence: tuple[Evidence, ...] = ()
    extensions: tuple[Extension, ...] = ()
    progress: int = 0
    used: frozenset[Used] = frozenset()
    last: int = 0

    @property
    def pending(self) -> Extension | None:
        return next((each for each in self.extensions if each.answer is None), None)

    @property
    def stage(self) -> str:
        if self.closed:
            return "CLOSED"
        return (
            "EVIDENCED"
            if any(each.counts and (each.awaiting or each.accepted) for each in self.evidence)
            else "ASSIGNED"
        )


@dataclass(frozen=True)
class Command:
    """`about`: a narrative, or a day; `expected`: the version that it was decided on."""

    name: str
    about: str = ""
    expected: int | None = None


@dataclass(frozen=True)
class Sent:
    """A command under an idempotency key of its sender's."""

    keeper: str
    key: str
    command: Command


@dataclass(frozen=True)
class Recorded:
    """By which positions in the log."""

    positions: tuple[int, ...]


@dataclass(frozen=True)
class Refused:
    """With which code."""

    code: str


@dataclass(frozen=True)
class Read:
    """The request for the action as it is."""


@dataclass(frozen=True)
class Shown:
    """The answer to it."""

    version: int
    stage: str
    due_on: str
    evidence: tuple[tuple[str, str, bool], ...]
    extensions: tuple[tuple[str, str | None], ...]
    progress: int


def shown(life: Life) -> Shown:
    return Shown(
        life.version,
        life.stage,
        life.due_on,
        tuple((each.narrative, each.verdict, each.withdrawn) for each in life.evidence),
        tuple((each.until, each.answer) for each in life.extensions),
        life.progress,
    )


@dataclass(frozen=True)
class ActionModel:
    """An action that the police lead; evidence always claims completion, so that accepting it records two facts."""

    initial: Life

    def after(self, state: Life, operation: Operation) -> Life | None:
        match operation.request:
            case Read():
                return state if operation.answer == shown(state) else None
            case Sent() as sent:
                return _after_command(state, sent, operation.answer)
        raise TypeError(f"no request: {operation.request}")


def _after_command(life: Life, sent: Sent, answer: Recorded | Refused | None) -> Life | None:
    if answer == Refused(BUSY):
        return life
    used = next((each for each in life.used if (each.keeper, each.key) == (sent.keeper, sent.key)), None)
    if used is not None:
        return _replayed(life, used, sent, answer)
    decided = decide(life, sent.command)
    if isinstance(decided, Refused):
        return life if answer in (None, decided) else None
    positions = answer.positions if isinstance(answer, Recorded) else None
    grown = decided.version - life.version
    if isinstance(answer, Refused) or (positions is not None and not _new(life, positions, grown)):
        return None
    made = Used(sent.keeper, sent.key, sent.command, positions)
    return replace(decided, used=life.used | {made}, last=positions[-1] if positions else life.last)


def _new(life: Life, positions: tuple[int, ...], count: int) -> bool:
    """So many facts side by side in the log, behind all that were shown before."""
    return positions[0] > life.last and positions == tuple(range(positions[0], positions[0] + count))


def _replayed(life: Life, used: Used, sent: Sent, answer: Recorded | Refused | None) -> Life | None:
    """What it did is told again, whatever has happened since; another body is refused."""
    if sent.command != used.body:
        return life if answer in (None, Refused("IDEMPOTENCY_KEY_REUSED")) else None
    if answer is None:
        return life
    if not isinstance(answer, Recorded):
        return None
    if used.positions is None:
        return replace(life, used=life.used - {used} | {replace(used, positions=answer.positions)})
    return life if answer.positions == used.positions else None


Decision: TypeAlias = Life | Refused


def decide(life: Life, command: Command) -> Decision:
    """The life behind it, or with which code it is refused; that a version has passed is said before any rule."""
    decided = DECISIONS[command.name](life, command.about)
    if decided == Refused("NOT_FOUND"):
        return decided
    if command.expected is not None and command.expected != life.version:
        return Refused("VERSION_CONFLICT")
    return decided


def _submit(life: Life, narrative: str) -> Decision:
    if life.closed:
        return Refused("ALREADY_CLOSED")
    return replace(life, version=life.version + 1, evidence=(*life.evidence, Evidence(narrative)))


def _judging(facts: int, **changes: object) -> Callable[[Life, str], Decision]:
    def judge(life: Life, narrative: str) -> Decision:
        found = next((each for each in life.evidence if each.narrative == narrative), None)
        if found is None:
            return Refused("NOT_FOUND")
        if found.withdrawn:
            return Refused("EVIDENCE_MISSING")
        if not found.awaiting:
            return Refused("EVIDENCE_ALREADY_JUDGED")
        if life.closed:
            return Refused("ALREADY_CLOSED")
        judged = replace(found, **changes)  # type: ignore[arg-type]
        evidence = tuple(judged if each is found else each for each in life.evidence)
        return replace(life, version=life.version + facts, evidence=evidence)

    return judge


def _close(life: Life, _: str) -> Decision:
    if life.closed:
        return Refused("ALREADY_CLOSED")
    if not any(each.counts and each.accepted for each in life.evidence) or any(each.awaiting for each in life.evidence):
        return Refused("EVIDENCE_MISSING")
    return replace(_answered(life, "LAPSED"), version=life.version + 1, closed=True)


def _reopen(life: Life, due_on: str) -> Decision:
    if not life.closed:
        return Refused("NOT_CLOSED")
    evidence = tuple(replace(each, counts=False) for each in life.evidence)
    return replace(life, version=life.version + 1, closed=False, due_on=due_on, evidence=evidence)


def _request(life: Life, until: str) -> Decision:
    if life.closed:
        return Refused("ALREADY_CLOSED")
    if life.pending:
        return Refused("EXTENSION_PENDING")
    if until <= life.due_on:
        return Refused("INVALID")
    return replace(life, version=life.version + 1, extensions=(*life.extensions, Extension(until)))


def _answering(answer: str) -> Callable[[Life, str], Decision]:
    def answered(life: Life, _: str) -> Decision:
        if life.closed:
            return Refused("ALREADY_CLOSED")
        if life.pending is None:
            return Refused("EXTENSION_NOT_REQUESTED")
        due_on = life.pending.until if answer == "GRANTED" else life.due_on
        return replace(_answered(life, answer), version=life.version + 1, due_on=due_on)

    return answered


def _answered(life: Life, answer: str) -> Life:
    extensions = tuple(each if each.answer else replace(each, answer=answer) for each in life.extensions)
    return replace(life, extensions=extensions)


def _report(life: Life, _: str) -> Decision:
    if life.closed:
        return Refused("ALREADY_CLOSED")
    return replace(life, version=life.version + 1, progress=life.progress + 1)


DECISIONS: dict[str, Callable[[Life, str], Decision]] = {
    "actionSubmitEvidence": _submit,
    "actionAcceptEvidence": _judging(2, verdict=ACCEPTED, counts=True),
    "actionReturnEvidence": _judging(1, verdict=RETURNED),
    "actionWithdrawEvidence": _judging(1, withdrawn=True),
    "actionClose": _close,
    "actionReopen": _reopen,
    "actionRequestExtension": _request,
    "actionGrantExtension": _answering("GRANTED"),
    "actionRefuseExtension": _answering("REFUSED"),
    "actionReportProgress": _report,
}
