"""A formal challenge as its rules read it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.challenge.events import Escalated, Issued, Resolved, Responded, Subject, Transferred, Withdrawn
from domain.changing import changed
from domain.dates import later
from domain.facts import Fact, Recorded
from domain.words import ChallengeStage

ENDED = frozenset({ChallengeStage.RESOLVED, ChallengeStage.WITHDRAWN})


@dataclass(frozen=True)
class Challenge:
    version: int = 0
    stage: ChallengeStage = ChallengeStage.ISSUED
    agency: str = ""
    subjects: tuple[Subject, ...] = ()
    level: int = 1
    issued_on: date | None = None
    response_due_on: date | None = None
    last_bound_on: date | None = None

    @property
    def ended(self) -> bool:
        return self.stage in ENDED


def evolve(challenge: Challenge, recorded: Recorded) -> Challenge:
    return changed(
        challenge,
        version=max(challenge.version, recorded.originator_version),
        last_bound_on=later(challenge.last_bound_on, recorded.fact.happened_on),
        **_changes(challenge, recorded.fact),
    )


def _changes(challenge: Challenge, fact: Fact) -> dict[str, Any]:
    match fact:
        case Issued():
            return _issued(fact)
        case Responded():
            return _stage(challenge, ChallengeStage.RESPONDED)
        case Escalated():
            return {**_stage(challenge, ChallengeStage.ESCALATED), **_climbed(fact)}
        case Transferred():
            return {"agency": fact.to_agency}
        case Resolved():
            return {"stage": ChallengeStage.RESOLVED}
        case Withdrawn():
            return {"stage": ChallengeStage.WITHDRAWN}
        case _:
            return {}


def _stage(challenge: Challenge, stage: ChallengeStage) -> dict[str, Any]:
    return {} if challenge.ended else {"stage": stage}


def _climbed(fact: Escalated) -> dict[str, Any]:
    return {"level": fact.level, "response_due_on": fact.response_due_on}


def _issued(fact: Issued) -> dict[str, Any]:
    return {
        "agency": fact.agency,
        "subjects": fact.subjects,
        "level": fact.level,
        "issued_on": fact.happened_on,
        "response_due_on": fact.response_due_on,
    }
