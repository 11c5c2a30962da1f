"""Inputs about recommendations."""

import strawberry
from strawberry import UNSET

from api.mutations import inputs_of_a_life as life
from api.mutations.inputs import ON_PAPER, RECEIVED_FROM, Dated, Day, Keyed, Text, Texts
from domain.words import Answer

BY_ITS_ACTIONS = (
    "Where it has no accepted evidence of its own, what was accepted of its actions, which are all closed, is its "
    "evidence."
)


@strawberry.input
class RecommendationRaiseInput(Keyed):
    review_id: strawberry.ID
    learning: list[strawberry.ID] | None = UNSET
    wording: str
    need: Text = UNSET
    means_of_improvement: Text = UNSET
    measure_of_effectiveness: Text = UNSET
    themes: list[str]
    lead_agency: Text = UNSET
    response_due_on: Day = UNSET
    happened_on: Day = UNSET
    reference: Text = UNSET
    addressed_to: Texts = UNSET


@strawberry.input
class RecommendationRespondInput(Dated):
    answer: Answer
    reason: Text = UNSET
    agency: Text = strawberry.field(default=UNSET, description=ON_PAPER)
    received_from: Text = strawberry.field(default=UNSET, description=RECEIVED_FROM)


@strawberry.input
class RecommendationAssignInput(life.Assign): ...


@strawberry.input
class RecommendationTransferInput(life.Transfer): ...


@strawberry.input
class RecommendationReportProgressInput(life.ReportProgress): ...


@strawberry.input
class RecommendationSubmitEvidenceInput(life.SubmitEvidence): ...


@strawberry.input
class RecommendationAcceptEvidenceInput(life.AcceptEvidence): ...


@strawberry.input
class RecommendationReturnEvidenceInput(life.ReturnEvidence): ...


@strawberry.input
class RecommendationWithdrawEvidenceInput(life.WithdrawEvidence): ...


@strawberry.input
class RecommendationRequestExtensionInput(life.RequestExtension): ...


@strawberry.input
class RecommendationGrantExtensionInput(life.GrantExtension): ...


@strawberry.input
class RecommendationRefuseExtensionInput(life.Reasoned): ...


@strawberry.input
class RecommendationCloseInput(life.Close):
    by_its_actions: bool | None = strawberry.field(default=False, description=BY_ITS_ACTIONS)


@strawberry.input
class RecommendationReopenInput(life.Reopen): ...


@strawberry.input
class RecommendationVerifyImpactInput(life.VerifyImpact): ...
