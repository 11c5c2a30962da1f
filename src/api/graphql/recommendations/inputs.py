"""Inputs about recommendations."""

import strawberry
from strawberry import UNSET

from api.graphql.descriptions import documented
from api.graphql.inputs import Dated, Day, Keyed, Text, Texts
from api.graphql.lifecycle import inputs as life
from domain.shared.vocabulary import Answer


@documented
@strawberry.input
class RecommendationRaiseInput(Keyed):
    """A review recommends something: need, means of improvement, measure of effectiveness."""

    review_id: strawberry.ID
    """The review that it arises from."""
    learning: list[strawberry.ID] | None = UNSET
    """The points of learning that it answers."""
    wording: str
    """What is recommended."""
    need: Text = UNSET
    """Why it is needed."""
    means_of_improvement: Text = UNSET
    """By which means improvement is to come, in any words."""
    measure_of_effectiveness: Text = UNSET
    """How it is to be seen that it made a difference."""
    themes: list[str]
    """The themes that it is coded to, by key; by them it is found to recur."""
    lead_agency: Text = UNSET
    """The agency proposed to lead it; only `recommendationAssign` assigns."""
    response_due_on: Day = UNSET
    """By when the agencies that are asked are to answer."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""
    reference: Text = UNSET
    """A number of the partnership's own; by default the next one."""
    addressed_to: Texts = UNSET
    """The agencies that are asked for their answer, by key."""


@documented
@strawberry.input
class RecommendationRespondInput(Dated):
    """An agency answers a recommendation that is addressed to it; a later answer supersedes its earlier one."""

    answer: Answer
    """Accepted, accepted in principle or not accepted."""
    reason: Text = UNSET
    """Why; needed where it is not accepted."""
    agency: Text = UNSET
    """Whom the business unit records for, received on paper; by default the lead."""
    received_from: Text = UNSET
    """Whom the paper came from: a person, a letter, minutes."""


@documented
@strawberry.input
class RecommendationAssignInput(life.Assign): ...


@documented
@strawberry.input
class RecommendationHandOverInput(life.HandOver): ...


@documented
@strawberry.input
class RecommendationTransferInput(life.Transfer): ...


@documented
@strawberry.input
class RecommendationReportProgressInput(life.ReportProgress): ...


@documented
@strawberry.input
class RecommendationSubmitEvidenceInput(life.SubmitEvidence): ...


@documented
@strawberry.input
class RecommendationAcceptEvidenceInput(life.AcceptEvidence): ...


@documented
@strawberry.input
class RecommendationReturnEvidenceInput(life.ReturnEvidence): ...


@documented
@strawberry.input
class RecommendationWithdrawEvidenceInput(life.WithdrawEvidence): ...


@documented
@strawberry.input
class RecommendationRequestExtensionInput(life.RequestExtension): ...


@documented
@strawberry.input
class RecommendationGrantExtensionInput(life.GrantExtension): ...


@documented
@strawberry.input
class RecommendationRefuseExtensionInput(life.Reasoned):
    """More time is refused; the due date stays."""


@documented
@strawberry.input
class RecommendationCloseInput(life.Close):
    by_its_actions: bool | None = False
    """
    Where it has no accepted evidence of its own, what was accepted of its actions, which are all closed, is its
    evidence.
    """


@documented
@strawberry.input
class RecommendationReopenInput(life.Reopen): ...


@documented
@strawberry.input
class RecommendationVerifyImpactInput(life.VerifyImpact): ...
