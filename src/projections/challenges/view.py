"""Reading challenges: pages and by id."""

from projections.challenges.rows import ChallengeRead
from projections.listing import Listing

challenges = Listing(
    "projections.challenges",
    ChallengeRead,
    {
        "RESPONSE_DUE_ASC": "response_due_on",
        "ISSUED_DESC": "issued_on",
    },
)
