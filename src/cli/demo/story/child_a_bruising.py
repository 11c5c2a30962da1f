"""2020: a bruise explained away; the pathway was known and not followed, and had to be done again."""

from cli.demo.script import Action, Recommendation
from cli.demo.steps import accepted, answered, assigned, closed, complete, impact, implemented, not_embedded, returned
from domain.shared.vocabulary import Impact

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
            "2022-05-20",
            "2022-06-06",
            "2022-06-16",
        ),
        impact(
            "2023-01-19", Impact.PARTLY_EMBEDDED, "Case audit", "Followed by day; two of nine were missed at night."
        ),
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
                complete(
                    "2021-05-12", "In place on four wards and in 14 of 14 surgeries; list attached to the minutes."
                ),
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
                    "2022-04-22",
                    "2022-05-03",
                    "2022-05-12",
                ),
                impact("2022-12-08", Impact.EMBEDDED, "Case audit", "Nine of nine presentations seen the same day."),
            ),
        ),
        Action(
            "2020-12-15",
            "Train emergency department staff to ask how a baby who cannot move came by a bruise.",
            (
                assigned("2020-12-15", "hospital-trust", "2021-09-30"),
                *implemented("84 of 88 staff trained.", "2021-09-17", "2021-09-20", "2021-10-14"),
            ),
        ),
    ),
)
