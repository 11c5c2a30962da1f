"""Inputs about actions."""

import strawberry
from strawberry import UNSET

from api.mutations import inputs_of_a_life as life
from api.mutations.inputs import Day, Keyed, Text

LAST = (
    "The recommendation above is closed as implemented in the same command: every other action of it is closed, and "
    "what was accepted of them is its evidence, where it has none of its own."
)


@strawberry.input
class ActionRaiseInput(Keyed):
    recommendation_id: strawberry.ID
    wording: str
    measure_of_effectiveness: Text = UNSET
    happened_on: Day = UNSET
    reference: Text = UNSET


@strawberry.input
class ActionAssignInput(life.Assign): ...


@strawberry.input
class ActionTransferInput(life.Transfer): ...


@strawberry.input
class ActionReportProgressInput(life.ReportProgress): ...


@strawberry.input
class ActionSubmitEvidenceInput(life.SubmitEvidence): ...


@strawberry.input
class ActionAcceptEvidenceInput(life.AcceptEvidence): ...


@strawberry.input
class ActionReturnEvidenceInput(life.ReturnEvidence): ...


@strawberry.input
class ActionWithdrawEvidenceInput(life.WithdrawEvidence): ...


@strawberry.input
class ActionRequestExtensionInput(life.RequestExtension): ...


@strawberry.input
class ActionGrantExtensionInput(life.GrantExtension): ...


@strawberry.input
class ActionRefuseExtensionInput(life.Reasoned): ...


@strawberry.input
class ActionCloseInput(life.Close):
    close_recommendation: bool | None = strawberry.field(default=False, description=LAST)


@strawberry.input
class ActionReopenInput(life.Reopen): ...


@strawberry.input
class ActionVerifyImpactInput(life.VerifyImpact): ...
