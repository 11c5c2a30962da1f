"""An evaluation of training in Knowsley, 2015: what it yields waits in the training group's inbox until taken up."""

from support.edge_stories import Begin, Teller
from support.partnership_world import on

STORY = "training evaluation"
BODY = "training"
YIELDS = ("knowledge, skills and confidence", "changes in practice")


def evaluated(teller: Teller) -> tuple[str, list[str]]:
    """What it yields, in the framework's own words."""
    about = {
        "kind": "training-impact-evaluation",
        "title": "Neglect training, a year on",
        "agencies": ["police", "health"],
    }
    found = teller.do("unit", "reviewCommission", "id monitoredBy { key }", **about)
    assert found["monitoredBy"] == [{"key": BODY}]
    review = str(found["id"])
    teller.at(20)
    first = teller.learned(review, "Staff know the signs of neglect", yields=YIELDS[0], goodPractice=True)
    teller.at(30)
    second = teller.learned(review, "Few use the tool that they were taught", yields=YIELDS[1])
    teller.do("unit", "reviewComplete", id=review)
    return review, [first, second]


def taken_up(teller: Teller, review: str, learning: list[str]) -> str:
    """By the group itself, one point after the other; gives the moment between them."""
    teller.at(40)
    said = {"reviewId": review, "whatWasDone": "The tool is practised in the course"}
    teller.do(BODY, "learningTakeUp", **said, learningId=learning[1])
    known = teller.known_at()
    teller.at(45)
    teller.do(BODY, "learningTakeUp", reviewId=review, learningId=learning[0], whatWasDone="Kept as it is")
    return known


def improved(teller: Teller, review: str, learning: list[str]) -> str:
    """One recommendation, which health leads, through the training group."""
    said = {"reviewId": review, "learning": [learning[1]], "wording": "Use the tool in supervision"}
    asked = {"themes": ["neglect"], "addressedTo": ["health"], "measureOfEffectiveness": "a sample of files"}
    recommendation = str(teller.do("unit", "recommendationRaise", **said, **asked)["id"])
    teller.do("health", "recommendationRespond", id=recommendation, answer="ACCEPTED")
    teller.do("unit", "recommendationAssign", id=recommendation, leadAgency="health", dueOn=on(150))
    teller.at(140)
    evidence = teller.claimed("health", recommendation, "recommendation")
    judged = {"id": recommendation, "evidenceId": evidence}
    assert teller.refused("audit-and-review", "recommendationAcceptEvidence", **judged) == ["NOT_PERMITTED"]
    teller.do(BODY, "recommendationAcceptEvidence", **judged)
    teller.do(BODY, "recommendationClose", id=recommendation, outcome="IMPLEMENTED")
    return recommendation


def test_an_evaluation_of_training(begin: Begin) -> None:
    teller = begin("knowsley-2015")
    review, learning = evaluated(teller)
    known = taken_up(teller, review, learning)
    recommendation = improved(teller, review, learning)
    told = {"reviewId": review, "learning": learning, "audience": ["trainers"], "agencies": ["police", "health"]}
    teller.do("unit", "learningDisseminate", **told, method="feedback-to-training-cascaded")
    teller.do("police", "learningConfirm", reviewId=review, assurance="Told at every briefing")
    teller.at(330)
    finding = {"finding": "NOT_EMBEDDED", "measure": "a sample of files"}
    follow_up = {"reason": "Three files of twenty", "reopenUntil": on(400)}
    teller.do(BODY, "recommendationVerifyImpact", id=recommendation, **finding, followUp=follow_up)
    the_board_reads(teller, review, recommendation)
    an_agency_reads(teller, recommendation)
    an_inspector_reads(teller, learning, known)
    teller.takes_as_many_calls_as_published(STORY)


def the_board_reads(teller: Teller, review: str, recommendation: str) -> None:
    """What became of each point, that the method is one of the kind's, and that practice has not changed yet."""
    points = "learning { yields expectedYield goodPractice takeUps { body { key } whatWasDone takenUpOn } }"
    shown = f"""review(id: "{review}") {{ stage {points} disseminations {{ expectedMethod agencies {{ key }} }} }}
      recommendation(id: "{recommendation}") {{ stage dueOn originalDueOn impacts {{ finding }} }}"""
    found = teller.read("chair", shown)
    by = {each["yields"]: each for each in found["review"]["learning"]}
    assert list(by) == list(YIELDS)
    assert [each["expectedYield"] for each in by.values()] == [True, True]
    done = {"body": {"key": BODY}, "whatWasDone": "The tool is practised in the course", "takenUpOn": on(40)}
    assert by[YIELDS[1]]["takeUps"] == [done]
    assert [each["expectedMethod"] for each in found["review"]["disseminations"]] == [True]
    reopened = {"stage": "ASSIGNED", "dueOn": on(400), "originalDueOn": on(150)}
    assert found["recommendation"] == reopened | {"impacts": [{"finding": "NOT_EMBEDDED"}]}


def an_agency_reads(teller: Teller, recommendation: str) -> None:
    """Health owes the recommendation again, and its duties; the police has confirmed and owes nothing."""
    shown = "owed { nodes { kind overdue dueOn subject { id } } } learningInbox { totalCount }"
    found = teller.read("health", shown)
    again = {"kind": "RECOMMENDATION", "overdue": False, "dueOn": on(400), "subject": {"id": recommendation}}
    assert found["owed"]["nodes"][-1] == again
    assert [(each["kind"], each["overdue"]) for each in found["owed"]["nodes"][:-1]] == [("DUTY", True)] * 2
    police = teller.read("police", shown)
    assert police == {"owed": {"nodes": []}, "learningInbox": None}


def an_inspector_reads(teller: Teller, learning: list[str], known: str) -> None:
    """What waited in the inbox, as was known then and on days before and after."""
    shown = f'learningInbox(body: "{BODY}") {{ nodes {{ learning {{ id }} since days }} }}'

    def waited(**moment: str) -> list[tuple[str, int]]:
        found = teller.read("inspector", shown, **moment)["learningInbox"]["nodes"]
        return [(each["learning"]["id"], each["days"]) for each in found]

    first, second = learning
    assert waited(knownAt=known) == [(first, 20)]
    assert waited(effectiveOn=on(39)) == [(first, 19), (second, 9)]
    assert waited(effectiveOn=on(29)) == [(first, 9)]
    assert waited() == []
