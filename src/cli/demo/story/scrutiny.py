"""2024: the scrutineer looks at the partnership itself; the strategic forum, not the group, decides."""

from cli.demo.people import FORUM
from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import accepted, answered, assigned, evidence, impact, implemented, progress
from cli.demo.steps_of_reviews import completed, learned, published
from domain.shared.vocabulary import Impact, Rag

DIFFERENCE = Recommendation(
    "2024-12-09",
    ("health-commissioner",),
    "Ask of every closed action, six months on, what difference it made to children.",
    ("quality-assurance",),
    (
        answered("2025-01-06", "health-commissioner"),
        assigned("2025-01-13", "health-commissioner", "2025-09-30"),
        *implemented("A calendar of impact reviews; 22 held.", "2025-09-19", "2025-09-25", "2025-10-16"),
        impact("2026-04-16", Impact.EMBEDDED, "Impact reviews held when due", "All but one were held within a month."),
    ),
    of=(1,),
    actions=(
        Action(
            "2025-01-13",
            "Keep a calendar of impact reviews.",
            (
                assigned("2025-01-13", "health-commissioner", "2025-04-30"),
                *implemented("Calendar kept since March.", "2025-03-17", "2025-03-24", "2025-04-17"),
            ),
        ),
        Action(
            "2025-01-13",
            "Teach lead officers to choose a measure before they begin.",
            (
                assigned("2025-01-13", "health-commissioner", "2025-07-31", "schools", "police"),
                evidence("2025-05-19", "Half a day with head teachers, material attached.", by="schools"),
                accepted("2025-06-19"),
                *implemented("Three half days; 41 officers.", "2025-07-11", "2025-07-14", "2025-09-18"),
            ),
        ),
    ),
)
ONE_DATASET = Recommendation(
    "2024-12-09",
    ("childrens-services", "police"),
    "Agree ten figures that tell whether children are safer, and look at them each quarter.",
    ("performance-management",),
    (
        answered("2025-01-08", "childrens-services"),
        answered("2025-01-09", "police"),
        assigned("2025-01-13", "childrens-services", "2026-12-18", "police"),
        progress("2026-03-09", Rag.AMBER, 50, "Seven figures agreed.", "Three have no common definition."),
    ),
    actions=(
        Action(
            "2025-01-13",
            "Agree the ten figures and who delivers them.",
            (
                assigned("2025-01-13", "childrens-services", "2026-09-30", "police"),
                progress("2026-03-09", Rag.AMBER, 70, "Seven of ten agreed.", "Three have no common definition."),
            ),
        ),
        Action(
            "2025-01-13",
            "Deliver the police's figures each quarter.",
            (
                assigned("2025-01-13", "police", "2026-07-24"),
                progress("2026-05-18", Rag.GREEN, 75, "Delivered for the first quarter, on time."),
            ),
        ),
    ),
)
SCRUTINY = Review(
    "FSP-10",
    "2024-09-09",
    "independent-scrutiny",
    "How the partnership knows what difference it makes",
    ("childrens-services", "police", "health-commissioner"),
    (
        learned("2024-11-18", "Closing an action is celebrated; nobody asks what it changed.", "quality-assurance"),
        completed("2024-12-06", effectiveness="Busy", efficiency="Good", leadership="Willing to be asked"),
        published("2025-02-17", "The forum will ask the question itself at each meeting."),
    ),
    (DIFFERENCE, ONE_DATASET),
    lead="Independent chair and scrutineer",
    judge=FORUM,
)
