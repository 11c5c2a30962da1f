"""The version that a command was sent for, if it says one (language.md: VERSION_CONFLICT)."""

from typing import Any

from domain.challenge.commands import (
    EscalateChallenge,
    ResolveChallenge,
    RespondToChallenge,
    TransferChallenge,
    WithdrawChallenge,
)
from domain.commands import Command
from domain.correction.commands import Correct
from domain.given import Given
from domain.lifecycle.commands import LifeCommand
from domain.plans import PLANS, Decided, Read
from domain.plans.reading import the_perhaps_empty
from domain.programme.commands import ProgrammeCommand
from domain.programme.state import Programme
from domain.recommendation.commands import Respond
from domain.refusals import NotFound, NotIndependent, NotPermitted, Refusal, VersionConflict
from domain.returns.commands import ConfirmReturn, RaiseImprovements, SubmitReturn
from domain.review.commands import (
    AdviseReview,
    AgreeReview,
    CompleteReview,
    ConfirmLearning,
    DeclineReview,
    DisseminateLearning,
    IdentifyLearning,
    PublishReview,
    RecordParticipation,
    StartClock,
    StopClock,
    TakeUpLearning,
    WithholdPublication,
)
from domain.singles import programme_of
from domain.words import Kind


def planned(command: Command, read: Read, given: Given) -> list[Decided]:
    """What the command decides. Who may not send it is told so; else a version that has passed comes before the rules.

    What has changed since may be why a rule refuses: whoever named a version is told of that first.
    """
    try:
        decided = PLANS[type(command)](command, read, given)
    except (NotFound, NotPermitted, NotIndependent):
        raise
    except Refusal:
        it_is_at_the_expected_version(command, read)
        raise
    it_is_at_the_expected_version(command, read)
    return decided


def it_is_at_the_expected_version(command: Command, read: Read) -> None:
    """Raises `VersionConflict` where the thing has moved on; a command that names no version is never refused."""
    if command.expected_version is None:
        return
    version = _version(command, read)
    if version != command.expected_version:
        raise VersionConflict(f"It is at version {version}, not {command.expected_version}.", "expectedVersion")


def _version(command: Command, read: Read) -> int:
    if isinstance(command, ProgrammeCommand):  # the first one of a year begins its programme
        return the_perhaps_empty(read, Kind.PROGRAMME, programme_of(command.year), Programme()).version
    return int(_thing(command, read).version)


def _thing(command: Command, read: Read) -> Any:
    match command:
        case LifeCommand() | Correct():
            return read(command.kind, command.id)
        case (
            IdentifyLearning()
            | DisseminateLearning()
            | ConfirmLearning()
            | TakeUpLearning()
            | StartClock()
            | StopClock()
        ):
            return read(Kind.REVIEW, command.review_id)
    kind = next((kind for kind, commands in BY_ID.items() if isinstance(command, commands)), None)
    if kind is None:
        raise TypeError(f"{type(command).__name__} is not about a thing with a version")
    return read(kind, command.id)  # type: ignore[attr-defined]


BY_ID: dict[Kind, tuple[type[Command], ...]] = {
    Kind.REVIEW: (
        AdviseReview,
        DeclineReview,
        AgreeReview,
        CompleteReview,
        RecordParticipation,
        PublishReview,
        WithholdPublication,
        RaiseImprovements,
    ),
    Kind.RECOMMENDATION: (Respond,),
    Kind.CHALLENGE: (EscalateChallenge, ResolveChallenge, RespondToChallenge, TransferChallenge, WithdrawChallenge),
    Kind.RETURN: (ConfirmReturn, SubmitReturn),
}
"""What commands with an `id` are about."""
