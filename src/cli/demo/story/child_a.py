"""2020: an infant's injuries; what was learned about sharing information was embedded by 2022, as far as anyone knew."""

from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import (
    accepted,
    answered,
    assigned,
    closed,
    complete,
    impact,
    implemented,
    not_embedded,
    progress,
    returned,
)
from cli.demo.steps_of_reviews import completed, learned, published
from domain.words import Answer, ClosureOutcome, Impact, Rag

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
            "The protocol is in use in all three agencies; 31 pre-birth meetings were held by the 28th week, of 33 due.",
            done="2021-09-10",
            reported="2021-09-14",
            judged="2021-09-23",
            closing="2021-09-28",
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
                progress("2021-02-08", Rag.GREEN, 60, "Draft agreed by midwifery and the police; legal advice awaited."),
                *implemented(
                    "Protocol signed by the three agencies and on the procedures site.",
                    done="2021-04-19",
                    reported="2021-04-22",
                    judged="2021-05-13",
                    closing="2021-05-13",
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
                    done="2021-03-15",
                    reported="2021-03-26",
                    judged="2021-05-13",
                    closing="2021-05-13",
                ),
                impact("2021-12-09", Impact.PARTLY_EMBEDDED, "Timeliness of notices", "Met on weekdays, not at weekends."),
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
                    done="2021-07-02",
                    reported="2021-07-05",
                    judged="2021-07-15",
                    closing="2021-07-15",
                ),
            ),
        ),
    ),
)
BRUISING = Recommendation(
    "2020-11-23",
    ("hospital-trust",),
    "See that every bruise on a baby who cannot yet move is looked at by a paediatrician on the same day.",
    ("assessment-quality",),
    (
        answered("2020-12-04", "hospital-trust"),
        assigned("2020-12-14", "hospital-trust", "2021-06-30"),
        *implemented(
            "Pathway relaunched and its use watched monthly by the named doctor.",
            done="2022-05-20",
            reported="2022-06-06",
            judged="2022-06-16",
            closing="2022-06-16",
        ),
        impact("2023-01-19", Impact.PARTLY_EMBEDDED, "Case audit", "Followed by day; two of nine were missed at night."),
    ),
    need="A bruise was explained away by three practitioners in turn.",
    measure="Audit of presentations with bruising, every quarter",
    answer_by="2020-12-11",
    of=(2,),
    actions=(
        Action(
            "2020-12-15",
            "Write the bruising pathway and put it on every ward and in every surgery.",
            (
                assigned("2020-12-15", "hospital-trust", "2021-03-31"),
                complete("2021-03-24", "Pathway written and sent out."),
                returned("2021-04-15", "Sent out is not in place: show who uses it.", "2021-05-14"),
                complete("2021-05-12", "In place on four wards and in 14 of 14 surgeries; list attached to the minutes."),
                accepted("2021-05-13"),
                closed("2021-05-13"),
                not_embedded(
                    "2021-12-09",
                    "Case audit",
                    "In five of eleven presentations no paediatrician saw the child that day.",
                    "The pathway is known and not followed out of hours.",
                    until="2022-04-29",
                ),
                *implemented(
                    "On-call paediatrician named on the pathway; 12 of 12 seen the same day since February.",
                    done="2022-04-22",
                    reported="2022-05-03",
                    judged="2022-05-12",
                    closing="2022-05-12",
                ),
                impact("2022-12-08", Impact.EMBEDDED, "Case audit", "Nine of nine presentations seen the same day."),
            ),
        ),
        Action(
            "2020-12-15",
            "Train emergency department staff to ask how a baby who cannot move came by a bruise.",
            (
                assigned("2020-12-15", "hospital-trust", "2021-09-30"),
                *implemented(
                    "84 of 88 staff trained.", done="2021-09-17", reported="2021-09-20", judged="2021-10-14",
                    closing="2021-10-14",
                ),
            ),
        ),
    ),
)  # fmt: skip
MONTHLY_SUPERVISION = Recommendation(
    "2020-11-23",
    ("community-health",),
    "Give every health visitor safeguarding supervision each month.",
    ("supervision",),
    (
        answered("2020-12-10", "community-health", Answer.NOT_ACCEPTED, "The service is commissioned for supervision each quarter."),
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
        learned("2020-11-09", "What the midwife, the health visitor and the police each knew was never put side by side.",
                "information-sharing", "pre-birth"),
        learned("2020-11-09", "A bruise on a baby who could not move was explained away more than once.", "assessment-quality"),
        completed("2020-11-20", summary="Three agencies knew enough between them; none knew enough alone."),
        published("2021-01-14", "The partnership accepts the findings and will report progress each quarter.",
                  "https://fellmoor.example/reviews/child-a"),
    ),
    (SIDE_BY_SIDE, BRUISING, MONTHLY_SUPERVISION),
    lead="Independent lead reviewer",
    method="Systems review",
    aware_on="2020-06-15",
)  # fmt: skip
