"""2023: siblings long neglected; what had been learned in 2020 and 2021 had to be learned again. Not published."""

from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import (
    accepted,
    answered,
    assigned,
    closed,
    complete,
    impact,
    implemented,
    progress,
    returned,
    withdrawn,
)
from cli.demo.steps_of_reviews import (
    NOTIFICATION,
    RAPID,
    clock_stopped,
    completed,
    confirmed,
    confirmed_by_the_unit,
    confirmed_on_paper,
    disseminated,
    learned,
    withheld,
)
from domain.shared.vocabulary import Impact, Rag

CHRONOLOGY = Recommendation(
    "2023-11-20",
    ("childrens-services", "schools", "community-health"),
    "Give everyone at the core group the same chronology, and bring it up to date together.",
    ("information-sharing", "child-protection-plans"),
    (
        answered("2023-12-01", "childrens-services"),
        answered("2023-12-04", "schools"),
        answered("2023-12-04", "community-health"),
        assigned("2023-12-11", "childrens-services", "2024-10-31", "schools", "community-health"),
        *implemented("A shared chronology in 37 of 41 plans.", "2024-11-15", "2024-11-25", "2024-12-12"),
        impact(
            "2025-06-12",
            Impact.PARTLY_EMBEDDED,
            "Audit of 20 core groups",
            "All hold it; half bring it up to date together.",
        ),
    ),
    need="Five agencies kept five chronologies.",
    means="A shared chronology, brought up to date at the core group",
    measure="Audit of core groups after six months",
    of=(1,),
    actions=(
        Action(
            "2023-12-11",
            "Build a shared chronology for core groups.",
            (
                assigned("2023-12-11", "childrens-services", "2024-06-28"),
                complete("2024-06-24", "Template agreed."),
                withdrawn("2024-07-01", "Filed under the wrong action."),
                progress("2024-09-09", Rag.AMBER, 70, "In use in 12 plans.", "Access for schools took longer."),
                *implemented("In use in all new plans.", "2024-10-14", "2024-10-21", "2024-11-14"),
            ),
        ),
        Action(
            "2023-12-11",
            "Send each school's own chronology to the core group beforehand.",
            (
                assigned("2023-12-11", "schools", "2024-06-28"),
                *implemented("39 of 41 core groups had it.", "2024-06-21", "2024-07-22", "2024-09-12"),
            ),
        ),
    ),
)
HOMES = Recommendation(
    "2023-11-20",
    ("housing", "childrens-services"),
    "Act on neglect that is seen in the home, whoever sees it.",
    ("neglect",),
    (
        answered("2023-12-05", "housing"),
        answered("2023-12-06", "childrens-services"),
        assigned("2023-12-11", "housing", "2024-12-13", "childrens-services"),
        *implemented(
            "Repairs staff trained; 44 concerns passed on, 29 led to help.", "2025-01-17", "2025-01-27", "2025-02-13"
        ),
        impact("2025-09-11", Impact.EMBEDDED, "Concerns passed on", "Six each month, and every one was answered."),
    ),
    of=(2,),
    actions=(
        Action(
            "2023-12-11",
            "Teach repairs staff what neglect looks like and whom to tell.",
            (
                assigned("2023-12-11", "housing", "2024-09-30"),
                complete("2024-09-26", "Training offered to all."),
                returned("2024-10-10", "Offered is not attended.", "2024-12-13"),
                complete("2024-12-09", "62 of 64 attended.", done="2024-12-05"),
                accepted("2024-12-12"),
                closed("2024-12-12"),
            ),
        ),
        Action(
            "2023-12-11",
            "Answer every concern of a repairs worker within two working days.",
            (
                assigned("2023-12-11", "childrens-services", "2024-10-31"),
                *implemented("Answered in time in 40 of 44 cases.", "2024-10-18", "2024-10-24", "2024-11-14"),
            ),
        ),
    ),
)
DRIFT = Recommendation(
    "2023-11-20",
    ("childrens-services",),
    "Bring a plan that does not move to a senior manager after nine months.",
    ("management-oversight",),
    (
        answered("2023-12-06", "childrens-services"),
        assigned("2023-12-11", "childrens-services", "2024-07-31"),
        *implemented("Panel meets monthly; 26 plans brought, 17 changed.", "2024-07-19", "2024-07-25", "2024-09-12"),
    ),
    of=(3,),
    actions=(
        Action(
            "2023-12-11",
            "Hold a monthly panel for plans of nine months and more.",
            (
                assigned("2023-12-11", "childrens-services", "2024-03-29"),
                *implemented("First held on 14 March.", "2024-03-14", "2024-03-18", "2024-04-11"),
            ),
        ),
        Action(
            "2023-12-11",
            "Show the age of every plan on the managers' dashboard.",
            (
                assigned("2023-12-11", "childrens-services", "2024-06-28"),
                *implemented("Shown since 3 June.", "2024-06-03", "2024-06-10", "2024-07-11"),
            ),
        ),
    ),
)
SIBLINGS = Review(
    "FSP-08",
    "2023-06-05",
    "case-review",
    "Siblings C, D and E: long-standing neglect",
    ("childrens-services", "schools", "community-health", "housing", "police"),
    (
        clock_stopped("2023-06-05", NOTIFICATION, "2023-05-19"),
        clock_stopped("2023-06-05", RAPID, "2023-06-05"),
        learned("2023-10-23", "Five chronologies, never read together.", "information-sharing", "recording"),
        learned("2023-10-23", "Repairs staff saw the home and had nobody to tell.", "neglect"),
        learned("2023-10-23", "The plan did not move for two years and nobody above it knew.", "management-oversight"),
        completed("2023-11-17", summary="The learning of 2020 and 2021 had not reached these children."),
        withheld(
            "2024-01-18",
            "The children could be recognised, and they ask that it is not published.",
            "Shared chronologies, trained repairs staff and a panel for plans that do not move.",
        ),
        disseminated("2024-01-29", "seven-minute-briefing", "Core groups", "Repairs staff"),
        confirmed("2024-02-12", "childrens-services", "Read in all teams; asked about in supervision since February."),
        confirmed("2024-02-19", "schools", "Sent to 44 designated leads, 41 have confirmed that staff were briefed."),
        confirmed("2024-02-26", "community-health", "Part of the spring team days."),
        confirmed_on_paper("2024-02-23", "housing", "Letter of 20 February: all 64 repairs staff briefed."),
        confirmed("2024-03-18", "police", "Briefed late: the training calendar was full."),
        confirmed_by_the_unit("2024-03-25", "All five have confirmed; the March forum heard from three teams."),
    ),
    (CHRONOLOGY, HOMES, DRIFT),
    lead="Independent lead reviewer",
    employer="An independent consultancy",
    method="Appreciative inquiry",
    aware_on="2023-05-15",
    follows="FSP-02",
)
