"""Reading challenges: pages, by id, and how many there are."""

from projections.asking import Asking, Conditions
from projections.challenges.rows import ChallengeRead, ChallengesCounted
from projections.listing import Listing

challenges = Listing(
    "projections.challenges",
    ChallengeRead,
    {
        "RESPONSE_DUE_ASC": "response_due_on",
        "ISSUED_DESC": "issued_on",
    },
)


def log(asking: Asking, where: Conditions) -> list[ChallengesCounted]:
    """All that meet the conditions, counted as a whole, by agency, and by level."""
    return challenges.counts(asking, "log", ChallengesCounted, where)
