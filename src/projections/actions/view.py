"""Reading actions: pages and by id."""

from projections.actions.rows import ActionRead
from projections.listing import Listing

actions = Listing(
    "projections.actions",
    ActionRead,
    {
        "DUE_ON_ASC": "due_on",
        "DUE_ON_DESC": "due_on",
        "REFERENCE_ASC": "reference",
        "RAISED_DESC": "raised_on",
    },
)
