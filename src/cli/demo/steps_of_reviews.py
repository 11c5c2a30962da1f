"""The steps of a review and of a formal challenge, as the story tells them."""

from datetime import date

from cli.demo.people import CHAIR, GROUP, REVIEW_GROUP, UNIT, officer
from cli.demo.script import Said, Step, Thing
from domain.challenge.commands import EscalateChallenge, ResolveChallenge, RespondToChallenge, WithdrawChallenge
from domain.review.commands import (
    AdviseReview,
    CompleteReview,
    ConfirmLearning,
    DeclineReview,
    DisseminateLearning,
    IdentifyLearning,
    PublishReview,
    ReviewSection,
    StopClock,
    WithholdPublication,
)
from domain.shared.vocabulary import ChallengeOutcome


def learned(on: str, wording: str, *themes: str, good: bool = False, agencies: tuple[str, ...] = ()) -> Step:
    """A learning point; `good` practice is learning too."""

    def says(it: Thing) -> Said:
        command = IdentifyLearning(
            review_id=it.id, wording=wording, good_practice=good, themes=themes, agencies=agencies
        )
        return Said(command, UNIT)

    return Step(on, says)


NOTIFICATION, RAPID = "serious-incident-notification", "rapid-review"
"""Clocks that start by themselves: with somebody's awareness, and with the notification."""


def clock_stopped(on: str, clock: str, day: str) -> Step:
    stopped_on = date.fromisoformat(day)
    return Step(on, lambda it: Said(StopClock(review_id=it.id, clock=clock, stopped_on=stopped_on), UNIT))


def completed(on: str, **sections: str) -> Step:
    def says(it: Thing) -> Said:
        written = tuple(ReviewSection(key=key.replace("_", "-"), text=text) for key, text in sections.items())
        return Said(CompleteReview(id=it.id, sections=written), UNIT)

    return Step(on, says)


def published(on: str, board_response: str, url: str | None = None) -> Step:
    return Step(on, lambda it: Said(PublishReview(id=it.id, url=url, board_response=board_response), CHAIR))


def withheld(on: str, why: str, improvements: str | None = None) -> Step:
    return Step(on, lambda it: Said(WithholdPublication(id=it.id, reason=why, improvements=improvements), CHAIR))


def disseminated(
    on: str,
    method: str,
    *audience: str,
    agencies: tuple[str, ...] | None = None,
    joining: tuple[tuple[str, int], ...] = (),
) -> Step:
    """All of the review's learning; or `joining` points of several reviews, counted from 1."""

    def says(it: Thing) -> Said:
        learning = tuple(it.learned(review)[number - 1] for review, number in joining)
        command = DisseminateLearning(
            review_id=it.id, method=method, audience=audience, agencies=agencies, learning=learning
        )
        return Said(command, UNIT)

    return Step(on, says)


def confirmed(on: str, agency: str, assurance: str) -> Step:
    """All that the agency had still to confirm."""
    return Step(on, lambda it: Said(ConfirmLearning(review_id=it.id, assurance=assurance), officer(agency)))


def confirmed_on_paper(on: str, agency: str, assurance: str) -> Step:
    return Step(on, lambda it: Said(ConfirmLearning(review_id=it.id, agency=agency, assurance=assurance), UNIT))


def confirmed_by_the_unit(on: str, assurance: str) -> Step:
    return Step(on, lambda it: Said(ConfirmLearning(review_id=it.id, assurance=assurance), UNIT))


def advised(on: str, kind: str, advice: str) -> Step:
    return Step(on, lambda it: Said(AdviseReview(id=it.id, body=REVIEW_GROUP, kind=kind, advice=advice), GROUP))


def declined(on: str, why: str) -> Step:
    return Step(on, lambda it: Said(DeclineReview(id=it.id, reason=why), CHAIR))


def responded(on: str, agency: str, text: str) -> Step:
    return Step(on, lambda it: Said(RespondToChallenge(id=it.id, narrative=text), officer(agency)))


def escalated(on: str, why: str) -> Step:
    return Step(on, lambda it: Said(EscalateChallenge(id=it.id, reason=why), CHAIR))


def upheld(on: str, why: str, reopen_until: str | None = None) -> Step:
    def says(it: Thing) -> Said:
        until = date.fromisoformat(reopen_until) if reopen_until else None
        command = ResolveChallenge(id=it.id, outcome=ChallengeOutcome.UPHELD, reason=why, reopen_due_on=until)
        return Said(command, CHAIR)

    return Step(on, says)


def challenge_withdrawn(on: str, why: str) -> Step:
    return Step(on, lambda it: Said(WithdrawChallenge(id=it.id, reason=why), CHAIR))
