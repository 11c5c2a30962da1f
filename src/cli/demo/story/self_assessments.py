"""What agencies found in themselves: section 11 (2022), a youth justice audit (2025), section 175 (under way)."""

from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import (
    accepted,
    answered,
    assigned,
    closed,
    complete,
    implemented,
    more_time_asked,
    progress,
    withdrawn,
)
from cli.demo.steps_of_reviews import completed, learned
from domain.shared.vocabulary import Rag

TRAINED = Recommendation(
    "2022-06-13",
    ("probation",),
    "Train everyone who works with parents to think of the child.",
    ("training",),
    (
        answered("2022-06-24", "probation"),
        assigned("2022-07-04", "probation", "2023-03-31"),
        *implemented("74 of 76 trained.", "2023-03-10", "2023-03-20", "2023-04-13"),
    ),
    actions=(
        Action(
            "2022-07-04",
            "Train all practitioners in think-family practice.",
            (
                assigned("2022-07-04", "probation", "2023-02-28"),
                *implemented("74 of 76.", "2023-02-24", "2023-03-06", "2023-03-16"),
            ),
        ),
    ),
)
ALLEGATIONS = Recommendation(
    "2022-06-13",
    ("health-commissioner",),
    "Let every provider know whom to call about an allegation against a member of staff.",
    ("allegations-against-professionals",),
    (
        answered("2022-06-27", "health-commissioner"),
        assigned("2022-07-04", "health-commissioner", "2022-12-16"),
        *implemented("Known in 28 of 30 calls made to test it.", "2022-12-02", "2022-12-12", "2023-01-12"),
    ),
    actions=(
        Action(
            "2022-07-04",
            "Put the number into every contract.",
            (
                assigned("2022-07-04", "health-commissioner", "2022-10-31"),
                complete("2022-10-20", "In all contracts."),
                withdrawn("2022-10-24", "Two contracts were overlooked."),
                complete("2022-11-07", "In all 61 contracts.", done="2022-11-04"),
                accepted("2022-12-08"),
                closed("2022-12-08"),
            ),
        ),
        Action(
            "2022-07-04",
            "Call thirty providers to see whether they know.",
            (
                assigned("2022-07-04", "health-commissioner", "2022-11-30"),
                *implemented("28 of 30 knew.", "2022-11-28", "2022-11-30", "2022-12-08"),
            ),
        ),
    ),
)
SECTION_11 = Review(
    "FSP-05",
    "2022-03-07",
    "section-11-audit",
    "Section 11 self-assessment 2022",
    (
        "childrens-services",
        "police",
        "hospital-trust",
        "community-health",
        "health-commissioner",
        "probation",
        "housing",
    ),
    (
        learned("2022-05-23", "New staff wait too long for basic training.", "training"),
        completed("2022-06-10", summary="Seven returns; challenge meetings held with all."),
    ),
    (TRAINED, ALLEGATIONS),
)
HARM = Recommendation(
    "2026-02-09",
    ("youth-justice", "community-health"),
    "Write down what harmed the child before what the child did.",
    ("assessment-quality", "young-people-in-justice"),
    (
        answered("2026-02-20", "youth-justice"),
        answered("2026-02-24", "community-health"),
        assigned("2026-03-02", "youth-justice", "2026-11-30", "community-health"),
    ),
    of=(1,),
    actions=(
        Action(
            "2026-03-02",
            "Begin every assessment with the child's own history.",
            (
                assigned("2026-03-02", "youth-justice", "2026-08-31"),
                progress("2026-06-01", Rag.GREEN, 50, "In 14 of 27 assessments since April."),
            ),
        ),
        Action("2026-03-02", "Offer a psychologist's view in each supervision.", ()),
    ),
)
FROM_SCHOOL = Recommendation(
    "2026-02-09",
    ("schools",),
    "Send the school's view to every youth justice assessment.",
    ("information-sharing", "young-people-in-justice"),
    (answered("2026-02-23", "schools"), assigned("2026-03-02", "schools", "2026-09-30")),
    actions=(
        Action(
            "2026-03-02",
            "Name a person in each school who sends its view within five days.",
            (
                assigned("2026-03-02", "schools", "2026-07-17"),
                progress("2026-05-18", Rag.AMBER, 60, "27 of 44 schools have named one.", "Examinations"),
                more_time_asked("2026-06-23", "2026-10-16", "Head teachers change in September."),
            ),
        ),
        Action(
            "2026-03-02",
            "Agree what a school's view holds.",
            (
                assigned("2026-03-02", "schools", "2026-05-22"),
                *implemented("One page agreed with youth justice.", "2026-05-14", "2026-05-19", "2026-06-11"),
            ),
        ),
    ),
)
YOUTH_JUSTICE = Review(
    "FSP-12",
    "2025-11-03",
    "single-agency-audit",
    "Youth justice: how harm is assessed",
    ("youth-justice",),
    (
        learned("2026-01-19", "Assessments begin with the offence.", "assessment-quality", "young-people-in-justice"),
        completed("2026-02-06", summary="27 assessments read; six began with the child."),
    ),
    (HARM, FROM_SCHOOL),
)
SECTION_175 = Review("FSP-13", "2026-03-02", "section-175-audit", "Schools' self-assessment 2026", ("schools",), ())
