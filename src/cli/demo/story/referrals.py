"""Three cases referred to be reviewed: two were, by the chair's decision, and one was not."""

from cli.demo.script import Referral
from cli.demo.steps_of_reviews import NOTIFICATION, RAPID, advised, clock_stopped, declined

CASE_REVIEW = "case-review"

YOUNG_PERSON_B_REFERRED = Referral(
    "young person B referred",
    "2021-09-13",
    "Young person B: exploited across the county",
    "child-safeguarding-practice-review-local",
    "Detective inspector, Fellmoor Police",
    ("police", "childrens-services", "youth-justice", "schools", "housing"),
    "2021-09-06",
    (
        clock_stopped("2021-09-13", NOTIFICATION, "2021-09-10"),
        advised(
            "2021-09-22",
            "child-safeguarding-practice-review-local",
            "Five agencies met about it every month. What kept them a month behind matters to the whole county.",
        ),
        clock_stopped("2021-10-01", RAPID, "2021-10-01"),
    ),
)

INFANT_F_REFERRED = Referral(
    "infant F referred",
    "2025-02-17",
    "Infant F: injuries at seven weeks",
    "child-safeguarding-practice-review-local",
    "Named midwife, Fellmoor Hospitals Trust",
    ("hospital-trust", "police", "childrens-services", "community-health"),
    "2025-02-10",
    (
        clock_stopped("2025-02-17", NOTIFICATION, "2025-02-17"),
        advised(
            "2025-02-20",
            "child-safeguarding-practice-review-local",
            "Three agencies each knew a third of it. A review would show why the thirds never met.",
        ),
    ),
)
YOUNG_PERSON_G = Referral(
    "young person G",
    "2025-09-15",
    "Young person G: a placement that ended overnight",
    CASE_REVIEW,
    "Head teacher, through the Schools and Early Years Alliance",
    ("childrens-services", "schools"),
    "2025-09-08",
    (
        clock_stopped("2025-09-15", NOTIFICATION, "2025-09-12"),
        advised("2025-09-18", CASE_REVIEW, "One agency's decision, already put right; little to learn together."),
        clock_stopped("2025-09-22", RAPID, "2025-09-22"),
        declined("2025-09-22", "The placement's own inquiry answers what was asked. The school has been told why."),
    ),
)

REFERRALS = (YOUNG_PERSON_B_REFERRED, INFANT_F_REFERRED, YOUNG_PERSON_G)
