"""What a year brought, as the annual report asks it and as an agency may read it."""

from typing import Any

import pytest

from support.partnership_world import Stage, World, on
from support.statement_counter import counted

CARRIED = "{ implemented superseded notImplemented embedded partlyEmbedded notEmbedded evidenceReturned }"
REPORT = f"""since until reviews {{ kind {{ key }} commissioned completed published withheld }}
  learning {{ improvement goodPractice }} recommended answers {{ accepted acceptedInPrinciple notAccepted }}
  recommendations {CARRIED} actions {CARRIED}
  findings {{ nodes {{ finding {{ finding measure narrative verifiedOn evidencedBy {{ title }} }}
    subject {{ __typename ... on Action {{ id }} ... on Recommendation {{ id }} }} }} pageInfo {{ hasNextPage }} }}"""
NOTHING = dict.fromkeys(
    (
        "implemented",
        "superseded",
        "notImplemented",
        "embedded",
        "partlyEmbedded",
        "notEmbedded",
        "evidenceReturned",
    ),
    0,
)


def report(world: World, who: str, asked: str = "year: 2024", **moment: str) -> Any:
    return world.read(who, f"annualReport({asked}) {{ {REPORT} }}", **moment)["annualReport"]


def returned(world: World, action: str, who: str) -> None:
    evidence = world.evidence(action, who)
    world.do("body", "actionReturnEvidence", id=action, evidenceId=evidence, reason="Unsigned")


def story(world: World) -> None:
    """A review with learning and two recommendations; police carried one action out, council leads above it."""
    review = world.a_review()
    for good in (True, False, False):
        learned = {"wording": "Histories were read", "themes": ["neglect"], "goodPractice": good}
        world.do("unit", "learningIdentify", reviewId=review, **learned)
    above = world.a_recommendation(reviewId=review, addressedTo=["council", "health"])
    world.do("unit", "recommendationAssign", id=above, leadAgency="council", dueOn=on(90))
    world.do("health", "recommendationRespond", id=above, answer="NOT_ACCEPTED", reason="Not ours")
    world.do("health", "recommendationRespond", id=above, answer="ACCEPTED")
    world.do("council", "recommendationRespond", id=above, answer="ACCEPTED_IN_PRINCIPLE")
    world.at(10)
    action = world.assigned("police", recommendationId=above)
    returned(world, action, "police")
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=world.evidence(action))
    world.do("body", "actionClose", id=action, outcome="IMPLEMENTED")
    audit = world.a_review(kind="multi-agency-case-audit", title="A second look", checks=[above])
    world.do("unit", "reviewComplete", id=audit)
    world.do("chair", "reviewPublish", id=audit)
    found = {"finding": "PARTLY_EMBEDDED", "measure": "Audit of twenty files", "narrative": "In two of three districts"}
    world.do("body", "actionVerifyImpact", id=action, evidencedBy=audit, **found)
    world.at(20)
    world.do("unit", "reviewComplete", id=review)
    world.do("chair", "reviewWithholdPublication", id=review, reason="Recognisable", improvements="Read histories")


@pytest.fixture
def year(stage: Stage) -> World:
    return stage(story).world


def test_a_year_is_reviewed_recommended_accepted_done_and_verified(year: World) -> None:
    found = report(year, "inspector")
    assert (found["since"], found["until"]) == ("2024-01-01", "2024-12-31")
    assert found["reviews"] == [
        {
            "kind": {"key": "multi-agency-case-audit"},
            "commissioned": 1,
            "completed": 1,
            "published": 1,
            "withheld": 0,
        },
        {"kind": {"key": "practice-learning-review"}, "commissioned": 1, "completed": 1, "published": 0, "withheld": 1},
    ]
    assert found["learning"] == {"improvement": 2, "goodPractice": 1}
    assert found["recommended"] == 1
    assert found["answers"] == {"accepted": 1, "acceptedInPrinciple": 1, "notAccepted": 0}
    assert found["recommendations"] == NOTHING
    assert found["actions"] == NOTHING | {"implemented": 1, "partlyEmbedded": 1, "evidenceReturned": 1}
    (evidence,) = found["findings"]["nodes"]
    assert evidence["finding"] == {
        "finding": "PARTLY_EMBEDDED",
        "measure": "Audit of twenty files",
        "narrative": "In two of three districts",
        "verifiedOn": on(10),
        "evidencedBy": {"title": "A second look"},
    }
    assert evidence["subject"]["__typename"] == "Action"


