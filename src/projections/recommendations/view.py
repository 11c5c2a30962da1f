"""Reading recommendations: pages and by id."""

from projections.listing import Listing
from projections.recommendations.rows import RecommendationRead

recommendations = Listing(
    "projections.recommendations",
    RecommendationRead,
    {
        "DUE_ON_ASC": "due_on",
        "DUE_ON_DESC": "due_on",
        "REFERENCE_ASC": "reference",
        "RAISED_DESC": "raised_on",
    },
)
