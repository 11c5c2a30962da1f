"""Inputs about formal challenges."""

import strawberry
from strawberry import UNSET

from api.graphql.descriptions import documented
from api.graphql.inputs import Dated, Day, Keyed, Text
from domain.shared.vocabulary import ChallengeOutcome


@documented
@strawberry.input
class ChallengedDutyInput:
    """A duty that is challenged."""

    duty_id: strawberry.ID
    """The duty."""
    arisen_from: strawberry.ID
    """The review whose learning it is about, or the return."""


@documented
@strawberry.input
class ChallengedClockInput:
    """A clock that is challenged."""

    review_id: strawberry.ID
    """The review that it runs for."""
    clock: str
    """The clock's name."""


@documented
@strawberry.input
class ChallengeIssueInput(Keyed):
    """The board formally challenges an agency. While it is open, its subjects are neither closed nor verified."""

    agency: str
    """The agency that is challenged, by key."""
    subjects: list[strawberry.ID]
    """Recommendations, actions, reviews and returns; empty where it is about duties, clocks or performance alone."""
    duties: list[ChallengedDutyInput] | None = UNSET
    """Duties of the agency."""
    clocks: list[ChallengedClockInput] | None = UNSET
    """Clocks of reviews that the agency is under."""
    about_performance: bool | None = UNSET
    """About the agency's performance as such, whatever else it is about."""
    grounds: str
    """Why."""
    response_due_on: Day = UNSET
    """By when it is to answer; by default as the route's first level says."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""
    requested: Text = UNSET
    """What it is asked to do."""


@documented
@strawberry.input
class ChallengeRespondInput(Dated):
    """The challenged agency answers."""

    narrative: str
    """What it answers."""


@documented
@strawberry.input
class ChallengeEscalateInput(Dated):
    """A challenge is taken to the next level of the route."""

    reason: str
    """Why."""
    response_due_on: Day = UNSET
    """By when the agency is to answer; by default as the level says."""


@documented
@strawberry.input
class ChallengeTransferInput(Dated):
    """A challenge moves to the agency that its subjects have moved to."""

    to_agency: str
    """The agency, by key."""
    reason: str
    """Why it moves."""


@documented
@strawberry.input
class ChallengeResolveInput(Dated):
    """A challenge ends: upheld, which reopens what was closed, or answered."""

    outcome: ChallengeOutcome
    """How it ends."""
    reason: str
    """Why."""
    reopen_due_on: Day = UNSET
    """The new due date of what is reopened; needed where it is upheld and something is."""


@documented
@strawberry.input
class ChallengeWithdrawInput(Dated):
    """A challenge is withdrawn."""

    reason: str
    """Why."""
