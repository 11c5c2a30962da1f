"""A formal challenge as its rules read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.challenge.events import Escalated, Issued, Resolved, Responded, Subject, Transferred, Withdrawn
from domain.shared.dates import later
from domain.shared.facts import Fact, Recorded, fast_replace
from domain.shared.vocabulary import ChallengeStage

ENDED = frozenset({ChallengeStage.RESOLVED, ChallengeStage.WITHDRAWN})


@dataclass(frozen=True)
class Challenge:
    """
    `held_since`: the day since which `agency` has it to answer; `merged`: in what an agency that ended went on;
    `ended_agencies`: those that ended which it was made to, or came to, and whose it is as their successor's.
    """

    version: int = 0
    reference: str = ""
    stage: ChallengeStage = ChallengeStage.ISSUED
    agency: str = ""
    subjects: tuple[Subject, ...] = ()
    grounds: str = ""
    about_performance: bool = False
    level: int = 1
    issued_on: date | None = None
    response_due_on: date | None = None
    last_bound_on: date | None = None
    held_since: date | None = None
    ended_on: date | None = None
    merged: Mapping[str, str] = field(default_factory=dict)
    ended_agencies: frozenset[str] = frozenset()

    @property
    def readers(self) -> frozenset[str]:
        return self.ended_agencies | {self.agency}

    @property
    def ended(self) -> bool:
        return self.stage in ENDED

    @property
    def is_open_already(self) -> str:
        """To whoever would have another like it."""
        return f"{self.reference}, a challenge to {self.agency!r} about the same, on the same grounds, is open."


def evolve(challenge: Challenge, recorded: Recorded) -> Challenge:
    return fast_replace(
        challenge,
        version=max(challenge.version, recorded.originator_version),
        last_bound_on=_bound_on(challenge, recorded.fact),
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
        case Transferred(merged=True):
            return _gone_on(challenge, fact)
        case Transferred():
            return {**_held(challenge, fact.to_agency, challenge.merged), "held_since": fact.happened_on}
        case Resolved():
            return {"stage": ChallengeStage.RESOLVED, "ended_on": fact.happened_on}
        case Withdrawn():
            return {"stage": ChallengeStage.WITHDRAWN, "ended_on": fact.happened_on}
        case _:
            return {}


def _stage(challenge: Challenge, stage: ChallengeStage) -> dict[str, Any]:
    return {} if challenge.ended else {"stage": stage}


def _bound_on(challenge: Challenge, fact: Fact) -> date | None:
    """A merger is from its day on, whatever was told before it: nothing has to follow it."""
    if isinstance(fact, Transferred) and fact.merged:
        return challenge.last_bound_on
    return later(challenge.last_bound_on, fact.happened_on)


def _gone_on(challenge: Challenge, fact: Transferred) -> dict[str, Any]:
    """From this day on whatever names the merged agency means what it has gone on in."""
    merged = {key: fact.to_agency if now == fact.from_agency else now for key, now in challenge.merged.items()}
    merged[fact.from_agency] = fact.to_agency
    merged.pop(fact.to_agency, None)
    return {"merged": merged, **({} if challenge.ended else _held(challenge, challenge.agency, merged))}


def _held(challenge: Challenge, named: str, merged: Mapping[str, str]) -> dict[str, Any]:
    """Whose it is, as what the agency named has become, and which that ended it has been."""
    agency = merged.get(named, named)
    ended = (key for key in (*challenge.ended_agencies, named) if key != agency)
    return {"agency": agency, "ended_agencies": frozenset(key for key in ended if merged.get(key) == agency)}


def _climbed(fact: Escalated) -> dict[str, Any]:
    return {"level": fact.level, "response_due_on": fact.response_due_on}


def _issued(fact: Issued) -> dict[str, Any]:
    return {
        "reference": fact.reference,
        "agency": fact.agency,
        "subjects": fact.subjects,
        "grounds": fact.grounds,
        "about_performance": fact.about_performance,
        "level": fact.level,
        "issued_on": fact.happened_on,
        "held_since": fact.happened_on,
        "response_due_on": fact.response_due_on,
    }


# Words with one meaning about a formal challenge, as of the day asked about.
UNANSWERED = frozenset({ChallengeStage.ISSUED, ChallengeStage.ESCALATED})


def overdue(challenge: Challenge, on: date) -> bool:
    """Not answered at the level that it has reached, and the day for the answer has passed."""
    return challenge.stage in UNANSWERED and challenge.response_due_on is not None and challenge.response_due_on < on
