"""A serious case review in Knowsley, 2015: from a referral to verified impact, with a clock missed and a challenge."""

from support.edge_stories import Begin, Teller
from support.partnership_world import on

STORY = "serious case review"
BODY = "serious-incident-review-group"
CRITERION = [{"criterion": "child-died", "words": "The child died; neglect was known to two agencies"}]
ADVISED = "the independent chair decides after advice from the serious-incident-review-group"
CLOCKS = "clocks { name dueOn stoppedOn overdue met }"


def decided(teller: Teller) -> str:
    """Referred with the day of awareness, advised about by the group, decided by the chair."""
    teller.at(2)
    about = {"title": "Child J", "agencies": ["police", "health", "council"], "kind": STORY.replace(" ", "-")}
    review = teller.do("unit", "reviewRefer", **about, referredBy="The council", awareOn=on(0))["id"]
    teller.at(4)
    teller.do("unit", "clockStop", reviewId=review, clock="serious-incident-notification", stoppedOn=on(3))
    commission = about | {
        "referralId": review,
        "leadReviewer": "Dr Day",
        "leadReviewerEmployer": "A university",
        "criteriaMet": CRITERION,
        "conditionsMet": [{"condition": ADVISED, "words": "Advised on the 23rd"}],
    }
    assert teller.refused("chair", "reviewCommission", **commission) == ["CONDITIONS_NOT_MET"]
    teller.at(15)
    teller.do(BODY, "reviewAdvise", id=review, body=BODY, kind=about["kind"], advice="The criteria are met")
    teller.at(21)
    assert teller.refused("unit", "reviewCommission", **commission) == ["CONDITIONS_NOT_MET"]
    of_police = commission | {"leadReviewerEmployer": "The police"}
    assert teller.refused("chair", "reviewCommission", **of_police) == ["NOT_INDEPENDENT"]
    teller.do("chair", "reviewCommission", **commission)
    teller.at(30)
    teller.do("unit", "clockStop", reviewId=review, clock="rapid-review", stoppedOn=on(28))
    return str(review)


def took_part(teller: Teller, review: str) -> None:
    for said in (
        {"participant": "PARENT", "who": "the mother", "invited": True, "tookPart": "YES", "how": "Two visits"},
        {"participant": "SURVIVING_SIBLING", "invited": False, "whyNot": "He is two years old"},
        {"participant": "PROFESSIONAL", "invited": True, "tookPart": "YES", "how": "A learning event"},
    ):
        teller.do("unit", "reviewRecordParticipation", id=review, **said)


def published(teller: Teller, review: str) -> tuple[dict[str, str], list[str]]:
    """Learned, recommended, completed and published with the board's response; recommendations by their addressee."""
    teller.at(80)
    learning = [
        teller.learned(
            review, "Police and health held halves of one picture", yields="multi-agency and single-agency lessons"
        ),
        teller.learned(review, "Case notes were not read at handover", yields="multi-agency and single-agency lessons"),
    ]
    raised = {}
    for point, wording, to in zip(
        learning,
        ("Share one chronology", "Read the notes at handover"),
        (["police", "health"], ["council"]),
        strict=True,
    ):
        said = {"reviewId": review, "learning": [point], "wording": wording, "themes": ["information-sharing"]}
        asked = {"addressedTo": to, "need": "A picture in halves", "measureOfEffectiveness": "a sample of cases"}
        raised[to[0]] = str(teller.do("unit", "recommendationRaise", **said, **asked, responseDueOn=on(120))["id"])
    teller.at(110)
    teller.do("unit", "reviewComplete", id=review, sections=[{"key": "principle:sustained", "text": "Followed up"}])
    teller.at(120)
    assert teller.refused("chair", "reviewPublish", id=review) == ["CONDITIONS_NOT_MET"]
    teller.do("chair", "reviewPublish", id=review, boardResponse="The board accepts both")
    return raised, learning


