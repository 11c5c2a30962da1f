"""2021: a young person criminally exploited; an action closed too soon is reopened by a formal challenge."""

from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import (
    answered,
    assigned,
    impact,
    implemented,
    progress,
)
from cli.demo.steps_of_reviews import completed, learned, published
from cli.demo.story.places_for_b import EXCLUSIONS, SOMEWHERE_SAFE
from domain.shared.vocabulary import Impact, Rag

DAILY = Recommendation(
    "2022-04-11",
    ("police", "youth-justice"),
    "Look together every day at the children most at risk of exploitation, and agree who does what that day.",
    ("child-exploitation", "multi-agency-working"),
    (
        answered("2022-04-22", "police"),
        answered("2022-04-25", "youth-justice"),
        assigned("2022-05-03", "police", "2022-12-16", "youth-justice"),
        *implemented(
            "The meeting sits every working day; 64 children discussed.", "2022-11-28", "2022-12-05", "2023-01-12"
        ),
        impact(
            "2023-07-13",
            Impact.EMBEDDED,
            "Attendance and outcomes",
            "All agencies on 94 per cent of days; risk fell for 39 children.",
        ),
    ),
    need="Risk changed by the hour and meetings were held by the month.",
    measure="Attendance; change in the risk score of each child",
    of=(1,),
    actions=(
        Action(
            "2022-05-03",
            "Chair a daily exploitation meeting.",
            (
                assigned("2022-05-03", "police", "2022-07-29"),
                *implemented("First held on 4 July.", "2022-07-04", "2022-07-12", "2022-09-08"),
            ),
        ),
        Action(
            "2022-05-03",
            "Send a worker who may decide to every meeting.",
            (
                assigned("2022-05-03", "youth-justice", "2022-07-29"),
                *implemented("A senior worker attends.", "2022-07-25", "2022-08-22", "2022-09-08"),
            ),
        ),
    ),
)
RETURN_INTERVIEWS = Recommendation(
    "2022-04-11",
    ("childrens-services",),
    "Speak with every child who has been missing within 72 hours of their return, and use what they say.",
    ("missing-children", "voice-of-the-child"),
    (
        answered("2022-04-26", "childrens-services"),
        assigned("2022-05-03", "childrens-services", "2022-12-16"),
        *implemented("Interviews commissioned and under way.", "2022-12-09", "2022-12-12", "2023-01-12"),
        *implemented(
            "88 per cent within 72 hours; themes reported each quarter.", "2023-11-20", "2023-11-27", "2023-12-14"
        ),
        impact(
            "2024-06-13",
            Impact.EMBEDDED,
            "Timeliness; use in plans",
            "86 per cent in time, and cited in 17 of 20 plans.",
        ),
    ),
    need="Young person B was missing 22 times and asked about it twice.",
    measure="Share of interviews within 72 hours; share of plans that use them",
    of=(2,),
    actions=(
        Action(
            "2022-05-03",
            "Hold return home interviews within 72 hours.",
            (
                assigned("2022-05-03", "childrens-services", "2022-11-30"),
                progress("2022-09-05", Rag.AMBER, 40, "Provider appointed.", "Half the posts are vacant."),
                *implemented("Service running.", "2022-11-25", "2022-11-29", "2022-12-08"),
                progress("2023-09-11", Rag.GREEN, 80, "All posts filled; 79 per cent in time in August."),
                *implemented(
                    "88 per cent of interviews within 72 hours in October.", "2023-10-31", "2023-11-06", "2023-11-16"
                ),
            ),
        ),
    ),
)
YOUNG_PERSON_B = Review(
    "FSP-04",
    "2021-10-04",
    "child-safeguarding-practice-review-local",
    "Young person B: criminal exploitation",
    ("police", "childrens-services", "youth-justice", "schools", "housing"),
    (
        learned(
            "2022-03-14",
            "Agencies met monthly about a risk that changed daily.",
            "child-exploitation",
            "multi-agency-working",
        ),
        learned(
            "2022-03-14", "Nobody asked where the young person had been.", "missing-children", "voice-of-the-child"
        ),
        learned(
            "2022-03-14", "Exclusion was the moment at which those who exploit were waiting.", "child-exploitation"
        ),
        learned("2022-03-14", "At 16 there was nowhere safe to go.", "homelessness-16-17"),
        completed("2022-04-08", summary="Everybody reacted; nobody was a day ahead."),
        published(
            "2022-05-16",
            "The partnership accepts all four findings.",
            "https://fellmoor.example/reviews/young-person-b",
        ),
    ),
    (DAILY, RETURN_INTERVIEWS, EXCLUSIONS, SOMEWHERE_SAFE),
    lead="Independent lead reviewer",
    employer="An independent consultancy",
    method="Root cause analysis",
    aware_on="2021-09-06",
    referral="young person B referred",
)
