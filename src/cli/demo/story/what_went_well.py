"""Two looks at good practice: a school that kept asking (2021) and visits to the front door (2022)."""

from cli.demo.people import CHAIR
from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import answered, assigned, closed, evidence, impact, implemented, progress
from cli.demo.steps_of_reviews import completed, learned, published
from domain.shared.vocabulary import ClosureOutcome, Impact, Rag

KEEP_ASKING = Recommendation(
    "2021-09-27",
    ("schools",),
    "Let every cluster of schools hear how this school kept asking, and agree what to do when nobody answers.",
    ("working-with-families",),
    (
        answered("2021-10-05", "schools"),
        assigned("2021-10-11", "schools", "2022-03-31"),
        *implemented(
            "All six clusters have heard it and agreed a way to ask again.", "2022-03-18", "2022-03-22", "2022-04-14"
        ),
        impact(
            "2022-11-10",
            Impact.EMBEDDED,
            "Referral data",
            "Repeat referrals by schools were answered in 27 of 29 cases.",
        ),
    ),
    of=(1, 2),
    actions=(
        Action(
            "2021-10-11",
            "Tell the school's story at each cluster meeting.",
            (
                assigned("2021-10-11", "schools", "2022-02-18"),
                *implemented("Told six times, 118 staff.", "2022-02-11", "2022-02-14", "2022-03-10"),
            ),
            by="schools",
        ),
    ),
)
WHAT_WENT_WELL = Review(
    "FSP-03",
    "2021-06-14",
    "practice-learning-review",
    "What went well: a school that kept asking",
    ("schools", "childrens-services"),
    (
        learned(
            "2021-09-13",
            "The school asked four times, in writing, until somebody came.",
            "working-with-families",
            good=True,
            agencies=("schools",),
        ),
        learned(
            "2021-09-13",
            "One trusted adult saw the child every day and wrote down what changed.",
            "recording",
            good=True,
            agencies=("schools",),
        ),
        completed("2021-09-24", summary="Persistence, kindly put, protected a child."),
        published("2021-10-18", "The partnership thanks the school and wants its practice everywhere."),
    ),
    (KEEP_ASKING,),
)
SAY_WHY = Recommendation(
    "2022-11-14",
    ("childrens-services",),
    "Tell everyone who refers a child what was decided and why, within three working days.",
    ("thresholds",),
    (
        answered("2022-11-28", "childrens-services"),
        assigned("2022-12-05", "childrens-services", "2023-06-30"),
        *implemented(
            "Outcome letters go out within three working days for 91 per cent of referrals.",
            "2023-06-23",
            "2023-06-28",
            "2023-07-13",
        ),
        impact(
            "2024-01-18", Impact.PARTLY_EMBEDDED, "Survey of referrers", "They hear in time; a third do not hear why."
        ),
    ),
    of=(1,),
    actions=(
        Action(
            "2022-12-05",
            "Send an outcome letter that gives the reason for every decision at the front door.",
            (
                assigned("2022-12-05", "childrens-services", "2023-05-31"),
                progress("2023-03-06", Rag.GREEN, 50, "Letter agreed; pilot in one team."),
                *implemented("Letter in use in all teams.", "2023-06-12", "2023-06-14", "2023-07-13"),
            ),
        ),
    ),
)
ONE_PLACE = Recommendation(
    "2022-11-14",
    ("schools",),
    "Give schools one place to ask for early help.",
    ("early-help",),
    (
        answered("2022-11-29", "schools"),
        assigned("2022-12-05", "schools", "2023-05-26"),
        closed("2023-05-18", ClosureOutcome.SUPERSEDED, "Taken up by the joint inspection's recommendation FSP-07/4."),
    ),
    actions=(
        Action(
            "2022-12-06",
            "Map where schools ask for early help today.",
            (
                assigned("2022-12-06", "schools", "2023-02-28"),
                evidence("2023-02-20", "Map of eleven ways in, by district."),
                closed("2023-05-17", ClosureOutcome.SUPERSEDED, "The map goes into the work on FSP-07/4."),
            ),
        ),
    ),
)
FRONT_DOOR = Review(
    "FSP-06",
    "2022-09-12",
    "frontline-visit",
    "Three mornings at the front door",
    ("childrens-services", "police", "schools"),
    (
        learned("2022-10-31", "Referrers do not hear what became of their referral.", "thresholds"),
        learned(
            "2022-10-31",
            "Duty social workers ring referrers back before they decide.",
            "thresholds",
            good=True,
            agencies=("childrens-services",),
        ),
        completed("2022-11-11", summary="Calm, careful work that nobody outside hears about."),
    ),
    (SAY_WHY, ONE_PLACE),
    judge=CHAIR,
)