def answered(teller: Teller, raised: dict[str, str]) -> None:
    """By the police's system, by health on paper, by the council with a reason."""
    teller.do("police", "recommendationRespond", id=raised["police"], answer="ACCEPTED")
    paper = {"agency": "health", "receivedFrom": "A letter of its chief nurse", "answer": "ACCEPTED"}
    teller.do("unit", "recommendationRespond", id=raised["police"], **paper, happenedOn=on(119))
    in_principle = {"answer": "ACCEPTED_IN_PRINCIPLE", "reason": "The system changes in May"}
    teller.do("council", "recommendationRespond", id=raised["council"], **in_principle)


def led(teller: Teller, raised: dict[str, str]) -> dict[str, str]:
    """An action under each recommendation, by its lead."""
    actions = {}
    for lead, with_whom in (("police", ["health"]), ("council", [])):
        parties = {"leadAgency": lead, "contributingAgencies": with_whom, "leadOfficer": f"A. {lead.title()}"}
        teller.do("unit", "recommendationAssign", id=raised[lead], **parties, dueOn=on(240))
        raised_by = {"recommendationId": raised[lead], "wording": f"A form for the {lead}"}
        actions[lead] = str(teller.do(lead, "actionRaise", **raised_by)["id"])
        teller.do("unit", "actionAssign", id=actions[lead], **parties, dueOn=on(180))
    return actions


def implemented(teller: Teller, action: str) -> None:
    """The last action is closed, and the recommendation with it."""
    shown = "stage recommendation { stage }"
    found = teller.do(BODY, "actionClose", shown, id=action, outcome="IMPLEMENTED", closeRecommendation=True)
    assert found == {"stage": "CLOSED", "recommendation": {"stage": "CLOSED"}}


def carried_out(teller: Teller, actions: dict[str, str]) -> str:
    """The police's evidence is returned once; the council is late and challenged. A moment when it was late."""
    teller.at(160)
    thin = teller.claimed("police", actions["police"])
    teller.at(165)
    teller.do(BODY, "actionReturnEvidence", id=actions["police"], evidenceId=thin, reason="Show us", fixBy=on(175))
    teller.at(172)
    shown = teller.claimed("police", actions["police"])
    teller.do(BODY, "actionAcceptEvidence", id=actions["police"], evidenceId=shown)
    implemented(teller, actions["police"])
    teller.at(190)
    late = {"agency": "council", "subjects": [actions["council"]], "grounds": "No word of it by its day"}
    challenge = teller.do("chair", "challengeIssue", **late, requested="Evidence")["id"]
    known = teller.known_at()
    teller.at(195)
    teller.do("council", "challengeRespond", id=challenge, narrative="It was done in time and not told")
    told_late = teller.claimed("council", actions["council"], completedOn=on(170))
    teller.at(200)
    teller.do(BODY, "actionAcceptEvidence", id=actions["council"], evidenceId=told_late)
    assert teller.refused(BODY, "actionClose", id=actions["council"], outcome="IMPLEMENTED") == ["CHALLENGE_OPEN"]
    teller.do("chair", "challengeResolve", id=challenge, outcome="ANSWERED", reason="Done in time")
    implemented(teller, actions["council"])
    return known


def brought_home(teller: Teller, review: str, learning: list[str]) -> None:
    """To all by a briefing and to the public by a newsletter; each agency confirms all of its duties at once."""
    brought = {"reviewId": review, "learning": learning, "audience": ["all staff"]}
    teller.do("unit", "learningDisseminate", **brought, method="briefings", agencies=["police", "health", "council"])
    teller.do("unit", "learningDisseminate", **brought, method="newsletter", agencies=[], public=True)
    teller.at(210)
    teller.do("health", "learningConfirm", reviewId=review, assurance="Every team has discussed it")
    teller.do("training", "learningTakeUp", reviewId=review, learningId=learning[0], whatWasDone="A course")


def verified(teller: Teller, raised: dict[str, str]) -> None:
    teller.at(400)
    for recommendation in raised.values():
        finding = {"finding": "EMBEDDED", "measure": "a sample of cases"}
        teller.do(BODY, "recommendationVerifyImpact", id=recommendation, **finding)


