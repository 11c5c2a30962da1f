"""Good practice in Hull, told to agencies, to the board and to the public, without anybody having failed."""

from support.edge_stories import Begin, Teller
from support.partnership_world import on

STORY = "good practice told"
POINT = "Police and health planned the night shift together"


def reviewed(teller: Teller) -> tuple[str, str]:
    """By several agencies, of a case that was sought; published without a response, which nobody asks for."""
    about = {"kind": "good-practice-review", "title": "A night that went well", "themes": ["information-sharing"]}
    alone = about | {"agencies": ["police"]}
    assert teller.refused("unit", "reviewCommission", **alone) == ["CONDITIONS_NOT_MET"]
    said = {"conditionsMet": [{"condition": "deliberately sought", "words": "At a forum of practitioners"}]}
    review = str(teller.do("unit", "reviewCommission", **about, **said, agencies=["police", "health"])["id"])
    took_part = {"participant": "PROFESSIONAL", "invited": True, "tookPart": "YES", "how": "An afternoon together"}
    teller.do("unit", "reviewRecordParticipation", id=review, **took_part)
    teller.at(14)
    point = teller.learned(review, POINT, goodPractice=True, agencies=["police", "health"])
    teller.do("unit", "reviewComplete", id=review)
    teller.do("chair", "reviewPublish", id=review)
    return review, point


def told(teller: Teller, review: str, point: str) -> str:
    """At an event to all agencies and the board, then in a bulletin to them and the public; a moment in between."""
    teller.at(20)
    brought = {"reviewId": review, "learning": [point], "audience": ["frontline staff"]}
    everybody = ["police", "health", "council", "school"]
    event = brought | {"method": "dissemination-event", "agencies": everybody, "bodies": ["board"]}
    teller.do("unit", "learningDisseminate", **event)
    teller.at(30)
    known = teller.known_at()
    teller.do("school", "learningConfirm", reviewId=review, assurance="Read in the staff room")
    teller.at(34)
    teller.do("unit", "learningDisseminate", **brought, method="bulletin", agencies=everybody, public=True)
    teller.do("board", "learningTakeUp", reviewId=review, learningId=point, whatWasDone="Named in the annual report")
    return known


def test_good_practice_is_told(begin: Begin) -> None:
    teller = begin("hull-2015")
    review, point = reviewed(teller)
    known = told(teller, review, point)
    teller.at(60)
    the_board_reads(teller, review, point)
    an_agency_reads(teller, review)
    an_inspector_reads(teller, review, known)
    teller.takes_as_many_calls_as_published(STORY)


def the_board_reads(teller: Teller, review: str, point: str) -> None:
    """How far it has come by which method and to whom, and that it is no failure that recurs."""
    shown = f"""review(id: "{review}") {{ stage boardResponse conditions {{ condition met }}
        disseminations {{ method public bodies {{ key }} }} }}
      learningCoverage(reviewId: "{review}") {{ learning {{ id goodPractice }} methods agencies duties done overdue }}
      recurringLearning(filter: {{ minimumReviews: 1 }}) {{ nodes {{ occurrences }} }}
      annualReport(year: 2024) {{ learning {{ improvement goodPractice }} dissemination {{ method toThePublic }} }}"""
    found = teller.read("chair", shown)
    assert (found["review"]["stage"], found["review"]["boardResponse"]) == ("PUBLISHED", None)
    said = {each["condition"]: each["met"] for each in found["review"]["conditions"]}
    assert said == {"deliberately sought": "At a forum of practitioners", "reviewed by several agencies": None}
    assert found["review"]["disseminations"] == [
        {"method": "dissemination-event", "public": False, "bodies": [{"key": "board"}]},
        {"method": "bulletin", "public": True, "bodies": []},
    ]
    (coverage,) = found["learningCoverage"]
    assert coverage["learning"] == {"id": point, "goodPractice": True}
    assert sorted(coverage["methods"]) == ["bulletin", "dissemination-event"]
    assert [coverage[each] for each in ("agencies", "duties", "done", "overdue")] == [4, 8, 2, 6]
    assert found["recurringLearning"] == {"nodes": []}
    assert found["annualReport"]["learning"] == {"improvement": 0, "goodPractice": 1}
    assert {"method": "bulletin", "toThePublic": 1} in found["annualReport"]["dissemination"]


def an_agency_reads(teller: Teller, review: str) -> None:
    """What it was told. The bulletin obliged nobody a second time, and the council still owes what the event asked."""
    shown = f"""review(id: "{review}") {{ title learning {{ wording goodPractice }} }}
      owed {{ nodes {{ kind dueOn overdue }} }}"""
    learning = [{"wording": POINT, "goodPractice": True}]
    school, council = teller.read("school", shown), teller.read("council", shown)
    assert school["review"] == council["review"] == {"title": "A night that went well", "learning": learning}
    assert school["owed"] == {"nodes": []}
    assert council["owed"]["nodes"] == [{"kind": "DUTY", "dueOn": on(48), "overdue": True}] * 2


def an_inspector_reads(teller: Teller, review: str, known: str) -> None:
    """Nothing was confirmed yet as known before the school did; on day 50 it alone is not late."""
    shown = f'coverageByAgency(reviewId: "{review}") {{ agency {{ key }} methods done overdue }}'

    def reached(**moment: str) -> dict[str, tuple[int, int, int]]:
        found = teller.read("inspector", shown, **moment)["coverageByAgency"]
        return {each["agency"]["key"]: (len(each["methods"]), each["done"], each["overdue"]) for each in found}

    others = ("police", "health", "council")
    assert reached(knownAt=known, effectiveOn=on(50)) == dict.fromkeys((*others, "school"), (1, 0, 2))
    assert reached(effectiveOn=on(50)) == dict.fromkeys(others, (2, 0, 2)) | {"school": (2, 2, 0)}
    assert reached(effectiveOn=on(25)) == dict.fromkeys((*others, "school"), (1, 0, 0))
    assert reached(effectiveOn=on(19)) == {}
