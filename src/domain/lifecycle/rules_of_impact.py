"""What a finding on impact asks for (rules.md, "Lifecycle")."""

from uuid import UUID

from domain.decision_context import DecisionContext
from domain.lifecycle.commands import VerifyImpact
from domain.lifecycle.state import Closure, Life
from domain.reference_rules import a_reason_is_given
from domain.refusals import ConditionsNotMet, FollowUpRequired, Invalid
from domain.words import ClosureOutcome, Impact


def impact_is_of_what_was_implemented(closure: Closure) -> None:
    if closure.outcome is not ClosureOutcome.IMPLEMENTED:
        raise ConditionsNotMet("Impact is verified of what was closed as implemented.")


def it_was_not_found_so_on_that_day(life: Life, command: VerifyImpact, context: DecisionContext) -> None:
    """What was found once is found again on a later day; by a further measure, in the words of the same finding."""
    again = life.impact is command.finding and life.impact_on == context.on
    if again and command.finding is not Impact.NOT_EMBEDDED:
        finding = command.finding.replace("_", " ").lower()
        raise ConditionsNotMet(
            f"It was found {finding} on {context.on} already: the next finding is of a later day, or another one.",
            "finding",
        )


def another_review_gives_the_evidence(arose_from: UUID, evidenced_by: UUID | None) -> None:
    """The review that asked for a change cannot tell whether it came."""
    if evidenced_by == arose_from:
        raise Invalid("It arose from this review: another one gives evidence of its impact.", "evidencedBy")


def a_follow_up_fits_the_finding(command: VerifyImpact) -> None:
    """Not embedded carries its follow-up in the same command; nothing else does."""
    if command.finding is not Impact.NOT_EMBEDDED:
        _no_follow_up(command)
        return
    follow_up = command.follow_up
    if follow_up is None or (follow_up.reopen_until is None and follow_up.further_action is None):
        raise FollowUpRequired("Not embedded is followed up by reopening or by a further action.", "followUp")
    a_reason_is_given(follow_up.reason, "followUp", "reason")


def _no_follow_up(command: VerifyImpact) -> None:
    if command.follow_up is not None:
        raise Invalid("Only a finding of not embedded carries a follow-up.", "followUp")
