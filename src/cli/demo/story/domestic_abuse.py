"""2024: a deep dive into domestic abuse; late work, an extension and a challenge that was withdrawn."""

from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import (
    answered,
    assigned,
    complete,
    due_date_corrected,
    implemented,
    more_time_asked,
    more_time_granted,
    more_time_refused,
    progress,
    returned,
)
from cli.demo.steps_of_reviews import completed, learned, published
from domain.shared.vocabulary import Rag

BEHIND_THE_DOOR = Recommendation(
    "2024-05-13",
    ("police",),
    "See and speak with every child in the home at a domestic incident.",
    ("domestic-abuse", "voice-of-the-child"),
    (answered("2024-05-24", "police"), assigned("2024-06-03", "police", "2025-12-19")),
    of=(1,),
    actions=(
        Action(
            "2024-06-03",
            "Add the child's account to the incident record.",
            (
                assigned("2024-06-03", "police", "2024-12-13"),
                *implemented("In the record since 18 November.", "2024-11-18", "2024-11-28", "2025-01-16"),
            ),
        ),
        Action(
            "2024-06-03",
            "Train response officers to speak with children at incidents.",
            (
                assigned("2024-06-03", "police", "2025-11-28"),
                progress("2025-03-10", Rag.GREEN, 40, "Three of seven teams trained."),
                progress(
                    "2025-10-06", Rag.RED, 55, "Four of seven teams trained.", "Trainers were moved to other duties."
                ),
                more_time_asked("2025-11-10", "2026-05-29", "Trainers return in the new year."),
                more_time_refused("2025-11-13", "Children cannot wait for a rota: the group asks for an interim plan."),
                progress("2026-04-13", Rag.AMBER, 70, "Five of seven teams trained.", "Two teams have no date."),
            ),
        ),
    ),
)
PERPETRATORS = Recommendation(
    "2024-05-13",
    ("probation", "childrens-services"),
    "Tell children's services at once when someone convicted of domestic abuse moves in with children.",
    ("domestic-abuse", "information-sharing"),
    (
        answered("2024-05-28", "probation"),
        answered("2024-05-28", "childrens-services"),
        assigned("2024-06-03", "probation", "2026-10-30", "childrens-services"),
    ),
    of=(2,),
    actions=(
        Action(
            "2024-06-03",
            "Send notice of a change of address within one working day.",
            (
                assigned("2024-06-03", "probation", "2026-03-31"),
                progress(
                    "2025-09-08", Rag.AMBER, 45, "Notices sent by hand.", "The system's change is a national one."
                ),
                more_time_asked("2026-03-09", "2026-09-30", "The system's change arrives in August."),
                more_time_granted("2026-03-12", "Notices by hand go on until then."),
                progress("2026-06-08", Rag.GREEN, 70, "The change was tested in May."),
            ),
        ),
        Action(
            "2024-06-03",
            "Check the household of every notice within three working days.",
            (
                assigned("2024-06-03", "childrens-services", "2025-06-30"),
                *implemented("Checked in time for 57 of 60 notices.", "2025-06-20", "2025-06-23", "2025-07-10"),
            ),
        ),
    ),
)
TENANCIES = Recommendation(
    "2024-05-13",
    ("housing",),
    "Let the parent who was harmed, and the children, stay in the home.",
    ("domestic-abuse", "working-with-families"),
    (answered("2024-05-30", "housing"), assigned("2024-06-03", "housing", "2026-06-26")),
    actions=(
        Action(
            "2024-06-03",
            "Change the tenancy policy, and show that families stay.",
            (
                assigned("2024-06-03", "housing", "2026-09-19"),
                due_date_corrected("2024-06-17", "2026-06-19", "The minutes say June; September was typed."),
                complete("2025-12-01", "Policy changed."),
                returned(
                    "2025-12-11",
                    "Show that families stay: how many, and where are they after six months?",
                    "2026-03-31",
                ),
                progress("2026-05-11", Rag.AMBER, 80, "14 families stayed; six months are not over for five.", "Time"),
            ),
        ),
    ),
)
DOMESTIC_ABUSE = Review(
    "FSP-09",
    "2024-02-05",
    "deep-dive-audit",
    "Domestic abuse: the children behind the door",
    ("police", "probation", "housing", "childrens-services"),
    (
        learned("2024-04-22", "Incidents were recorded without the children.", "domestic-abuse", "voice-of-the-child"),
        learned(
            "2024-04-22",
            "Moves of people who pose a risk were known to one agency.",
            "domestic-abuse",
            "information-sharing",
        ),
        completed("2024-05-03", summary="Adults were kept safe; children were not asked."),
        published("2024-07-15", "The partnership accepts the audit and will look again in 2026."),
    ),
    (BEHIND_THE_DOOR, PERPETRATORS, TENANCIES),
)
