"""Inputs about formal challenges."""

import strawberry
from strawberry import UNSET

from api.mutations.inputs import Dated, Day, Keyed, Text
from domain.words import ChallengeOutcome


@strawberry.input
class ChallengeIssueInput(Keyed):
    agency: str
    subjects: list[strawberry.ID]
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
