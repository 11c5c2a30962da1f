"""What can be asked of a recommendation and of an action alike; each comes twice in the schema."""

from datetime import date

import strawberry
from strawberry import UNSET

from api.mutations.inputs import ON_PAPER, RECEIVED_FROM, Dated, Day, OfAThing, Text, Texts
from domain.words import ClosureOutcome, Impact, Rag


@strawberry.input
class Assign(Dated):
    lead_agency: str
    contributing_agencies: Texts = UNSET
    lead_officer: Text = UNSET
    due_on: date


@strawberry.input
class Transfer(Dated):
    to_agency: str
    reason: str


@strawberry.input
class ReportProgress(Dated):
    narrative: str
    rag: Rag | None = UNSET
    rag_reason: Text = UNSET
    percent_complete: int | None = UNSET
    agency: Text = strawberry.field(default=UNSET, description=ON_PAPER)
    received_from: Text = strawberry.field(default=UNSET, description=RECEIVED_FROM)


@strawberry.input
class SubmitEvidence(Dated):
    narrative: str
    claims_complete: bool | None = False
    attachments: list[strawberry.ID] | None = UNSET
    completed_on: Day = UNSET
    agency: Text = strawberry.field(default=UNSET, description=ON_PAPER)
    received_from: Text = strawberry.field(default=UNSET, description=RECEIVED_FROM)


@strawberry.input
class AcceptEvidence(Dated):
    evidence_id: strawberry.ID


@strawberry.input
class ReturnEvidence(AcceptEvidence):
    reason: str
    fix_by: Day = UNSET


@strawberry.input
class WithdrawEvidence(OfAThing):
    evidence_id: strawberry.ID
    reason: str


@strawberry.input
class RequestExtension(Dated):
    until: date
    reason: str


@strawberry.input
class GrantExtension(Dated):
    until: Day = UNSET
    reason: Text = UNSET


@strawberry.input
class Reasoned(Dated):
    reason: str


@strawberry.input
class Close(Dated):
    outcome: ClosureOutcome
    reason: Text = UNSET
    impact_due_on: Day = UNSET


@strawberry.input
class Reopen(Reasoned):
    due_on: date


EVIDENCED_BY = "Another review than the one it arose from, completed by the finding's day."


@strawberry.input
class FollowUpInput:
    reason: str
    reopen_until: Day = UNSET
    further_action: Text = UNSET


@strawberry.input
class VerifyImpact(Dated):
    finding: Impact
    measure: str
    narrative: Text = UNSET
    follow_up: FollowUpInput | None = UNSET
    evidenced_by: strawberry.ID | None = strawberry.field(default=UNSET, description=EVIDENCED_BY)
