"""Words with one meaning about a formal challenge, as of the day asked about."""

from datetime import date

from domain.challenge.state import Challenge
from domain.words import ChallengeStage

UNANSWERED = frozenset({ChallengeStage.ISSUED, ChallengeStage.ESCALATED})


def overdue(challenge: Challenge, on: date) -> bool:
    """Not answered at the level that it has reached, and the day for the answer has passed."""
    return challenge.stage in UNANSWERED and challenge.response_due_on is not None and challenge.response_due_on < on
