"""The rules of a formal challenge, one refusal each."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from domain.challenge.commands import IssueChallenge
from domain.challenge.events import Subject
from domain.challenge.state import Challenge
from domain.duties.state import Duty
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import ChallengeEnded, ChallengeOpen, ConditionsNotMet, Invalid, SubjectNotOfAgency
from domain.shared.texts import normalised
from domain.shared.vocabulary import ChallengeOutcome

if TYPE_CHECKING:
    from domain.frameworks import ChallengeLevel, Framework


def the_challenge_has_not_ended(challenge: Challenge) -> None:
    if challenge.ended:
        raise ChallengeEnded(f"The challenge is {challenge.stage.lower()}.")


def the_route_climbs_further(challenge: Challenge, framework: "Framework") -> "ChallengeLevel":
    """The level above the one that the challenge has reached, by the route of the framework in force."""
    above = next((step for step in framework.challenge_route if step.level > challenge.level), None)
    if above is None:
        raise ConditionsNotMet(f"Level {challenge.level} is the last of the challenge route.")
    return above


def a_challenge_is_about_something(subjects: Sequence[Subject], about_performance: bool) -> None:
    if not subjects and not about_performance:
        raise Invalid(
            "Name what it is about, or say that it is the agency's performance as such (aboutPerformance).", "subjects"
        )


def performance_is_the_agencys_own(challenge: Challenge, to: str, context: DecisionContext) -> None:
    if challenge.about_performance and not context.agencies.are_kin(challenge.agency, to):
        raise SubjectNotOfAgency(
            f"It is about the performance of {challenge.agency!r}, which is nobody else's.", "toAgency"
        )


def a_challenge_moves_to_another_agency(challenge: Challenge, to: str) -> None:
    if to == challenge.agency:
        raise Invalid(f"The challenge is made to {to!r} already.", "toAgency")


def a_subject_is_the_agencys(agency: str, kin: frozenset[str], concerned: tuple[str, ...], field: str) -> None:
    """Led by, contributed to by, addressed to, or reviewing the challenged agency."""
    if not kin.intersection(concerned):
        raise SubjectNotOfAgency(f"A subject is not {agency!r}'s.", field)


def a_challenged_duty_is_unmet(duty: Duty, context: DecisionContext) -> None:
    """What an agency says it has done is challenged as its performance."""
    if duty.done_on is not None and duty.done_on <= context.on:
        message = f"The duty was confirmed on {duty.done_on}: challenge the agency's performance instead."
        raise ConditionsNotMet(message, "duties", "dutyId")


def the_same_is_not_challenged_already(
    command: IssueChallenge, others: Iterable[Challenge], kin: frozenset[str]
) -> None:
    """Whatever it is about. `others`: the challenges that the agency may have to answer."""
    same = open_about_the_same(command, others, kin)
    if same is not None:
        raise ChallengeOpen(f"{same.is_open_already} It is escalated, and not issued again.", "grounds")


def open_about_the_same(
    this: IssueChallenge | Challenge, others: Iterable[Challenge], kin: frozenset[str]
) -> Challenge | None:
    """Of the other challenges one to any of `kin`, about the same and on the same grounds, that has not ended."""
    theirs = (other for other in others if not other.ended and other.agency in kin)
    return next((other for other in theirs if _about(other) == _about(this)), None)


def _about(this: IssueChallenge | Challenge) -> tuple[frozenset[Subject], str, bool]:
    return frozenset(this.subjects), normalised(this.grounds), this.about_performance


def upheld_reopens_to_a_date(due_on: date | None) -> date:
    if due_on is None:
        raise Invalid("Upheld, it reopens what is closed, and needs a new due date.", "reopenDueOn")
    return due_on


def only_upheld_reopens(outcome: ChallengeOutcome, due_on: date | None) -> None:
    if outcome is not ChallengeOutcome.UPHELD and due_on is not None:
        raise Invalid("Only an upheld challenge reopens.", "reopenDueOn")
