"""Reading reviews: pages and by id."""

from projections.listing import Listing
from projections.reviews.rows import ReviewRead

reviews = Listing(
    "projections.reviews",
    ReviewRead,
    {
        "COMMISSIONED_ON_DESC": "commissioned_on",
        "COMMISSIONED_ON_ASC": "commissioned_on",
        "REFERENCE_ASC": "reference",
    },
)
