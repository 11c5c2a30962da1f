"""What can be asked of a recommendation and of an action alike; each comes twice in the schema."""

from datetime import date

import strawberry
from strawberry import UNSET

from api.graphql.descriptions import documented
from api.graphql.inputs import Dated, Day, OfAThing, Text, Texts
from domain.shared.vocabulary import ClosureOutcome, Impact, Rag


@documented
@strawberry.input
class Assign(Dated):
    """
    An agency is given the lead, with a due date; again until evidence is accepted. To the same lead it moves no due
    date.
    """

    lead_agency: str
    """The agency that answers for it, by key."""
    contributing_agencies: Texts = UNSET
    """Those that help, by key; they replace those named before."""
    lead_officer: Text = UNSET
    """The officer who leads it there."""
    due_on: date
    """By when it is to be done; the first one stays countable for good."""


@documented
@strawberry.input
class HandOver(Dated):
    """Another officer leads it in the agency that leads it; agencies and due date stay as they are."""

    lead_officer: Text = UNSET
    """Who leads it there from then on; without it, nobody until somebody is named."""


@documented
@strawberry.input
class Transfer(Dated):
    """Moves to another agency, with its open work."""

    to_agency: str
    """The agency that leads it from then on, by key."""
    reason: str
    """Why it moves."""


@documented
@strawberry.input
class ReportProgress(Dated):
    """An agency tells how far the work has come."""

    narrative: str
    """What was done, in its own words."""
    rag: Rag | None = UNSET
    """Confidence that it will be done in time."""
    rag_reason: Text = UNSET
    """Why it is red, amber or green."""
    percent_complete: int | None = UNSET
    """How much of it is done, 0 to 100."""
    agency: Text = UNSET
    """Whom the business unit records for, received on paper; by default the lead."""
    received_from: Text = UNSET
    """Whom the paper came from: a person, a letter, minutes."""


@documented
@strawberry.input
class SubmitEvidence(Dated):
    """An agency submits what shows that the work is done; only the lead claims completion."""

    narrative: str
    """What it shows, in the agency's own words."""
    claims_complete: bool | None = False
    """Whether the work is claimed to be complete."""
    attachments: list[strawberry.ID] | None = UNSET
    """Files that were uploaded before, by their ids."""
    completed_on: Day = UNSET
    """The day on which the work was complete, where it claims so; by default the day of the evidence."""
    agency: Text = UNSET
    """Whom the business unit records for, received on paper; by default the lead."""
    received_from: Text = UNSET
    """Whom the paper came from: a person, a letter, minutes."""


@documented
@strawberry.input
class AcceptEvidence(Dated):
    """Evidence is found to show what it says; accepting a claim of completion makes the work complete."""

    evidence_id: strawberry.ID
    """The evidence, by its id."""


@documented
@strawberry.input
class ReturnEvidence(AcceptEvidence):
    """Evidence is sent back, to be put right."""

    reason: str
    """What is lacking."""
    fix_by: Day = UNSET
    """By when it is to be put right; the due date stays."""


@documented
@strawberry.input
class WithdrawEvidence(OfAThing):
    """An agency takes its own evidence back before a verdict."""

    evidence_id: strawberry.ID
    """The evidence, by its id."""
    reason: str
    """Why it is taken back."""


@documented
@strawberry.input
class RequestExtension(Dated):
    """The lead asks for more time."""

    until: date
    """The due day that is asked for."""
    reason: str
    """Why more time is needed."""


@documented
@strawberry.input
class GrantExtension(Dated):
    """More time is granted, from the day of the decision; lateness before it stays."""

    until: Day = UNSET
    """The new due day; by default the one that was asked for."""
    reason: Text = UNSET
    """Why."""


@documented
@strawberry.input
class Reasoned(Dated):
    """With a reason."""

    reason: str
    """Why."""


@documented
@strawberry.input
class Close(Dated):
    """
    Closed: as implemented, which needs accepted evidence and, of a recommendation, every action closed; or as
    superseded or not implemented.
    """

    outcome: ClosureOutcome
    """How it ends."""
    reason: Text = UNSET
    """Why; needed for everything but implemented."""
    impact_due_on: Day = UNSET
    """By when impact is to be verified; by default as the framework says."""


@documented
@strawberry.input
class Reopen(Reasoned):
    """Closed work is taken up again."""

    due_on: date
    """The new due date."""


@documented
@strawberry.input
class FollowUpInput:
    """What follows from a finding that is not embedded: one of the two."""

    reason: str
    """Why."""
    reopen_until: Day = UNSET
    """Reopened, with this due date."""
    further_action: Text = UNSET
    """A further action, in these words."""


@documented
@strawberry.input
class VerifyImpact(Dated):
    """It is judged whether closed work made a difference; *not embedded* says what follows."""

    finding: Impact
    """Embedded, partly embedded or not embedded."""
    measure: str
    """By which measure it was found."""
    narrative: Text = UNSET
    """What was seen."""
    follow_up: FollowUpInput | None = UNSET
    """Needed where it is not embedded."""
    evidenced_by: strawberry.ID | None = UNSET
    """Another review than the one it arose from, completed by the finding's day."""
