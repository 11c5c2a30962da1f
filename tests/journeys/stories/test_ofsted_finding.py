"""An Ofsted finding in Sunderland: a judgement, a printed date, and work for an agency and for the board itself."""

from api.app.founding import FOUNDER
from domain.agency.commands import AddAgency
from domain.shared.vocabulary import AgencyKind
from support.edge_stories import Begin, Teller
from support.partnership_world import on

STORY = "Ofsted finding"
STATEMENT = "written-statement-of-action"
JUDGEMENT = "requires improvement"
JUDGES = {"the-board": "chair", "council": "board"}
"""Who judges what each leads; what the board itself leads is no matter for its own members."""


def inspected(teller: Teller) -> str:
    """The judgement, the report, and the date that is printed in the letter."""
    about = {"kind": "ofsted-board-inspection", "title": "Review of the board", "agencies": ["the-board", "council"]}
    review = str(teller.do("unit", "reviewCommission", **about)["id"])
    assert teller.refused("unit", "reviewComplete", id=review) == ["CONDITIONS_NOT_MET"]
    splendid = [{"key": "judgement", "text": "splendid"}]
    assert teller.refused("unit", "reviewComplete", id=review, sections=splendid) == ["INVALID"]
    teller.do("unit", "reviewComplete", id=review, sections=[{"key": "judgement", "text": JUDGEMENT}])
    teller.do("chair", "reviewPublish", id=review, url="https://reports.example.org/1")
    teller.at(5)
    letter = {"reviewId": review, "clock": STATEMENT, "startedOn": on(3)}
    assert teller.refused("unit", "clockStart", **letter) == ["INVALID"]
    teller.do("unit", "clockStart", **letter, dueOn=on(70))
    return review


def recommended(teller: Teller, review: str, lead: str, wording: str) -> tuple[str, str]:
    """A recommendation with one action, both of them led by the addressee."""
    said = {"reviewId": review, "wording": wording, "themes": ["leadership"], "addressedTo": [lead]}
    recommendation = str(teller.do("unit", "recommendationRaise", **said)["id"])
    teller.do("unit", "recommendationAssign", id=recommendation, leadAgency=lead, dueOn=on(100))
    action = str(teller.do("unit", "actionRaise", recommendationId=recommendation, wording=wording)["id"])
    teller.do("unit", "actionAssign", id=action, leadAgency=lead, dueOn=on(90))
    return recommendation, action


def implemented(teller: Teller, lead: str, action: str) -> None:
    """The council tells by its own system; for the board, which has none, its unit records on paper."""
    who, paper = ("unit", {"agency": lead, "receivedFrom": "Its minutes"}) if lead == "the-board" else (lead, {})
    evidence = {"id": action, "evidenceId": teller.claimed(who, action, **paper)}
    close = {"id": action, "outcome": "IMPLEMENTED", "closeRecommendation": True}
    if lead == "the-board":
        assert teller.refused("board", "actionAcceptEvidence", **evidence) == ["NOT_INDEPENDENT"]
    teller.do(JUDGES[lead], "actionAcceptEvidence", **evidence)
    if lead == "the-board":
        assert teller.refused("board", "actionClose", **close) == ["NOT_INDEPENDENT"]
    teller.do(JUDGES[lead], "actionClose", **close)


def test_an_ofsted_finding(begin: Begin) -> None:
    teller = begin("sunderland-2015")
    board = AddAgency(key="the-board", name="The board itself", agency_kind=AgencyKind.BOARD)
    teller.register.handle(board, FOUNDER)
    review = inspected(teller)
    teller.at(10)
    own = recommended(teller, review, "the-board", "Audit more often")
    theirs = recommended(teller, review, "council", "See children alone")
    teller.do("unit", "recommendationRespond", id=own[0], answer="ACCEPTED", agency="the-board", receivedFrom="Minutes")
    teller.do("council", "recommendationRespond", id=theirs[0], answer="ACCEPTED")
    teller.at(75)
    known = teller.known_at()
    teller.at(76)
    teller.do("unit", "clockStop", reviewId=review, clock=STATEMENT, stoppedOn=on(69))
    teller.at(85)
    implemented(teller, "the-board", own[1])
    teller.at(95)
    implemented(teller, "council", theirs[1])
    teller.at(280)
    for lead, recommendation in (("the-board", own[0]), ("council", theirs[0])):
        finding = {"finding": "EMBEDDED", "measure": "An audit of twenty cases"}
        teller.do(JUDGES[lead], "recommendationVerifyImpact", id=recommendation, **finding)
    the_board_reads(teller, review)
    an_agency_reads(teller, review, theirs)
    an_inspector_reads(teller, review, theirs[1], known)
    teller.takes_as_many_calls_as_published(STORY)


