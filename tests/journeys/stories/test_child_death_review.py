"""A child death review in Windsor and Maidenhead: a modifiable factor, from the panel to the annual report."""

from support.edge_stories import Begin, Teller
from support.partnership_world import on

STORY = "child death review"
BODY = "child-death-overview"
FACTORS = "modifiable factors"
MEANS = "modifiable factors identified, reported in the annual report, acted upon"
MEASURE = "more public awareness of risk factors"


def reviewed(teller: Teller) -> tuple[str, str]:
    """The review, and the factor that it finds; nobody mandates it, and it asks for no independent lead."""
    about = {"kind": "child-death-review", "title": "Infant K", "agencies": ["health", "police"], "awareOn": on(0)}
    review = str(teller.do("unit", "reviewCommission", **about)["id"])
    invited = {"participant": "PARENT", "invited": True, "tookPart": "DECLINED", "whyNot": "Too soon"}
    teller.do("unit", "reviewRecordParticipation", id=review, **invited)
    teller.at(40)
    factor = teller.learned(review, "The cot was shared with a duvet and an adult", yields=FACTORS)
    teller.learned(review, "Health visitors came on time and told of it", goodPractice=True)
    return review, factor


def acted_upon(teller: Teller, review: str, factor: str) -> tuple[str, str]:
    """By means and measure of the panel's own; the recommendation and its action."""
    said = {
        "reviewId": review,
        "learning": [factor],
        "wording": "Tell parents of safer sleep",
        "themes": ["working-with-families"],
    }
    chain = {"need": "Parents had not been told", "meansOfImprovement": MEANS, "measureOfEffectiveness": MEASURE}
    found = teller.do("unit", "recommendationRaise", "id monitoredBy { key }", **said, **chain, addressedTo=["health"])
    assert found["monitoredBy"][0] == {"key": BODY}
    recommendation = str(found["id"])
    teller.do("unit", "reviewComplete", id=review)
    teller.do("health", "recommendationRespond", id=recommendation, answer="ACCEPTED")
    teller.do("unit", "recommendationAssign", id=recommendation, leadAgency="health", dueOn=on(150))
    raised = {"recommendationId": recommendation, "wording": "A leaflet at each birth visit"}
    action = str(teller.do("health", "actionRaise", **raised)["id"])
    teller.do("unit", "actionAssign", id=action, leadAgency="health", dueOn=on(100))
    return recommendation, action


def closed(teller: Teller, action: str) -> str:
    """Told after its day, in time all the same, and closed with all; gives the moment before the verdict."""
    teller.at(110)
    claim = teller.claimed("health", action, completedOn=on(95))
    known = teller.known_at()
    teller.at(112)
    teller.do(BODY, "actionAcceptEvidence", id=action, evidenceId=claim)
    teller.do(BODY, "actionClose", id=action, outcome="IMPLEMENTED", closeRecommendation=True)
    return known


def made_known(teller: Teller, review: str, factor: str) -> None:
    """To the agencies involved, and to the public."""
    teller.at(120)
    told = {"reviewId": review, "learning": [factor], "audience": ["parents"], "method": "leaflets"}
    teller.do("unit", "learningDisseminate", **told, agencies=["health", "police"], public=True)
    teller.do("health", "learningConfirm", reviewId=review, assurance="In every birth visit")


def test_a_child_death_review_with_a_modifiable_factor(begin: Begin) -> None:
    teller = begin("windsor-maidenhead")
    review, factor = reviewed(teller)
    recommendation, action = acted_upon(teller, review, factor)
    known = closed(teller, action)
    made_known(teller, review, factor)
    teller.at(300)
    finding = {"finding": "PARTLY_EMBEDDED", "measure": MEASURE, "narrative": "A survey of 60 parents"}
    teller.do(BODY, "recommendationVerifyImpact", id=recommendation, **finding)
    the_board_reads(teller, review)
    an_agency_reads(teller, review)
    an_inspector_reads(teller, action, known)
    teller.takes_as_many_calls_as_published(STORY)


def the_board_reads(teller: Teller, review: str) -> None:
    """The annual report counts the factor, what became of it, and that the family was invited."""
    shown = """annualReport(year: 2024) { yields { yields kind { key } points } learning { improvement goodPractice }
      participation { group participant invited declined } timeliness { actions { due inTime late outstanding } }
      recommendations { implemented partlyEmbedded } actions { implemented }
      dissemination { method toThePublic } findings { nodes { finding { measure } } } }"""
    found = teller.read("chair", shown)["annualReport"]
    assert found["yields"] == [{"yields": FACTORS, "kind": {"key": "child-death-review"}, "points": 1}]
    assert found["learning"] == {"improvement": 1, "goodPractice": 1}
    family = {"group": "FAMILY", "participant": None, "invited": 1, "declined": 1}
    assert family in found["participation"]
    assert found["timeliness"] == {"actions": {"due": 1, "inTime": 1, "late": 0, "outstanding": 0}}
    assert (found["recommendations"], found["actions"]) == (
        {"implemented": 1, "partlyEmbedded": 1},
        {"implemented": 1},
    )
    assert found["dissemination"] == [{"method": "leaflets", "toThePublic": 1}]
    assert found["findings"] == {"nodes": [{"finding": {"measure": MEASURE}}]}


def an_agency_reads(teller: Teller, review: str) -> None:
    """The police was told the factor and owes what follows; who of the family declined is not told to it."""
    shown = "owed { nodes { kind overdue duty { learning { wording yields } } } }"
    found = teller.read("police", shown)["owed"]["nodes"]
    factor = {"wording": "The cot was shared with a duvet and an adult", "yields": FACTORS}
    assert found == [{"kind": "DUTY", "overdue": True, "duty": {"learning": [factor]}}] * 2
    header = teller.read("police", f'review(id: "{review}") {{ title participation {{ who }} }}')["review"]
    assert header == {"title": "Infant K", "participation": []}


def an_inspector_reads(teller: Teller, action: str, known: str) -> None:
    """On the hundred and fifth day: late as was known before the verdict, in time as is known since."""
    shown = f"""action(id: "{action}") {{ overdue awaitingReview }}
      overdueByAgency(agencies: ["health"], includeUpToDate: true) {{ overdue reportedLate }}"""
    before = teller.read("inspector", shown, knownAt=known, effectiveOn=on(105))
    assert before["action"] == {"overdue": True, "awaitingReview": False}
    assert before["overdueByAgency"] == [{"overdue": 1, "reportedLate": 0}]
    since = teller.read("inspector", shown, effectiveOn=on(105))
    assert since["action"] == {"overdue": False, "awaitingReview": False}
    assert since["overdueByAgency"] == [{"overdue": 0, "reportedLate": 1}]