def test_a_serious_case_review(begin: Begin) -> None:
    teller = begin("knowsley-2015")
    review = decided(teller)
    took_part(teller, review)
    raised, learning = published(teller, review)
    answered(teller, raised)
    actions = led(teller, raised)
    known = carried_out(teller, actions)
    brought_home(teller, review, learning)
    verified(teller, raised)
    the_board_reads(teller, review)
    an_agency_reads(teller, review)
    an_inspector_reads(teller, actions["council"], known)
    teller.takes_as_many_calls_as_published(STORY)


def the_board_reads(teller: Teller, review: str) -> None:
    """Every clock met or missed, who took part, who answered how, and what has changed."""
    shown = f"""review(id: "{review}") {{ stage boardResponse leadReviewerIndependent criteria {{ key met }}
      conditions {{ met }} {CLOCKS} participation {{ participant invited }} learning {{ takeUps {{ body {{ key }} }} }}
      recommendations {{ nodes {{ stage impact {{ finding }} responses {{ agency {{ key }} receivedFrom }} }} }} }}"""
    found = teller.read("chair", shown)["review"]
    assert (found["stage"], found["leadReviewerIndependent"]) == ("PUBLISHED", True)
    assert {each["key"]: each["met"] is not None for each in found["criteria"]} == {
        "child-died": True,
        "seriously-harmed": False,
    }
    assert found["conditions"] == [{"met": "Advised on the 23rd"}]
    assert [(each["name"], each["dueOn"], each["stoppedOn"], each["met"]) for each in found["clocks"]] == [
        ("serious-incident-notification", on(7), on(3), True),
        ("rapid-review", on(24), on(28), False),
        ("local-review-publication", "2024-07-29", on(120), True),
    ]
    invited = {each["participant"]: each["invited"] for each in found["participation"]}
    assert invited == {"PARENT": True, "SURVIVING_SIBLING": False, "PROFESSIONAL": True}
    assert [each["takeUps"] for each in found["learning"]] == [[{"body": {"key": "training"}}], []]
    recommendations = found["recommendations"]["nodes"]
    assert [each["stage"] for each in recommendations] == ["IMPACT_VERIFIED"] * 2
    answers = {each["agency"]["key"]: each["receivedFrom"] for each in recommendations[0]["responses"]}
    assert answers == {"police": None, "health": "A letter of its chief nurse"}


def an_agency_reads(teller: Teller, review: str) -> None:
    """The police what is published, neither advice nor family; it never confirmed what it was told."""
    shown = f"""review(id: "{review}") {{ boardResponse learning {{ wording }} participation {{ who }}
      advice {{ advice }} }} challenges {{ totalCount }} owed {{ nodes {{ kind overdue duty {{ key }} }} }}"""
    found = teller.read("police", shown)
    assert found["review"]["boardResponse"] == "The board accepts both"
    assert len(found["review"]["learning"]) == 2
    assert (found["review"]["participation"], found["review"]["advice"]) == ([], [])
    assert found["challenges"] == {"totalCount": 0}
    owed = found["owed"]["nodes"]
    assert [(each["kind"], each["overdue"]) for each in owed] == [("DUTY", True)] * 2
    assert {each["duty"]["key"] for each in owed} == {"disseminate-onward", "embed"}
    assert teller.read("health", "owed { totalCount }")["owed"] == {"totalCount": 0}


def an_inspector_reads(teller: Teller, action: str, known: str) -> None:
    """On day 185 the council was late as known while it was challenged, and told late as is known since."""
    shown = f"""action(id: "{action}") {{ stage overdue closure {{ completedOn }} }}
      overdueByAgency(agencies: ["council"], includeUpToDate: true) {{ overdue reportedLate }}"""
    late = teller.read("inspector", shown, knownAt=known, effectiveOn=on(185))
    assert late["action"] == {"stage": "ASSIGNED", "overdue": True, "closure": None}
    assert late["overdueByAgency"] == [{"overdue": 1, "reportedLate": 0}]
    since = teller.read("inspector", shown, effectiveOn=on(185))
    assert since["action"] == {"stage": "ASSIGNED", "overdue": False, "closure": None}
    assert since["overdueByAgency"] == [{"overdue": 0, "reportedLate": 1}]
    today = teller.read("inspector", shown)
    assert today["action"] == {"stage": "CLOSED", "overdue": False, "closure": {"completedOn": on(170)}}
