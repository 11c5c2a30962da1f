"""2021: a focus group audit of neglect; one action made no difference and led to a further one."""

from cli.demo.script import Action, Recommendation, Review
from cli.demo.steps import (
    accepted,
    answered,
    assigned,
    closed,
    complete,
    gone_on_with,
    impact,
    implemented,
    not_embedded,
    progress,
)
from cli.demo.steps_of_reviews import completed, learned
from domain.shared.vocabulary import Answer, Impact, Rag

TOOLKIT = Recommendation(
    "2021-05-04",
    ("schools", "childrens-services", "housing"),
    "Use one neglect toolkit in every agency, from the first concern on.",
    ("neglect",),
    (
        answered("2021-05-17", "schools"),
        answered("2021-05-18", "childrens-services"),
        answered(
            "2021-05-26", "housing", Answer.ACCEPTED_IN_PRINCIPLE, "Depends on time in the visit schedule of next year."
        ),
        assigned("2021-06-01", "schools", "2021-12-17", "childrens-services", "housing"),
        *implemented(
            "Toolkit in use in 41 of 44 schools, both assessment teams and all tenancy visits.",
            "2022-01-14",
            "2022-01-20",
            "2022-02-10",
        ),
        impact(
            "2022-09-15",
            Impact.PARTLY_EMBEDDED,
            "Repeat audit of twelve families",
            "Used at the start in eleven, used again to measure change in four.",
        ),
    ),
    need="Each agency described neglect in words of its own, and nobody could see it getting worse.",
    means="One toolkit, with training",
    measure="Repeat audit after a year",
    answer_by="2021-05-28",
    of=(1,),
    actions=(
        Action(
            "2021-06-01",
            "Train designated safeguarding leads in the neglect toolkit.",
            (
                assigned("2021-06-01", "schools", "2021-11-30"),
                *implemented("Leads of 43 of 44 schools trained.", "2021-11-12", "2021-11-15", "2021-12-09"),
            ),
        ),
        Action(
            "2021-06-01",
            "Build the toolkit into the single assessment.",
            (
                assigned("2021-06-01", "childrens-services", "2021-10-29"),
                progress("2021-09-06", Rag.AMBER, 50, "Form designed.", "The supplier offers no date for the change."),
                *implemented("In the assessment form since 6 December.", "2021-12-06", "2021-12-08", "2022-01-13"),
                impact("2022-07-14", Impact.EMBEDDED, "Form data", "Filled in for 97 per cent of assessments."),
            ),
        ),
        Action(
            "2021-06-01",
            "Put the signs of neglect on the form for tenancy visits.",
            (
                assigned("2021-06-01", "housing", "2021-12-17"),
                *implemented(
                    "On the form; 212 visits made with it and nine referrals.", "2021-12-10", "2021-12-16", "2022-01-13"
                ),
            ),
        ),
        Action(
            "2021-06-01",
            "Ask every adult under supervision about the children at home, with the toolkit.",
            (
                assigned("2021-06-01", "rehabilitation", "2021-11-30"),
                gone_on_with(
                    "2021-08-23", "probation", Rag.AMBER, 30, "Taken over in June.", "Half the staff are new."
                ),
                *implemented("Asked at 96 per cent of first appointments.", "2021-11-22", "2021-11-26", "2021-12-09"),
            ),
        ),
    ),
)
WISHES = Recommendation(
    "2021-05-04",
    ("childrens-services",),
    "Record what the child says about home at every visit, in the child's own words.",
    ("voice-of-the-child",),
    (
        answered("2021-05-18", "childrens-services"),
        assigned("2021-06-01", "childrens-services", "2022-02-25"),
        *implemented("Prompt in the visit record; supervisors check it.", "2022-02-18", "2022-02-24", "2022-03-10"),
        *implemented(
            "Children's words are read aloud at each review meeting; 18 of 20 records have them.",
            "2023-03-20",
            "2023-03-30",
            "2023-04-13",
        ),
    ),
    answer_by="2021-05-28",
    of=(2,),
    actions=(
        Action(
            "2021-06-01",
            "Add a prompt for the child's own words to the visit record.",
            (
                assigned("2021-06-01", "childrens-services", "2022-01-31"),
                complete("2022-01-20", "Prompt added on 17 January.", done="2022-01-17"),
                accepted("2022-02-10"),
                closed("2022-02-10"),
                not_embedded(
                    "2022-10-13",
                    "Records of 20 children",
                    "The prompt is filled in with the worker's words in 15 of 20 records.",
                    "A prompt does not make anybody listen: teach it and observe it.",
                    until="2023-03-31",
                    further="Observe one visit of every social worker and give feedback on how the child was heard.",
                ),
            ),
        ),
        Action(
            None,
            "Observe one visit of every social worker and give feedback on how the child was heard.",
            (
                assigned("2022-10-17", "childrens-services", "2023-03-17"),
                progress("2023-01-16", Rag.GREEN, 55, "31 of 56 visits observed."),
                *implemented(
                    "All 56 visits observed; feedback given on the day.", "2023-03-10", "2023-03-14", "2023-04-13"
                ),
                impact("2023-11-09", Impact.EMBEDDED, "Records of 20 children", "The child's own words in 18 of 20."),
            ),
        ),
    ),
)
NEGLECT_AUDIT = Review(
    "FSP-02",
    "2021-02-01",
    "multi-agency-focus-group-audit",
    "Neglect: twelve families, one year on",
    ("childrens-services", "schools", "community-health", "housing"),
    (
        learned("2021-04-19", "Agencies had no common words for neglect and could not see it deepen.", "neglect"),
        learned("2021-04-19", "Visits recorded what adults said about children.", "voice-of-the-child"),
        learned(
            "2021-04-19",
            "Attendance officers' chronologies made drift visible before anybody else saw it.",
            "neglect",
            "recording",
            good=True,
            agencies=("schools",),
        ),
        completed("2021-04-30", summary="Neglect was known in every one of the twelve families and measured in none."),
    ),
    (TOOLKIT, WISHES),
)
