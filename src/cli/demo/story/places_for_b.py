"""2022: what came of young person B for school and home; a transfer and an extension."""

from cli.demo.script import Action, Recommendation
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
    returned,
    transferred,
)
from domain.shared.vocabulary import Answer, Impact

EXCLUSIONS = Recommendation(
    "2022-04-11",
    ("schools",),
    "Exclude no child who has a social worker without a meeting that day.",
    ("multi-agency-working",),
    (
        answered("2022-05-09", "schools", Answer.ACCEPTED_IN_PRINCIPLE, "Head teachers decide; we can ask, not order."),
        assigned("2022-05-16", "schools", "2023-03-31"),
        *implemented(
            "38 of 44 schools signed; none of the others excluded a child with a social worker.",
            "2023-03-24",
            "2023-04-20",
            "2023-05-11",
        ),
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
                *implemented("Two places in each district.", "2023-03-17", "2023-04-03", "2023-04-13"),
            ),
            by="schools",
        ),
    ),
)
SOMEWHERE_SAFE = Recommendation(
    "2022-04-11",
    ("housing", "childrens-services"),
    "Find somewhere safe to live, the same day, for any 16 or 17 year old who cannot go home.",
    ("homelessness-16-17",),
    (
        answered("2022-04-28", "housing"),
        answered("2022-04-29", "childrens-services"),
        assigned("2022-05-16", "housing", "2023-06-30", "childrens-services"),
        *implemented("Joint protocol and four places in use.", "2023-09-15", "2023-09-25", "2023-10-12"),
        impact(
            "2024-04-11",
            Impact.EMBEDDED,
            "Placements of 16 and 17 year olds",
            "No child in bed and breakfast since October.",
        ),
    ),
    of=(4,),
    actions=(
        Action(
            "2022-05-16",
            "Write a joint protocol for homeless 16 and 17 year olds.",
            (
                assigned("2022-05-16", "housing", "2022-10-31"),
                transferred("2022-09-19", "childrens-services", "The duty to assess lies with children's services."),
                *implemented("Protocol signed.", "2022-11-14", "2022-11-21", "2022-12-08"),
            ),
        ),
        Action(
            "2022-05-16",
            "Open four emergency places with support.",
            (
                assigned("2022-05-16", "housing", "2023-03-31"),
                more_time_asked("2023-03-06", "2023-08-31", "The building works began late."),
                more_time_granted("2023-03-16", "Two places are open in the meantime."),
                *implemented("Four places open.", "2023-08-21", "2023-08-24", "2023-09-14"),
            ),
        ),
    ),
)