def the_board_reads(teller: Teller, review: str) -> None:
    """Its own work was judged by the chair, and history says so."""
    told = "actions { nodes { evidence { agency { key } receivedFrom judgedBy { role } } } }"
    judged = f"{told} impact {{ by {{ role }} }}"
    shown = f"""review(id: "{review}") {{ judgement stage publishedUrl clocks {{ name dueOn stoppedOn met }}
      recommendations {{ nodes {{ leadAgency {{ key }} {judged} }} }} }}"""
    found = teller.read("chair", shown)["review"]
    assert (found["judgement"], found["stage"]) == (JUDGEMENT, "PUBLISHED")
    assert found["clocks"] == [{"name": STATEMENT, "dueOn": on(70), "stoppedOn": on(69), "met": True}]
    by = {each["leadAgency"]["key"]: each for each in found["recommendations"]["nodes"]}
    assert {lead: each["impact"]["by"]["role"] for lead, each in by.items()} == {
        "the-board": "CHAIR",
        "council": "MONITORING_BODY",
    }
    [action] = by["the-board"]["actions"]["nodes"]
    assert action["evidence"] == [
        {"agency": {"key": "the-board"}, "receivedFrom": "Its minutes", "judgedBy": {"role": "CHAIR"}}
    ]


def an_agency_reads(teller: Teller, review: str, theirs: tuple[str, str]) -> None:
    """The council its own work whole; the police what is published, without anybody's evidence."""
    shown = f"""review(id: "{review}") {{ recommendations {{ nodes {{ wording evidence {{ narrative }} }} }} }}
      action(id: "{theirs[1]}") {{ stage evidence {{ verdict }} }}"""
    council = teller.read("council", shown)
    assert council["action"] == {"stage": "CLOSED", "evidence": [{"verdict": "ACCEPTED"}]}
    police = teller.read("police", shown)
    assert police["action"] is None
    assert police["review"]["recommendations"]["nodes"] == [
        {"wording": "Audit more often", "evidence": []},
        {"wording": "See children alone", "evidence": []},
    ]


def an_inspector_reads(teller: Teller, review: str, action: str, known: str) -> None:
    """On the seventy-fifth day the statement was late as known then; it had been sent in time as is known since."""
    shown = f"""review(id: "{review}") {{ clocks {{ overdue met }} }}
      oversight {{ counts {{ queue late }} }} reviews(filter: {{ clocks: [MISSED] }}) {{ totalCount }}"""
    then = teller.read("inspector", shown, knownAt=known, effectiveOn=on(75))
    now = teller.read("inspector", shown, effectiveOn=on(75))
    assert then["review"]["clocks"] == [{"overdue": True, "met": None}]
    assert now["review"]["clocks"] == [{"overdue": False, "met": True}]
    assert (then["reviews"]["totalCount"], now["reviews"]["totalCount"]) == (1, 0)
    assert {"queue": "CLOCK_MISSED", "late": 1} in then["oversight"]["counts"]
    assert "CLOCK_MISSED" not in {each["queue"] for each in now["oversight"]["counts"]}
    late = f'action(id: "{action}") {{ overdue }} overdueByAgency {{ agency {{ key }} overdue reportedLate }}'
    found = teller.read("inspector", late, effectiveOn=on(92))
    assert found["action"] == {"overdue": True}
    assert found["overdueByAgency"] == [{"agency": {"key": "council"}, "overdue": 1, "reportedLate": 0}]
