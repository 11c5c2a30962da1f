"""What each role sees, by every path to an object; an agency sees its own and what is published, and never more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from support.disseminated_learning import disseminated
from support.partnership_world import BODY, OTHER_BODY, Stage, World, on

ALL_SEEING = ("unit", "chair", "body", "inspector", "administrator")
REVIEW = (
    "id version reference title stage kind { key } commissionedOn leadReviewer agencies { key } monitoredBy { key }"
)
LISTS = "history { name }"
RECOMMENDATION = """id version reference wording stage challenged overdue daysOverdue awaitingReview responseOverdue
  need themes { key } learning { id } leadAgency { key } contributingAgencies { key } addressedTo { key } leadOfficer
  monitoredBy { key } responses { answer } originalDueOn dueOn progress { narrative } evidence { narrative }
  extensions { reason } challenges { grounds } closure { outcome } impact { finding } impacts { finding }
  history { name }"""
ACTION = "id reference progress { narrative } evidence { narrative } history { name }"
NODE = "query ($id: ID!, $at: DateTime) { node(id: $id, knownAt: $at) { __typename id } }"


@dataclass
class Scene:
    """Police leads an action; health contributes to nothing; council leads the recommendation above it."""

    world: World
    review: str
    recommendation: str
    action: str
    challenge: str
    learning: str


def story(world: World) -> dict[str, str]:
    review = world.a_review(leadReviewer="Dr Day", agencies=["police", "council"])
    learned = {"reviewId": review, "wording": "Nobody asked", "themes": ["neglect"]}
    learning = world.do("unit", "learningIdentify", "learning { id }", **learned)["learning"][0]["id"]
    recommendation = world.a_recommendation(reviewId=review, need="Early help", learning=[learning])
    world.do(
        "unit", "recommendationAssign", id=recommendation, leadAgency="council", dueOn=on(90), leadOfficer="Ms Lee"
    )
    world.do("council", "recommendationReportProgress", id=recommendation, narrative="Council's own")
    action = world.assigned("police", recommendationId=recommendation)
    world.do("police", "actionReportProgress", id=action, narrative="Half way")
    world.evidence(action)
    issued = {"agency": "police", "subjects": [action], "grounds": "Late"}
    challenge = world.do("chair", "challengeIssue", **issued)["id"]
    return {
        "review": review,
        "recommendation": recommendation,
        "action": action,
        "challenge": challenge,
        "learning": learning,
    }


@pytest.fixture
def scene(stage: Stage) -> Scene:
    staged = stage(story)
    return Scene(staged.world, **staged.told)


def seen(scene: Scene, who: str, kind: str, selection: str) -> Any:
    return scene.world.read(who, f'{kind}(id: "{getattr(scene, kind)}") {{ {selection} }}')[kind]


def listed(scene: Scene, who: str, kind: str) -> list[str]:
    found = scene.world.read(who, f"{kind}s {{ totalCount nodes {{ id }} }}")[f"{kind}s"]
    assert found["totalCount"] == len(found["nodes"])
    return [node["id"] for node in found["nodes"]]


@pytest.mark.parametrize("who", ALL_SEEING)
@pytest.mark.parametrize("kind", ["review", "recommendation", "action", "challenge"])
def test_everybody_but_an_agency_sees_everything(scene: Scene, who: str, kind: str) -> None:
    assert listed(scene, who, kind) == [getattr(scene, kind)]
    assert seen(scene, who, kind, "id history { name }")["history"]


PATHS: dict[str, Callable[[Scene, str, str], Any]] = {
    "list": lambda scene, who, kind: getattr(scene, kind) in listed(scene, who, kind) or None,
    "one": lambda scene, who, kind: seen(scene, who, kind, "id"),
    "node": lambda scene, who, kind: scene.world.ask(who, NODE, id=getattr(scene, kind))["node"],
    "one as known now": lambda scene, who, kind: scene.world.read(
        who, f'{kind}(id: "{getattr(scene, kind)}") {{ id }}', knownAt=scene.world.known_at()
    )[kind],
    "node as known now": lambda scene, who, kind: scene.world.ask(
        who, NODE, id=getattr(scene, kind), at=scene.world.known_at()
    )["node"],
    "changes": lambda scene, who, kind: getattr(scene, kind) in changed(scene.world, who) or None,
}


def changed(world: World, who: str) -> set[str]:
    return {
        node["subject"]["id"] for node in world.ask(who, "{ changes { nodes { subject { id } } } }")["changes"]["nodes"]
    }


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", ["review", "recommendation", "action", "challenge"])
def test_an_agency_with_no_part_in_it_sees_nothing_by_any_path(scene: Scene, path: str, kind: str) -> None:
    assert PATHS[path](scene, "health", kind) is None
    assert PATHS[path](scene, "inspector", kind) is not None


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", ["action", "challenge"])
def test_the_lead_sees_its_action_and_the_challenge_to_it_by_every_path(scene: Scene, path: str, kind: str) -> None:
    assert PATHS[path](scene, "police", kind) is not None


def test_the_lead_of_an_action_sees_headers_above_it_and_nothing_else_of_them(scene: Scene) -> None:
    recommendation = seen(scene, "police", "recommendation", RECOMMENDATION)
    shown = {name: value for name, value in recommendation.items() if value not in (None, [], False, 0)}
    assert shown.keys() == {"id", "reference", "wording", "stage"}
    review = seen(scene, "police", "review", f"{REVIEW} {LISTS} learning {{ id }}")
    shown = {name: value for name, value in review.items() if value not in (None, [], False, 0)}
    assert shown.keys() == {"id", "reference", "title", "stage", "kind"}


@pytest.mark.parametrize("kind", ["review", "recommendation"])
def test_a_header_is_reached_from_below_and_by_id_and_never_listed(scene: Scene, kind: str) -> None:
    assert listed(scene, "police", kind) == []
    assert seen(scene, "police", kind, "reference")["reference"]
    nested = scene.world.read("police", "actions { nodes { recommendation { reference review { reference } } } }")
    assert nested["actions"]["nodes"][0]["recommendation"]["review"]["reference"]


def test_the_lead_of_a_recommendation_sees_its_actions_without_the_evidence_of_others(scene: Scene) -> None:
    found = seen(scene, "council", "action", ACTION)
    assert [each["narrative"] for each in found["progress"]] == ["Half way"]
    assert found["evidence"] == []
    names = [entry["name"] for entry in found["history"]]
    assert "action.progress_reported.v1" in names
    assert not [name for name in names if "evidence" in name]
    hidden = scene.world.ask("council", "{ changes { nodes { name } } }")["changes"]["nodes"]
    assert not [each for each in hidden if each["name"].startswith("action.evidence")]


def test_evidence_that_is_hidden_cannot_be_filtered_for(scene: Scene) -> None:
    filtered = "actions(filter: {evidenceVerdicts: [AWAITING]}) { totalCount }"
    assert scene.world.read("council", filtered)["actions"]["totalCount"] == 0
    assert scene.world.read("police", filtered)["actions"]["totalCount"] == 1


def test_its_own_evidence_stays_when_an_action_has_been_transferred_away_from_the_lead_above(scene: Scene) -> None:
    world = scene.world
    action = world.assigned("council", recommendationId=scene.recommendation)
    world.evidence(action, "council", narrative="Ours", claimsComplete=False)
    world.do("unit", "actionTransfer", id=action, toAgency="police", reason="Moved")
    world.evidence(action, "police", narrative="Theirs", claimsComplete=False)
    found = world.ask("council", f"query ($id: ID!) {{ node(id: $id) {{ ... on Action {{ {ACTION} }} }} }}", id=action)[
        "node"
    ]
    assert [each["narrative"] for each in found["evidence"]] == ["Ours"]
    assert [entry["name"] for entry in found["history"]].count("action.evidence_submitted.v1") == 1


def test_what_is_published_shows_learning_and_answers_and_never_progress_or_challenges(scene: Scene) -> None:
    world = scene.world
    world.do("council", "recommendationRespond", id=scene.recommendation, answer="ACCEPTED")
    world.do("unit", "reviewComplete", id=scene.review)
    world.do("chair", "reviewPublish", id=scene.review, boardResponse="We accept it")
    review = seen(scene, "health", "review", f"{REVIEW} boardResponse {LISTS} learning {{ wording review {{ id }} }}")
    assert (review["boardResponse"], review["leadReviewer"], review["history"]) == ("We accept it", "Dr Day", [])
    assert review["learning"] == [{"wording": "Nobody asked", "review": {"id": scene.review}}]
    found = seen(scene, "health", "recommendation", f"{RECOMMENDATION} actions {{ totalCount nodes {{ id }} }}")
    assert (found["need"], found["responses"]) == ("Early help", [{"answer": "ACCEPTED"}])
    assert found["leadAgency"] == {"key": "council"}
    hidden = ("progress", "evidence", "extensions", "challenges", "impacts", "history")
    assert {name: found[name] for name in hidden} == {name: [] for name in hidden}
    assert (found["leadOfficer"], found["actions"]) == (None, {"totalCount": 0, "nodes": []})
    assert world.ask("health", NODE, id=scene.learning)["node"]["id"] == scene.learning
    assert {change["name"] for change in world.ask("health", "{ changes { nodes { name } } }")["changes"]["nodes"]} == {
        "review.published.v1"
    }


@pytest.mark.parametrize("name", ["overdue", "challenged", "awaitingReview", "responseOverdue", "awaitingImpact"])
def test_what_a_published_recommendation_hides_cannot_be_filtered_for(scene: Scene, name: str) -> None:
    world = scene.world
    world.do("unit", "reviewComplete", id=scene.review)
    world.do("chair", "reviewPublish", id=scene.review, boardResponse="We accept it")
    for value in ("true", "false"):
        found = world.read("health", f"recommendations(filter: {{{name}: {value}}}) {{ totalCount }}")
        assert found["recommendations"]["totalCount"] == 0
    assert world.read("health", "recommendations { totalCount }")["recommendations"]["totalCount"] == 1


def test_learning_of_a_review_that_is_a_header_is_not_shown(scene: Scene) -> None:
    assert scene.world.ask("police", NODE, id=scene.learning)["node"] is None
    assert scene.world.ask("unit", NODE, id=scene.learning)["node"] is not None


def test_todays_position_decides_whatever_moment_is_asked_about(scene: Scene) -> None:
    world, then = scene.world, scene.world.known_at()
    assert seen(scene, "health", "action", "id") is None
    world.do("unit", "actionTransfer", id=scene.action, toAgency="health", reason="Moved")
    earlier = world.read("health", f'action(id: "{scene.action}") {{ leadAgency {{ key }} }}', knownAt=then)
    assert earlier["action"] == {"leadAgency": {"key": "police"}}
    assert world.read("police", f'action(id: "{scene.action}") {{ id }}', knownAt=then)["action"] is None


def test_an_agency_sees_its_own_row_of_what_is_overdue_only(scene: Scene) -> None:
    scene.world.at(200)
    rows = scene.world.read("police", "overdueByAgency { agency { key } overdue }")["overdueByAgency"]
    assert [row["agency"]["key"] for row in rows] == ["police"]
    everybody = scene.world.read("unit", "overdueByAgency(includeUpToDate: true) { agency { key } }")["overdueByAgency"]
    assert {row["agency"]["key"] for row in everybody} == {"police", "health", "council", "school"}
    asked = 'overdueByAgency(agencies: ["council"], includeUpToDate: true) { agency { key } }'
    assert scene.world.read("police", asked)["overdueByAgency"] == []


def test_totals_are_cut_to_what_an_agency_sees(scene: Scene) -> None:
    scene.world.an_action(recommendationId=scene.recommendation)
    assert scene.world.read("unit", "unassigned")["unassigned"] == 1
    assert scene.world.read("council", "unassigned")["unassigned"] == 1
    assert scene.world.read("health", "unassigned")["unassigned"] == 0
    assert scene.world.read("health", "recurringLearning(filter: {minimumReviews: 1}) { nodes { occurrences } }") == {
        "recurringLearning": {"nodes": []}
    }


HIDDEN = [
    ("actionReportProgress", {"narrative": "x"}),
    ("actionSubmitEvidence", {"narrative": "x"}),
    ("actionRequestExtension", {"until": on(99), "reason": "x"}),
    ("actionClose", {"outcome": "IMPLEMENTED"}),
    ("actionReportProgress", {"narrative": "x", "expectedVersion": 1}),
]


@pytest.mark.parametrize(("mutation", "given"), HIDDEN)
def test_a_command_on_what_an_agency_may_not_see_is_not_found(
    scene: Scene, mutation: str, given: dict[str, Any]
) -> None:
    assert scene.world.refused("health", mutation, id=scene.action, **given) == ["NOT_FOUND"]


def test_a_hidden_recommendation_review_and_challenge_are_not_found_either(scene: Scene) -> None:
    world = scene.world
    asked = {"recommendationId": scene.recommendation, "wording": "Train"}
    assert world.refused("health", "actionRaise", **asked) == ["NOT_FOUND"]
    assert world.refused("health", "recommendationRespond", id=scene.recommendation, answer="ACCEPTED") == ["NOT_FOUND"]
    assert world.refused("health", "challengeRespond", id=scene.challenge, narrative="x") == ["NOT_FOUND"]
    assert world.refused("health", "reviewComplete", id=scene.review) == ["NOT_FOUND"]


def test_a_command_on_what_an_agency_sees_is_told_why_it_is_refused(scene: Scene) -> None:
    assert scene.world.refused("council", "actionReportProgress", id=scene.action, narrative="x") == ["NOT_PERMITTED"]


def test_no_token_no_answer(world: World) -> None:
    assert world.send("nonsense", "{ viewer { subject } }").status_code == 401


def test_a_lead_that_is_only_proposed_is_not_asked_and_does_not_read(partnership: World) -> None:
    raised = partnership.a_recommendation(leadAgency="health", addressedTo=["police"], responseDueOn=on(10))
    partnership.at(20)
    shown = "addressedTo { key } responseOverdue"
    selection = f'recommendation(id: "{raised}") {{ {shown} }} overdueByAgency {{ responsesOverdue }}'
    asked = {"addressedTo": [{"key": "police"}], "responseOverdue": True}
    assert partnership.read("police", selection) == {
        "recommendation": asked,
        "overdueByAgency": [{"responsesOverdue": 1}],
    }
    assert partnership.read("health", selection) == {"recommendation": None, "overdueByAgency": []}
    assert partnership.refused("health", "recommendationRespond", id=raised, answer="ACCEPTED") == ["NOT_FOUND"]


def test_what_the_header_above_hides_cannot_be_filtered_for(scene: Scene) -> None:
    world = scene.world

    def found(who: str, theme: str) -> int:
        counted = world.read(who, f'actions(filter: {{themes: ["{theme}"]}}) {{ totalCount nodes {{ id }} }}')[
            "actions"
        ]
        assert counted["totalCount"] == len(counted["nodes"])
        return len(counted["nodes"])

    assert seen(scene, "police", "recommendation", "themes { key }") == {"themes": []}
    assert [found("police", theme) for theme in ("neglect", "supervision")] == [0, 0]
    for who in ("council", "unit"):
        assert [found(who, theme) for theme in ("neglect", "supervision")] == [1, 0]


def test_a_plan_below_a_header_is_found_by_the_bodies_of_what_is_seen_and_not_by_those_that_it_hides(
    scene: Scene,
) -> None:
    told = disseminated(scene.world, scene.world.a_review(agencies=["health"]), agencies=["health"])

    def plans(who: str, asked: str) -> list[str]:
        read = scene.world.read(who, f"implementation{asked} {{ review {{ id }} }}")["implementation"]
        return [each["review"]["id"] for each in read]

    hidden = scene.world.read("health", f'review(id: "{told}") {{ monitoredBy {{ key }} }}')
    assert hidden == {"review": {"monitoredBy": []}}
    asked = [f'(monitoredBy: "{body}")' for body in (BODY, OTHER_BODY)]
    assert (plans("police", ""), plans("health", "")) == ([scene.review], [told])
    assert [plans("police", each) for each in asked] == [[scene.review], []]
    assert [plans("health", each) for each in asked] == [[], []]
    assert [sorted(plans("unit", each)) for each in asked] == [sorted([scene.review, told]), []]