def test_a_period_has_its_first_and_its_last_day_and_another_year_has_nothing(year: World) -> None:
    within = report(year, "unit", f'since: "{on(10)}", until: "{on(10)}"')
    assert (within["actions"]["implemented"], within["recommended"], within["learning"]["improvement"]) == (1, 0, 0)
    for outside in ("year: 2023", "year: 2025", f'since: "{on(11)}", until: "{on(19)}"'):
        found = report(year, "unit", outside)
        assert (found["reviews"], found["recommended"], found["findings"]["nodes"]) == ([], 0, [])
        assert found["recommendations"] == found["actions"] == NOTHING


def test_it_answers_for_any_pair_of_moments(year: World) -> None:
    then = year.known_at()
    year.at(30)
    action = report(year, "unit")["findings"]["nodes"][0]["subject"]["id"]
    year.do("body", "actionReopen", id=action, reason="It slipped", dueOn=on(90))
    assert report(year, "unit")["actions"]["implemented"] == 0
    assert report(year, "unit", knownAt=then)["actions"]["implemented"] == 1
    assert report(year, "unit", effectiveOn=on(29))["actions"]["implemented"] == 1
    early = report(year, "unit", effectiveOn=on(9))
    assert (early["recommended"], early["actions"], early["findings"]["nodes"]) == (1, NOTHING, [])


def test_an_agency_counts_what_it_may_see(year: World) -> None:
    police, council, school = (report(year, who) for who in ("police", "council", "school"))
    published = [{"kind": {"key": "multi-agency-case-audit"}, "commissioned": 1, "completed": 1, "published": 1}]
    for found in (police, council, school):
        assert [{k: v for k, v in each.items() if k != "withheld"} for each in found["reviews"]] == published
        assert found["learning"] == {"improvement": 0, "goodPractice": 0}
    assert (police["recommended"], police["answers"]["accepted"]) == (0, 0)
    assert police["actions"] == NOTHING | {"implemented": 1, "partlyEmbedded": 1, "evidenceReturned": 1}
    assert council["actions"] == NOTHING | {"implemented": 1, "partlyEmbedded": 1}
    assert (council["recommended"], council["answers"]["accepted"]) == (1, 1)
    assert (school["recommended"], school["actions"], school["findings"]["nodes"]) == (0, NOTHING, [])
    assert len(police["findings"]["nodes"]) == len(council["findings"]["nodes"]) == 1


def test_of_what_is_published_an_agency_counts_what_was_recommended_and_answered_alone(year: World) -> None:
    asked = 'reviews(filter: {kinds: ["practice-learning-review"]}) { nodes { id } }'
    (review,) = year.read("unit", asked)["reviews"]["nodes"]
    year.do("chair", "reviewPublish", id=review["id"], boardResponse="They agree now")
    school = report(year, "school")
    assert (school["recommended"], school["answers"]["accepted"]) == (1, 1)
    assert school["learning"] == {"improvement": 2, "goodPractice": 1}
    assert (school["recommendations"], school["actions"], school["findings"]["nodes"]) == (NOTHING, NOTHING, [])
    withheld = {"kind": {"key": "practice-learning-review"}, "commissioned": 1, "completed": 1, "published": 1}
    assert withheld | {"withheld": 0} in school["reviews"]
    assert withheld | {"withheld": 1} in report(year, "inspector")["reviews"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("", "year"),
        ('since: "2024-01-01"', "until"),
        ('until: "2024-01-01"', "since"),
        ('since: "2024-01-02", until: "2024-01-01"', "until"),
        ('year: 2024, since: "2024-01-01"', "year"),
        ("year: 0", "year"),
        ("year: 10000", "year"),
    ],
)
def test_a_period_is_a_year_or_from_one_day_to_another(world: World, asked: str, field: str) -> None:
    asked = f"({asked})" if asked else ""
    answer = world.answer("unit", f"{{ register {{ annualReport{asked} {{ recommended }} }} }}")
    (error,) = answer["errors"]
    assert (error["extensions"]["code"], error["extensions"]["field"]) == ("INVALID", [field])


