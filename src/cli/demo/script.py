"""What a story is written in: reviews with what came of them, each step on the day on which it was recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from cli.demo.people import GROUP
from domain.shared.actor import Caller
from domain.shared.commands import Command
from domain.shared.facts import Fact
from domain.shared.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Said:
    """A command and who gives it."""

    command: Command
    caller: Caller


@dataclass(frozen=True, slots=True)
class Thing:
    """What a step is about, at the moment of the step; `evidence` is the latest submitted, `judge` who decides.

    `latest` gives the position of the latest fact of a shape, which is how a correction names it; `learned` the
    learning of a review of the story.
    """

    kind: Kind
    id: UUID
    lead: str
    judge: Caller
    find: Callable[[str], UUID]
    latest: Callable[[type[Fact]], int]
    learned: Callable[[str], tuple[UUID, ...]]
    evidence: UUID | None = None


Says: TypeAlias = Callable[[Thing], Said]


@dataclass(frozen=True, slots=True)
class Step:
    """Said on a day about the thing that it is written under; `lead` is the agency that leads from here."""

    on: str
    says: Says
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """`by` raised it, else the business unit; one without a day was raised by a finding on impact."""

    on: str | None
    wording: str
    life: tuple[Step, ...]
    measure: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`of` counts the review's learning points from 1; `to` is asked to answer, the first of them to lead."""

    on: str
    to: tuple[str, ...]
    wording: str
    themes: tuple[str, ...]
    life: tuple[Step, ...]
    need: str | None = None
    means: str | None = None
    measure: str | None = None
    answer_by: str | None = None
    of: tuple[int, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """`steps` are the review's own; `judge` decides about what arises from it."""

    reference: str
    on: str
    kind: str
    title: str
    agencies: tuple[str, ...]
    steps: tuple[Step, ...]
    recommendations: tuple[Recommendation, ...] = ()
    lead: str | None = None
    employer: str | None = None
    method: str | None = None
    aware_on: str | None = None
    follows: str | None = None
    referral: str | None = None
    checks: tuple[str, ...] = ()
    programme: int | None = None
    themes: tuple[str, ...] = ()
    judge: Caller = GROUP


@dataclass(frozen=True, slots=True)
class Referral:
    """A case that somebody thinks should be reviewed; `name` is what the script calls it."""

    name: str
    on: str
    title: str
    kind: str
    by: str
    agencies: tuple[str, ...]
    aware_on: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Challenge:
    """`about` names references of the story; `name` is what the script calls it."""

    name: str
    on: str
    agency: str
    about: tuple[str, ...]
    grounds: str
    requested: str
    steps: tuple[Step, ...] = ()
    respond_by: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    on: str
    key: str
    name: str
    aliases: tuple[str, ...] = ()
