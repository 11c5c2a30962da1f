"""What can be asked of a recommendation and of an action alike; `kind` says of which."""

from datetime import date
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, Field

from domain.shared.commands import Command, Key, Keys, Name, Narrative, Reason, Wording
from domain.shared.vocabulary import ClosureOutcome, Impact, Kind, Rag

LivingKind: TypeAlias = Literal[Kind.RECOMMENDATION, Kind.ACTION]


class LifecycleCommand(Command, frozen=True):
    kind: LivingKind
    id: UUID


class Assign(LifecycleCommand, frozen=True):
    lead_agency: Key
    contributing_agencies: Keys = ()
    lead_officer: Name | None = None
    due_on: date


class HandOver(LifecycleCommand, frozen=True):
    """Without `lead_officer` nobody leads it there until somebody is named."""

    lead_officer: Name | None = None


class Transfer(LifecycleCommand, frozen=True):
    to_agency: Key
    reason: Reason


class ReportProgress(LifecycleCommand, frozen=True):
    """
    On paper, `agency` is whom the business unit records for, without it the lead; `received_from` whom it came from.
    """

    narrative: Narrative
    rag: Rag | None = None
    rag_reason: Wording | None = None
    percent_complete: Annotated[int, Field(ge=0, le=100)] | None = None
    agency: Key | None = None
    received_from: Name | None = None


class SubmitEvidence(LifecycleCommand, frozen=True):
    """
    On paper, `agency` is whom the business unit records for, without it the lead; `received_from` whom it came from.
    """

    narrative: Narrative
    claims_complete: bool = False
    completed_on: date | None = None
    attachments: Annotated[tuple[UUID, ...], Field(max_length=100)] = ()
    agency: Key | None = None
    received_from: Name | None = None


class AcceptEvidence(LifecycleCommand, frozen=True):
    evidence_id: UUID


class ReturnEvidence(LifecycleCommand, frozen=True):
    evidence_id: UUID
    reason: Reason
    fix_by: date | None = None


class WithdrawEvidence(LifecycleCommand, frozen=True):
    evidence_id: UUID
    reason: Reason


class RequestExtension(LifecycleCommand, frozen=True):
    until: date
    reason: Reason


class GrantExtension(LifecycleCommand, frozen=True):
    """Without `until`, to the day that was asked for."""

    until: date | None = None
    reason: Reason | None = None


class RefuseExtension(LifecycleCommand, frozen=True):
    reason: Reason


class Close(LifecycleCommand, frozen=True):
    """
    With `close_recommendation` the last action of a recommendation closes that as well; with `by_its_actions` a
    recommendation is closed as implemented on the evidence of its actions.
    """

    outcome: ClosureOutcome
    reason: Reason | None = None
    impact_due_on: date | None = None
    close_recommendation: bool = False
    by_its_actions: bool = False


class Reopen(LifecycleCommand, frozen=True):
    reason: Reason
    due_on: date


class FollowUp(BaseModel, frozen=True, extra="forbid"):
    reason: Reason
    reopen_until: date | None = None
    further_action: Wording | None = None


class VerifyImpact(LifecycleCommand, frozen=True):
    finding: Impact
    measure: Wording
    narrative: Narrative | None = None
    follow_up: FollowUp | None = None
    evidenced_by: UUID | None = None
