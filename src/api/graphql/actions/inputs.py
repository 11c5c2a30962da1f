"""Inputs about actions."""

import strawberry
from strawberry import UNSET

from api.graphql.descriptions import documented
from api.graphql.inputs import Day, Keyed, Text
from api.graphql.lifecycle import inputs as life


@documented
@strawberry.input
class ActionRaiseInput(Keyed):
    """An action is raised on a recommendation: by the business unit, or by the lead that has accepted it."""

    recommendation_id: strawberry.ID
    """The recommendation that it carries out."""
    wording: str
    """What is to be done."""
    measure_of_effectiveness: Text = UNSET
    """How it is to be seen that it made a difference."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""
    reference: Text = UNSET
    """A number of the partnership's own; by default the next one."""


@documented
@strawberry.input
class ActionAssignInput(life.Assign): ...


@documented
@strawberry.input
class ActionHandOverInput(life.HandOver): ...


@documented
@strawberry.input
class ActionTransferInput(life.Transfer): ...


@documented
@strawberry.input
class ActionReportProgressInput(life.ReportProgress): ...


@documented
@strawberry.input
class ActionSubmitEvidenceInput(life.SubmitEvidence): ...


@documented
@strawberry.input
class ActionAcceptEvidenceInput(life.AcceptEvidence): ...


@documented
@strawberry.input
class ActionReturnEvidenceInput(life.ReturnEvidence): ...


@documented
@strawberry.input
class ActionWithdrawEvidenceInput(life.WithdrawEvidence): ...


@documented
@strawberry.input
class ActionRequestExtensionInput(life.RequestExtension): ...


@documented
@strawberry.input
class ActionGrantExtensionInput(life.GrantExtension): ...


@documented
@strawberry.input
class ActionRefuseExtensionInput(life.Reasoned):
    """More time is refused; the due date stays."""


@documented
@strawberry.input
class ActionCloseInput(life.Close):
    close_recommendation: bool | None = False
    """
    The recommendation above is closed as implemented in the same command: every other action of it is closed, and what
    was accepted of them is its evidence, where it has none of its own.
    """


@documented
@strawberry.input
class ActionReopenInput(life.Reopen): ...


@documented
@strawberry.input
class ActionVerifyImpactInput(life.VerifyImpact): ...
