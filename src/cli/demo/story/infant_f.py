"""2025: known in three places once more; and work done on the 3rd, reported on the 20th, accepted on the 30th."""

from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import accepted, answered, assigned, closed, complete, evidence, progress
from cli.demo.steps_of_reviews import (
    RAPID,
    clock_stopped,
    completed,
    confirmed,
    disseminated,
    learned,
    published,
)
from domain.shared.vocabulary import Answer, Rag

THREE_PLACES = Recommendation(
    "2025-10-06",
    ("police", "hospital-trust", "childrens-services"),
    "See each other's concerns about an unborn baby on the day on which they arise.",
    ("information-sharing", "pre-birth"),
    (
        answered("2025-10-17", "police"),
        answered("2025-10-20", "hospital-trust", Answer.ACCEPTED_IN_PRINCIPLE, "Subject to the information agreement."),
        answered("2025-10-20", "childrens-services"),
        assigned("2025-10-27", "police", "2026-09-30", "hospital-trust", "childrens-services"),
    ),
    need="The protocol of 2021 was known to those who wrote it, and most of them have left.",
    means="A shared alert instead of letters",
    measure="Hours from a concern to the moment the others see it",
    answer_by="2025-10-24",
    of=(1,),
    actions=(
        Action(
            "2025-10-27",
            "Put the police's concerns about unborn babies into the shared alert.",
            (
                assigned("2025-10-27", "police", "2026-05-15"),
                progress("2026-02-09", Rag.GREEN, 40, "Alert built; tested with midwifery."),
                progress(
                    "2026-05-11", Rag.AMBER, 80, "Live in two of three districts.", "The third waits for new tablets."
                ),
            ),
        ),
        Action(
            "2025-10-27",
            "Put midwifery's concerns into the shared alert.",
            (
                assigned("2025-10-27", "hospital-trust", "2026-02-27", "community-health"),
                progress(
                    "2026-01-19", Rag.AMBER, 30, "Waiting for the information agreement.", "Two lawyers, two views"
                ),
                evidence("2026-03-16", "Health visitors are ready to read the alert.", by="community-health"),
            ),
        ),
        Action(
            "2025-10-27",
            "Answer every alert on the day, at weekends too.",
            (
                assigned("2025-10-27", "childrens-services", "2026-06-12"),
                progress("2026-04-20", Rag.AMBER, 60, "Weekdays covered.", "The weekend rota is being consulted on."),
                complete("2026-06-22", "Weekend rota in force since 15 June.", done="2026-06-15"),
            ),
        ),
    ),
)
BOOKING = Recommendation(
    "2025-10-06",
    ("hospital-trust", "community-health"),
    "Ask about earlier children, and where they live now, when a pregnancy is booked.",
    ("pre-birth", "assessment-quality"),
    (
        answered("2025-10-20", "hospital-trust"),
        answered("2025-10-21", "community-health"),
        assigned("2025-10-27", "hospital-trust", "2026-08-28", "community-health"),
    ),
    of=(2,),
    actions=(
        Action(
            "2025-10-27",
            "Ask about earlier children at every booking, and record the answer.",
            (
                assigned("2025-10-27", "hospital-trust", "2026-03-06"),
                complete(
                    "2026-03-20",
                    "Question live at all three sites since 3 March; asked at 118 of 121 bookings.",
                    done="2026-03-03",
                ),
                accepted("2026-03-30"),
                closed("2026-04-16"),
            ),
        ),
        Action(
            "2025-10-27",
            "Let health visitors see the answer before the first visit.",
            (
                assigned("2025-10-27", "community-health", "2026-06-26"),
                progress("2026-04-20", Rag.GREEN, 70, "Tested at one site."),
                complete("2026-06-24", "Seen before 58 of 60 first visits.", done="2026-06-19"),
            ),
        ),
    ),
)
SUBSTANCES = Recommendation(
    "2026-01-26",
    ("health-commissioner",),
    "Offer every pregnant woman who uses drugs or alcohol a named worker until the child is two.",
    ("substance-misuse", "pre-birth"),
    (),
    answer_by="2026-03-27",
)
INFANT_F = Review(
    "FSP-11",
    "2025-03-03",
    "child-safeguarding-practice-review-local",
    "Infant F: known in three places",
    ("police", "hospital-trust", "childrens-services", "community-health"),
    (
        clock_stopped("2025-03-03", RAPID, "2025-03-03"),
        learned("2025-09-15", "Three agencies held a part each, as in 2020.", "information-sharing", "pre-birth"),
        learned("2025-09-15", "Nobody asked where the earlier children lived.", "pre-birth", "assessment-quality"),
        completed("2025-10-03", summary="What was embedded in 2022 had worn away by 2025."),
        published(
            "2026-01-22",
            "The partnership asks why learning that was verified did not last.",
            "https://fellmoor.example/reviews/infant-f",
        ),
        disseminated(
            "2026-05-18",
            "briefing-event",
            "Midwives",
            "Health visitors",
            "Response officers",
            "Social workers",
            joining=(("FSP-01", 1), ("FSP-08", 1), ("FSP-11", 1)),
        ),
        confirmed("2026-06-01", "community-health", "48 of 52 health visitors came; the rest have the recording."),
        confirmed("2026-06-12", "police", "Public protection came as a whole; response teams follow in July."),
    ),
    (THREE_PLACES, BOOKING, SUBSTANCES),
    lead="Independent lead reviewer",
    employer="An independent consultancy",
    method="Systems review",
    aware_on="2025-02-10",
    follows="FSP-01",
    referral="infant F referred",
)
