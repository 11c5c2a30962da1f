"""Inputs about formal challenges."""

import strawberry
from strawberry import UNSET

from api.mutations.inputs import Dated, Day, Keyed, Text
from domain.words import ChallengeOutcome

SUBJECTS = "Recommendations, actions, reviews and returns; empty where it is about duties, clocks or performance alone."
PERFORMANCE = "About the agency's performance as such, whatever else it is about."


@strawberry.input
class ChallengedDutyInput:
    duty_id: strawberry.ID
    arisen_from: strawberry.ID = strawberry.field(description="The review whose learning it is about, or the return.")


@strawberry.input
class ChallengedClockInput:
    review_id: strawberry.ID
    clock: str


@strawberry.input
class ChallengeIssueInput(Keyed):
    agency: str
    subjects: list[strawberry.ID] = strawberry.field(description=SUBJECTS)
    duties: list[ChallengedDutyInput] | None = strawberry.field(default=UNSET, description="Duties of the agency.")
    clocks: list[ChallengedClockInput] | None = strawberry.field(
        default=UNSET, description="Clocks of reviews that the agency is under."
    )
    about_performance: bool | None = strawberry.field(default=UNSET, description=PERFORMANCE)
    grounds: str
    response_due_on: Day = UNSET
    happened_on: Day = UNSET
    requested: Text = UNSET


@strawberry.input
class ChallengeRespondInput(Dated):
    narrative: str


@strawberry.input
class ChallengeEscalateInput(Dated):
    reason: str
    response_due_on: Day = UNSET


@strawberry.input
class ChallengeTransferInput(Dated):
    to_agency: str
    reason: str


@strawberry.input
class ChallengeResolveInput(Dated):
    outcome: ChallengeOutcome
    reason: str
    reopen_due_on: Day = UNSET


@strawberry.input
class ChallengeWithdrawInput(Dated):
    reason: str
