"""Three formal challenges by the chair: upheld, withdrawn, and escalated."""

from cli.demo.script import Challenge
from cli.demo.steps_of_reviews import challenge_withdrawn, escalated, responded, upheld

CLOSED_TOO_SOON = Challenge(
    "closed too soon",
    "2023-05-08",
    "childrens-services",
    ("FSP-04/2/A1",),
    "The action was closed because a service runs. Of 61 children who were missing in the first quarter, 19 were "
    "spoken with within 72 hours.",
    "Say how many children are heard in time, and what will change.",
    (
        responded(
            "2023-05-22", "childrens-services", "The figures are right. Half of the posts were vacant until April."
        ),
        upheld("2023-06-15", "A service that runs is not a child who is heard.", reopen_until="2023-10-31"),
    ),
)
NO_FAMILIES = Challenge(
    "no families yet",
    "2026-01-19",
    "housing",
    ("FSP-09/3/A1",),
    "A policy was changed in December and no family is known to have stayed in its home.",
    "Say how many families have stayed.",
    (
        responded("2026-01-30", "housing", "Nine families have stayed; addresses are with the business manager."),
        challenge_withdrawn("2026-02-12", "The list was on its way when the challenge was issued."),
    ),
)
TWO_MONTHS_LATE = Challenge(
    "two months late",
    "2026-05-11",
    "hospital-trust",
    ("FSP-11/1/A2",),
    "Midwifery's concerns were to be in the shared alert by 27 February. The reason given in January, an information "
    "agreement, was signed in April.",
    "A date, and what protects unborn babies until then.",
    (escalated("2026-06-15", "No answer in five weeks, and three more babies were born meanwhile."),),
)

CHALLENGES = (CLOSED_TOO_SOON, NO_FAMILIES, TWO_MONTHS_LATE)
