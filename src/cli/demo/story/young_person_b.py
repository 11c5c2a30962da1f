"""2021: a young person criminally exploited; an action closed too soon is reopened by a formal challenge."""

from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import (
    accepted,
    answered,
    assigned,
    closed,
    complete,
    impact,
    implemented,
    more_time_asked,
    more_time_granted,
    progress,
    returned,
    transferred,
)
from cli.demo.steps_of_reviews import completed, learned, published
from domain.words import Answer, Impact, Rag

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
            "The meeting sits every working day; 64 children discussed.",
            done="2022-11-28",
            reported="2022-12-05",
            judged="2023-01-12",
            closing="2023-01-12",
        ),
        impact("2023-07-13", Impact.EMBEDDED, "Attendance and outcomes", "All agencies on 94 per cent of days; risk fell for 39 children."),
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
                *implemented("First held on 4 July.", done="2022-07-04", reported="2022-07-12", judged="2022-09-08", closing="2022-09-08"),
            ),
        ),
        Action(
            "2022-05-03",
            "Send a worker who may decide to every meeting.",
            (
                assigned("2022-05-03", "youth-justice", "2022-07-29"),
                *implemented("A senior worker attends.", done="2022-07-25", reported="2022-08-22", judged="2022-09-08", closing="2022-09-08"),
            ),
        ),
    ),
)  # fmt: skip
RETURN_INTERVIEWS = Recommendation(
    "2022-04-11",
    ("childrens-services",),
    "Speak with every child who has been missing within 72 hours of their return, and use what they say.",
    ("missing-children", "voice-of-the-child"),
    (
        answered("2022-04-26", "childrens-services"),
        assigned("2022-05-03", "childrens-services", "2022-12-16"),
        *implemented("Interviews commissioned and under way.", done="2022-12-09", reported="2022-12-12", judged="2023-01-12", closing="2023-01-12"),
        *implemented(
            "88 per cent within 72 hours; themes reported each quarter.",
            done="2023-11-20",
            reported="2023-11-27",
            judged="2023-12-14",
            closing="2023-12-14",
        ),
        impact("2024-06-13", Impact.EMBEDDED, "Timeliness; use in plans", "86 per cent in time, and cited in 17 of 20 plans."),
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
                *implemented("Service running.", done="2022-11-25", reported="2022-11-29", judged="2022-12-08", closing="2022-12-08"),
                progress("2023-09-11", Rag.GREEN, 80, "All posts filled; 79 per cent in time in August."),
                *implemented(
                    "88 per cent of interviews within 72 hours in October.",
                    done="2023-10-31",
                    reported="2023-11-06",
                    judged="2023-11-16",
                    closing="2023-11-16",
                ),
            ),
        ),
    ),
)  # fmt: skip
EXCLUSIONS = Recommendation(
    "2022-04-11",
    ("schools",),
    "Exclude no child who has a social worker without a meeting that day.",
    ("multi-agency-working",),
    (
        answered("2022-05-09", "schools", Answer.ACCEPTED_IN_PRINCIPLE, "Head teachers decide; we can ask, not order."),
        assigned("2022-05-16", "schools", "2023-03-31"),
        *implemented("38 of 44 schools signed; none of the others excluded a child with a social worker.", done="2023-03-24",
                     reported="2023-04-20", judged="2023-05-11", closing="2023-05-11"),
    ),
    of=(3,),
    actions=(
        Action(
            "2022-05-16",
            "Agree a same-day meeting with every head teacher.",
            (
                assigned("2022-05-16", "schools", "2022-12-16"),
                complete("2022-12-14", "Agreement sent to all head teachers."),
                returned("2023-01-12", "Sent is not agreed: how many have signed?", "2023-03-10"),
                complete("2023-03-08", "Signed by 38 of 44.", done="2023-03-06"),
                accepted("2023-03-16"),
                closed("2023-03-16"),
            ),
        ),
        Action(
            "2022-05-16",
            "Offer alternatives to exclusion in each district.",
            (
                assigned("2022-05-16", "schools", "2023-03-31", "youth-justice"),
                *implemented("Two places in each district.", done="2023-03-17", reported="2023-04-03", judged="2023-04-13",
                             closing="2023-04-13"),
            ),
            by="schools",
        ),
    ),
)  # fmt: skip
SOMEWHERE_SAFE = Recommendation(
    "2022-04-11",
    ("housing", "childrens-services"),
    "Find somewhere safe to live, the same day, for any 16 or 17 year old who cannot go home.",
    ("homelessness-16-17",),
    (
        answered("2022-04-28", "housing"),
        answered("2022-04-29", "childrens-services"),
        assigned("2022-05-16", "housing", "2023-06-30", "childrens-services"),
        *implemented("Joint protocol and four places in use.", done="2023-09-15", reported="2023-09-25", judged="2023-10-12", closing="2023-10-12"),
        impact("2024-04-11", Impact.EMBEDDED, "Placements of 16 and 17 year olds", "No child in bed and breakfast since October."),
    ),
    of=(4,),
    actions=(
        Action(
            "2022-05-16",
            "Write a joint protocol for homeless 16 and 17 year olds.",
            (
                assigned("2022-05-16", "housing", "2022-10-31"),
                transferred("2022-09-19", "childrens-services", "The duty to assess lies with children's services."),
                *implemented("Protocol signed.", done="2022-11-14", reported="2022-11-21", judged="2022-12-08", closing="2022-12-08"),
            ),
        ),
        Action(
            "2022-05-16",
            "Open four emergency places with support.",
            (
                assigned("2022-05-16", "housing", "2023-03-31"),
                more_time_asked("2023-03-06", "2023-08-31", "The building works began late."),
                more_time_granted("2023-03-16", "Two places are open in the meantime."),
                *implemented("Four places open.", done="2023-08-21", reported="2023-08-24", judged="2023-09-14", closing="2023-09-14"),
            ),
        ),
    ),
)  # fmt: skip
YOUNG_PERSON_B = Review(
    "FSP-04",
    "2021-10-04",
    "child-safeguarding-practice-review-local",
    "Young person B: criminal exploitation",
    ("police", "childrens-services", "youth-justice", "schools", "housing"),
    (
        learned("2022-03-14", "Agencies met monthly about a risk that changed daily.", "child-exploitation", "multi-agency-working"),
        learned("2022-03-14", "Nobody asked where the young person had been.", "missing-children", "voice-of-the-child"),
        learned("2022-03-14", "Exclusion was the moment at which those who exploit were waiting.", "child-exploitation"),
        learned("2022-03-14", "At 16 there was nowhere safe to go.", "homelessness-16-17"),
        completed("2022-04-08", summary="Everybody reacted; nobody was a day ahead."),
        published("2022-05-16", "The partnership accepts all four findings.", "https://fellmoor.example/reviews/young-person-b"),
    ),
    (DAILY, RETURN_INTERVIEWS, EXCLUSIONS, SOMEWHERE_SAFE),
    lead="Independent lead reviewer",
    method="Root cause analysis",
    aware_on="2021-09-06",
)  # fmt: skip
