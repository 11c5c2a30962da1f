"""2020: an infant's injuries; by 2022 the sharing of information was embedded, as far as anyone knew."""

from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import (
    answered,
    assigned,
    closed,
    impact,
    implemented,
    progress,
)
from cli.demo.steps_of_reviews import NOTIFICATION, RAPID, clock_stopped, completed, learned, published
from cli.demo.story.child_a_bruising import BRUISING
from domain.shared.vocabulary import Answer, ClosureOutcome, Impact, Rag

SIDE_BY_SIDE = Recommendation(
    "2020-11-23",
    ("childrens-services", "police", "community-health"),
    "Put what each agency knows about an unborn baby side by side by the 28th week of pregnancy, wherever two or more "
    "agencies hold a concern.",
    ("information-sharing", "pre-birth"),
    (
        answered("2020-12-03", "police"),
        answered("2020-12-07", "childrens-services"),
        answered("2020-12-10", "community-health"),
        assigned("2020-12-14", "childrens-services", "2021-09-30", "police", "community-health"),
        *implemented(
            "In use in all three agencies; 31 of 33 pre-birth meetings were held by the 28th week.",
            "2021-09-10",
            "2021-09-14",
            "2021-09-23",
            "2021-09-28",
        ),
        impact(
            "2022-03-24",
            Impact.EMBEDDED,
            "Dip sample of 20 pre-birth assessments",
            "In 19 of 20 the midwife, the police and the health visitor had each said what they knew.",
        ),
    ),
    need="Concerns about the parents were held in three places before the birth and met in none.",
    means="A pre-birth information-sharing protocol with a named person in each agency",
    measure="Share of pre-birth meetings held by the 28th week; dip sample after six months",
    answer_by="2020-12-11",
    of=(1,),
    actions=(
        Action(
            "2020-12-15",
            "Agree and publish a pre-birth information-sharing protocol.",
            (
                assigned("2020-12-15", "childrens-services", "2021-04-30", "police", "community-health"),
                progress(
                    "2021-02-08", Rag.GREEN, 60, "Draft agreed by midwifery and the police; legal advice awaited."
                ),
                *implemented(
                    "Protocol signed by the three agencies and on the procedures site.",
                    "2021-04-19",
                    "2021-04-22",
                    "2021-05-13",
                ),
                impact("2021-12-09", Impact.EMBEDDED, "Procedures audit", "Every team manager sampled could find it."),
            ),
        ),
        Action(
            "2020-12-15",
            "Send notice of domestic incidents to midwifery within one working day.",
            (
                assigned("2020-12-15", "police", "2021-03-31"),
                *implemented(
                    "Automatic notices since 15 March; 96 per cent within one working day.",
                    "2021-03-15",
                    "2021-03-26",
                    "2021-05-13",
                ),
                impact(
                    "2021-12-09", Impact.PARTLY_EMBEDDED, "Timeliness of notices", "Met on weekdays, not at weekends."
                ),
            ),
        ),
        Action(
            "2021-01-11",
            "Record the father or partner, and what is known of them, in every maternity and health visiting record.",
            (
                assigned("2021-01-11", "community-health", "2021-06-30"),
                progress("2021-04-12", Rag.AMBER, 40, "The field exists; two of five teams use it.", "Staff turnover"),
                *implemented(
                    "The field is mandatory; audit of 50 records found it filled in 47.",
                    "2021-07-02",
                    "2021-07-05",
                    "2021-07-15",
                ),
            ),
        ),
    ),
)
MONTHLY_SUPERVISION = Recommendation(
    "2020-11-23",
    ("community-health",),
    "Give every health visitor safeguarding supervision each month.",
    ("supervision",),
    (
        answered(
            "2020-12-10",
            "community-health",
            Answer.NOT_ACCEPTED,
            "The service is commissioned for supervision each quarter.",
        ),
        closed("2021-02-18", ClosureOutcome.NOT_IMPLEMENTED, "The commissioner will review the specification instead."),
    ),
    answer_by="2020-12-11",
)
CHILD_A = Review(
    "FSP-01",
    "2020-07-06",
    "case-review",
    "Child A: injuries to an infant",
    ("childrens-services", "police", "hospital-trust", "community-health"),
    (
        clock_stopped("2020-07-06", NOTIFICATION, "2020-06-19"),
        clock_stopped("2020-07-06", RAPID, "2020-07-03"),
        learned(
            "2020-11-09",
            "What the midwife, the health visitor and the police each knew was never put side by side.",
            "information-sharing",
            "pre-birth",
        ),
        learned(
            "2020-11-09",
            "A bruise on a baby who could not move was explained away more than once.",
            "assessment-quality",
        ),
        completed("2020-11-20", summary="Three agencies knew enough between them; none knew enough alone."),
        published(
            "2021-01-14",
            "The partnership accepts the findings and will report progress each quarter.",
            "https://fellmoor.example/reviews/child-a",
        ),
    ),
    (SIDE_BY_SIDE, BRUISING, MONTHLY_SUPERVISION),
    lead="Independent lead reviewer",
    employer="An independent consultancy",
    method="Systems review",
    aware_on="2020-06-15",
)
