"""A section 11 round of four agencies in Knowsley, 2015, from the audit to work that its agencies lead."""

from typing import Any

from support.edge_stories import Begin, Teller
from support.partnership_world import AGENCIES, on

STORY = "section 11 round"
JUDGE = "executive"


def called(teller: Teller) -> tuple[str, dict[str, Any]]:
    about = {"kind": "section-11-audit", "title": "Section 11, 2024", "agencies": list(AGENCIES)}
    review = str(teller.do("unit", "reviewCommission", **about)["id"])
    shown = "id agency { key } duties { id key }"
    found = teller.do("unit", "returnsCall", shown, year=2024, reviewId=review, dueOn=on(30))
    return review, {each["agency"]["key"]: each for each in found}


def assessed(teller: Teller, returns: dict[str, Any], *agencies: str) -> None:
    """Each standard by the agency itself, with what it will put right: nine standards are met, the last is not."""
    for agency in agencies:
        duties = returns[agency]["duties"]
        said = [{"dutyId": each["id"], "compliance": "MET"} for each in duties[:-1]]
        said.append({"dutyId": duties[-1]["id"], "compliance": "NOT_MET", "words": "Nobody counts"})
        point = {"wording": f"Count who attends in the {agency}", "dutyId": duties[-1]["id"]}
        teller.do(agency, "returnSubmit", id=returns[agency]["id"], assessments=said, improvements=[point])


def judged(teller: Teller, returns: dict[str, Any]) -> None:
    """All of them in one call, the police's otherwise than it assessed itself."""
    verdicts: list[dict[str, Any]] = [{"id": returns[agency]["id"], "narrative": "Discussed"} for agency in AGENCIES]
    partly = {"dutyId": returns["police"]["duties"][0]["id"], "compliance": "PARTLY_MET", "words": "Two files of ten"}
    verdicts[0] |= {"assessments": [partly], "improvements": [{"wording": "Show the records of recruitment"}]}
    teller.do(JUDGE, "returnsJudge", verdicts=verdicts)


def raised(teller: Teller, review: str, returns: dict[str, Any]) -> dict[str, list[str]]:
    """The recommendations that the improvements became, by the agency that leads them."""
    shown = "recommendations { nodes { id stage dueOn leadAgency { key } } }"
    given = {"id": review, "returns": [each["id"] for each in returns.values()], "dueOn": on(120)}
    found = teller.do("unit", "reviewRaiseImprovements", shown, **given)["recommendations"]["nodes"]
    assert {(each["stage"], each["dueOn"]) for each in found} == {("ASSIGNED", on(120))}
    return {agency: [each["id"] for each in found if each["leadAgency"]["key"] == agency] for agency in AGENCIES}


def test_a_section_11_round(begin: Begin) -> None:
    teller = begin("knowsley-2015")
    review, returns = called(teller)
    teller.at(20)
    assessed(teller, returns, "police", "health", "council")
    teller.at(40)
    known = teller.known_at()
    teller.at(41)
    assessed(teller, returns, "school")
    teller.at(50)
    judged(teller, returns)
    work = raised(teller, review, returns)
    teller.do("unit", "reviewComplete", id=review)
    assert {agency: len(each) for agency, each in work.items()} == dict.fromkeys(AGENCIES, 1) | {"police": 2}
    the_board_reads(teller)
    an_agency_reads(teller, work["health"])
    an_inspector_reads(teller, known)
    teller.takes_as_many_calls_as_published(STORY)


def the_board_reads(teller: Teller) -> None:
    """The round as a whole, the years before it, and what an agency was judged."""
    counts = "answered complete overdue judged improvements improvementsRaised"
    shown = f"returnRounds(since: 2023, until: 2024) {{ year missed called {{ key }} {counts} }}"
    (whole,) = [each for each in teller.read("chair", shown)["returnRounds"] if each["year"] == 2024]
    assert {each["key"] for each in whole["called"]} == set(AGENCIES)
    assert [whole[each] for each in counts.split()] == [4, 4, 0, 4, 5, 5]
    duties = "duties { compliance judgedCompliance judgement }"
    returns = f'yearlyReturns(year: 2024, agencies: ["police"]) {{ {duties} verdict {{ narrative body {{ key }} }} }}'
    (police,) = teller.read("chair", returns)["yearlyReturns"]
    assert police["verdict"] == {"narrative": "Discussed", "body": {"key": JUDGE}}
    assert police["duties"][0] == {
        "compliance": "MET",
        "judgedCompliance": "PARTLY_MET",
        "judgement": "Two files of ten",
    }


def an_agency_reads(teller: Teller, own: list[str]) -> None:
    """Its own return, its own work, and of the round nothing of others."""
    shown = """yearlyReturns(year: 2024) { agency { key } improvements { wording recommendation { id } } }
      returnRounds(since: 2024, until: 2024) { called { key } improvements }
      owed { nodes { kind subject { id } dueOn } }"""
    found = teller.read("health", shown)
    improvement = {"wording": "Count who attends in the health", "recommendation": {"id": own[0]}}
    assert found["yearlyReturns"] == [{"agency": {"key": "health"}, "improvements": [improvement]}]
    assert found["returnRounds"] == [{"called": [{"key": "health"}], "improvements": 1}]
    work = {"kind": "RECOMMENDATION", "subject": {"id": own[0]}, "dueOn": on(120)}
    assert found["owed"]["nodes"] == [work]


def an_inspector_reads(teller: Teller, known: str) -> None:
    """On the fortieth day the school was late, as was known then, and as is known now; today nobody is."""
    shown = """returnRounds(since: 2024, until: 2024) { answered overdue judged }
      owed(kinds: [RETURN], overdue: true) { nodes { agency { key } daysOverdue } }"""
    late = {
        "returnRounds": [{"answered": 3, "overdue": 1, "judged": 0}],
        "owed": {"nodes": [{"agency": {"key": "school"}, "daysOverdue": 10}]},
    }
    assert teller.read("inspector", shown, knownAt=known, effectiveOn=on(40)) == late
    assert teller.read("inspector", shown, effectiveOn=on(40)) == late
    today = teller.read("inspector", shown)
    assert today == {"returnRounds": [{"answered": 4, "overdue": 0, "judged": 4}], "owed": {"nodes": []}}
    assert teller.read("inspector", shown, knownAt=known, effectiveOn=on(25))["owed"] == {"nodes": []}