def test_findings_are_paged_and_a_cursor_belongs_to_its_period(year: World) -> None:
    found = {"finding": "EMBEDDED", "measure": "Audit"}
    for _ in range(2):
        year.do("body", "actionVerifyImpact", id=year.closed(), **found)
    page = "findings(first: 2{after}) {{ nodes {{ finding {{ measure }} }} pageInfo {{ hasNextPage endCursor }} }}"
    first = year.read("unit", f"annualReport(year: 2024) {{ {page.format(after='')} }}")["annualReport"]["findings"]
    assert (len(first["nodes"]), first["pageInfo"]["hasNextPage"]) == (2, True)
    behind = page.format(after=f', after: "{first["pageInfo"]["endCursor"]}"')
    rest = year.read("unit", f"annualReport(year: 2024) {{ {behind} }}")["annualReport"]["findings"]
    assert (len(rest["nodes"]), rest["pageInfo"]["hasNextPage"]) == (1, False)
    answer = year.answer("unit", f"{{ register {{ annualReport(year: 2025) {{ {behind} }} }} }}")
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["INVALID"]


@pytest.mark.parametrize("who", ["unit", "police"])
def test_statements_do_not_follow_the_number_of_findings(
    year: World, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []
    for _ in range(2):
        year.ask(who, "{ viewer { subject } }")
        with counted(monkeypatch) as statements:
            report(year, who)
        sent.append(len(statements))
        for _ in range(2):
            year.do("body", "actionVerifyImpact", id=year.closed(), finding="EMBEDDED", measure="Audit")
    assert sent[0] == sent[1]


def timely(world: World, what: str = "actions") -> tuple[int, ...]:
    """What was due, in time, late and outstanding."""
    names = "due inTime late outstanding"
    found = world.read("unit", f"annualReport(year: 2024) {{ timeliness {{ {what} {{ {names} }} }} }}")
    told = found["annualReport"]["timeliness"][what]
    return tuple(told[name] for name in names.split())


def test_what_is_not_accepted_after_its_due_date_is_outstanding(world: World) -> None:
    late, in_time = (world.a_recommendation(addressedTo=["police"]) for _ in range(2))
    for each in (late, in_time):
        world.do("unit", "recommendationAssign", id=each, leadAgency="police", dueOn=on(10))
    world.at(9)
    world.do("police", "recommendationRespond", id=in_time, answer="NOT_ACCEPTED", reason="Not ours")
    world.at(20)
    assert timely(world, "recommendations") == (1, 0, 0, 1)
    world.do("police", "recommendationRespond", id=late, answer="NOT_ACCEPTED", reason="Not ours")
    assert timely(world, "recommendations") == (1, 0, 0, 1)


def test_a_claim_that_came_late_shows_nothing_until_it_is_accepted(world: World) -> None:
    action, claimed = (world.assigned("police", due=10) for _ in range(2))
    world.at(10)
    world.evidence(claimed)
    world.at(20)
    evidence = world.evidence(action)
    assert timely(world) == (2, 1, 0, 1)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=evidence)
    assert timely(world) == (2, 1, 1, 0)


def test_what_was_closed_as_implemented_without_a_claim_was_done_by_its_closing(world: World) -> None:
    early, late, open_still = (world.assigned("police", due=10) for _ in range(3))
    for day, action in ((9, early), (20, late)):
        world.at(day)
        evidence = world.evidence(action, claimsComplete=False)
        world.do("body", "actionAcceptEvidence", id=action, evidenceId=evidence)
        world.do("body", "actionClose", id=action, outcome="IMPLEMENTED")
    assert timely(world) == (3, 1, 1, 1)
    assert open_still


def answers(world: World) -> tuple[int, ...]:
    """Of formal challenges: due, in time, late."""
    names = "answersDue answeredInTime answeredLate"
    told = world.read("unit", f"annualReport(year: 2024) {{ challenges {{ {names} }} }}")["annualReport"]["challenges"]
    return tuple(told[name] for name in names.split())


def test_only_an_answer_is_counted_as_an_answer_to_a_challenge(world: World) -> None:
    asked = {"agency": "police", "subjects": [], "aboutPerformance": True, "responseDueOn": on(20)}
    answered, late, withdrawn, escalated, resolved = (
        world.do("chair", "challengeIssue", **asked, grounds=f"The {nth}")["id"] for nth in range(5)
    )
    world.at(10)
    world.do("police", "challengeRespond", id=answered, narrative="This is why")
    world.do("chair", "challengeWithdraw", id=withdrawn, reason="Settled")
    assert answers(world) == (4, 1, 0)
    world.at(30)
    world.do("chair", "challengeEscalate", id=escalated, reason="Silence", responseDueOn=on(60))
    world.do("chair", "challengeResolve", id=resolved, outcome="UPHELD", reason="Silence")
    world.do("police", "challengeRespond", id=late, narrative="This is why")
    assert answers(world) == (5, 1, 3)
    world.at(40)
    world.do("chair", "challengeWithdraw", id=escalated, reason="Settled")
    assert answers(world) == (4, 1, 3)
