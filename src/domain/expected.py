"""The version that a command was sent for, if it says one (language.md: VERSION_CONFLICT)."""

from collections.abc import Iterable
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
from domain.correction.events import Corrected
from domain.facts import Fact, Recorded
from domain.given import Given
from domain.lifecycle.commands import LifeCommand
from domain.lifecycle.events import Challenged, ChallengeEnded
from domain.plans import PLANS, Decided, Read
from domain.plans.reading import the_perhaps_empty
from domain.programme.commands import ProgrammeCommand
from domain.programme.state import Programme
from domain.recommendation.commands import Respond
from domain.recommendation.events import ActionPlanned, CheckCommissioned
from domain.refusals import Invalid, NotFound, NotIndependent, NotPermitted, Refusal, VersionConflict
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
from domain.words import Kind, Role

LEFT_BY_OTHERS: tuple[type[Fact], ...] = (ActionPlanned, CheckCommissioned, Challenged, ChallengeEnded)
"""What an action below, a review that checks, or a challenge leaves on a thing whose agencies may not see it."""


def planned(command: Command, read: Read, given: Given) -> list[Decided]:
    """What the command decides. Who may not send it is told so; else a version that has passed comes before the rules.

    What has changed since may be why a rule refuses: whoever named a version is told of that first.
    """
    try:
        decided = PLANS[type(command)](command, read, given)
    except (NotFound, NotPermitted, NotIndependent):
        raise
    except Refusal:
        it_is_at_the_expected_version(command, read, given)
        raise
    it_is_at_the_expected_version(command, read, given)
    return decided


def version_as_seen(facts: Iterable[Recorded]) -> int:
    """The version of a recommendation or an action as an agency counts it: how many of its facts are no one else's."""
    left: set[int] = set()
    count = 0
    for each in facts:
        if isinstance(each.fact, LEFT_BY_OTHERS) or (isinstance(each.fact, Corrected) and each.fact.corrects in left):
            left.add(each.originator_version)
        else:
            count += 1
    return count


def it_is_at_the_expected_version(command: Command, read: Read, given: Given) -> None:
    """Raises `VersionConflict` where the thing has moved on; a command that names no version is never refused.

    Raises `Invalid` for a version named with a command that makes something or is about several things: it has none.
    """
    if command.expected_version is None:
        return
    version = _version(command, read)
    if given.caller.role is Role.AGENCY and isinstance(command, LifeCommand | Respond):
        version = version_as_seen(given.recorded(command.id))
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
        raise Invalid(
            "A command that is not about one thing that is there has no version to expect.", "expectedVersion"
        )
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
