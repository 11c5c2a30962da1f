"""2023: a joint inspection of the response to children's mental health."""

from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import (
    accepted,
    answered,
    assigned,
    closed,
    complete,
    complete_on_paper,
    impact,
    implemented,
    progress,
)
from cli.demo.steps_of_reviews import completed, learned, published
from domain.shared.vocabulary import Impact, Rag

WAITING = Recommendation(
    "2023-03-06",
    ("health-commissioner", "community-health"),
    "See that no child waits for mental health support without somebody keeping in touch.",
    ("mental-health-and-wellbeing",),
    (
        answered("2023-03-20", "health-commissioner"),
        answered("2023-03-21", "community-health"),
        assigned("2023-03-27", "health-commissioner", "2024-03-29", "community-health"),
        *implemented(
            "Every waiting child has a named contact and a call each month.", "2024-03-15", "2024-03-21", "2024-04-11"
        ),
        impact(
            "2024-10-10",
            Impact.PARTLY_EMBEDDED,
            "Calls made",
            "Made each month for 81 per cent; younger children are missed.",
        ),
    ),
    of=(1,),
    actions=(
        Action(
            "2023-03-27",
            "Name a contact for every child on the waiting list.",
            (
                assigned("2023-03-27", "community-health", "2023-09-29"),
                progress("2023-07-10", Rag.RED, 20, "No capacity yet.", "Recruitment failed twice."),
                *implemented("All 412 children have a contact.", "2023-12-08", "2023-12-11", "2024-01-18"),
            ),
        ),
        Action(
            "2023-03-27",
            "Fund a keeping-in-touch service for three years.",
            (
                assigned("2023-03-27", "health-commissioner", "2023-12-15"),
                *implemented("Contract signed for three years.", "2023-12-01", "2023-12-04", "2024-01-18"),
            ),
        ),
    ),
)
OVERSIGHT = Recommendation(
    "2023-03-06",
    ("childrens-services",),
    "Let managers' oversight of self-harm cases be seen in the record.",
    ("management-oversight", "mental-health-and-wellbeing"),
    (
        answered("2023-03-20", "childrens-services"),
        assigned("2023-03-27", "childrens-services", "2023-12-15"),
        *implemented("Decision and reason recorded in 19 of 20 cases.", "2023-12-01", "2023-12-11", "2024-01-18"),
        impact("2024-07-11", Impact.PARTLY_EMBEDDED, "Case audit", "Recorded; the reason is often a formula."),
    ),
    of=(2,),
    actions=(
        Action(
            "2023-03-27",
            "Set a standard for recording decisions in self-harm cases.",
            (
                assigned("2023-03-27", "childrens-services", "2023-06-30"),
                *implemented("Standard in force.", "2023-06-16", "2023-06-19", "2023-07-13"),
            ),
        ),
        Action(
            "2023-03-27",
            "Audit ten self-harm cases each quarter.",
            (
                assigned("2023-03-27", "childrens-services", "2023-10-31"),
                complete_on_paper("2023-11-13", "First audit handed in at the group's meeting.", received="2023-11-09"),
                accepted("2023-12-14"),
                closed("2023-12-14"),
            ),
        ),
    ),
)
ASKED = Recommendation(
    "2023-03-06",
    ("community-health", "schools"),
    "Ask children what helped, and change the offer by what they say.",
    ("voice-of-the-child", "participation"),
    (
        answered("2023-03-21", "community-health"),
        answered("2023-03-24", "schools"),
        assigned("2023-04-03", "community-health", "2024-02-29", "schools"),
        *implemented("Two changes made by what 140 children said.", "2024-02-23", "2024-02-26", "2024-03-14"),
        impact(
            "2024-09-12", Impact.EMBEDDED, "Children's panel", "The panel met three times and was answered each time."
        ),
    ),
    actions=(
        Action(
            "2023-04-03",
            "Set up a panel of children and young people.",
            (
                assigned("2023-04-03", "community-health", "2023-10-31", "schools"),
                *implemented("Panel of twelve, first met on 12 October.", "2023-10-12", "2023-10-23", "2023-11-09"),
            ),
            by="community-health",
        ),
        Action(
            "2023-04-03",
            "Answer the panel in writing within a month.",
            (
                assigned("2023-04-03", "community-health", "2024-01-31"),
                *implemented("Answered on 8 January.", "2024-01-08", "2024-01-15", "2024-02-08"),
            ),
        ),
    ),
)
EARLY = Recommendation(
    "2023-03-06",
    ("schools", "childrens-services"),
    "Give schools and families one way in to early help.",
    ("early-help",),
    (
        answered("2023-03-24", "schools"),
        answered("2023-03-27", "childrens-services"),
        assigned("2023-04-03", "schools", "2024-06-28", "childrens-services"),
        progress(
            "2023-12-04",
            Rag.AMBER,
            40,
            "One telephone number; three forms remain.",
            "Systems do not speak to each other.",
        ),
        *implemented("One number, one form, one team.", "2024-06-14", "2024-06-20", "2024-07-11"),
    ),
    actions=(
        Action(
            "2023-04-03",
            "Replace eleven ways in with one.",
            (
                assigned("2023-04-03", "schools", "2024-05-31", "childrens-services"),
                complete("2024-05-30", "One way in since 28 May.", done="2024-05-28"),
                accepted("2024-06-13"),
                closed("2024-06-13"),
                impact(
                    "2024-12-12", Impact.EMBEDDED, "Requests for early help", "Up by a third; none by the old ways."
                ),
            ),
        ),
    ),
)
JOINT_INSPECTION = Review(
    "FSP-07",
    "2023-01-16",
    "inspection-national",
    "Joint inspection: the response to children's mental health",
    ("health-commissioner", "community-health", "childrens-services", "schools", "police"),
    (
        learned("2023-02-20", "Children waited alone.", "mental-health-and-wellbeing"),
        learned("2023-02-20", "Managers knew the cases; the record did not show it.", "management-oversight"),
        completed("2023-03-03", judgement="Areas for improvement in four fields; strengths in daily practice."),
        published(
            "2023-04-17", "A written statement of action follows in June.", "https://fellmoor.example/inspections/2023"
        ),
    ),
    (WAITING, OVERSIGHT, ASKED, EARLY),
)
