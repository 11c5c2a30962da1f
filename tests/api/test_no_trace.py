"""Whatever an agency asks, in any field, is answered alike before and after what is not its to learn."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLObjectType

from api.app.founding import FOUNDER
from api.app.serving import create_app
from api.app.settings import Settings
from domain.agency.commands import MergeAgencies
from domain.shared.vocabulary import Role
from support.every_field_queries import SCHEMA, root_fields, selected
from support.partnership_world import KEY, START, World, on

WIDE = Settings(query_tokens=100_000, query_cost=100_000_000, query_depth=50, query_bytes=1_000_000)
WATCHING = ("police", "school")
NEEDED = {"returnRounds": "(since: 2023, until: 2024)", "overdueByAgency": "(includeUpToDate: true)"}
EVENING = 20
"""Later than all that is recorded on a day: a demonstration's clock moves on with each command."""


def everything(world: World, who: str, things: dict[str, str]) -> Any:
    """All fields of the register, of every thing by its id, and the feed of changes; asked in the evening."""
    asked = " ".join(f"{root}: {text}" for root, text in _roots(things))
    nodes = " ".join(f'{name}: node(id: "{id}") {{ ... on {name} {_of(name)} }}' for name, id in things.items())
    feed = "changes(first: 100) { nodes { eventId name subject { id } recordedAt happenedOn by { subject } } }"
    day = (world.register.today() - START).days
    world.at(day, EVENING)
    answer = world.ask(who, f"{{ register {{ {asked} }} {nodes} {feed} }}")
    world.at(day)
    return answer


def _of(name: str) -> str:
    kind = SCHEMA.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    inner = " ".join(f"{field} {selected(of, 2)}" for field, of in kind.fields.items() if not of.args)
    return f"{{ __typename {inner} }}"


def _roots(things: dict[str, str]) -> Iterator[tuple[str, str]]:
    for root, of in root_fields().items():
        if "id" in of.args:
            continue
        year = "(year: 2024)" if "year" in of.args else ""
        given = f'(reviewId: "{things["Review"]}")' if root == "learningCoverage" else NEEDED.get(root, year)
        yield root, f"{root}{given} {selected(of, 2)}"


def member(world: World, body: str) -> str:
    token = world.installation.issue_token(KEY, Role.MONITORING_BODY, body, bodies=[body], independent=True)
    world.tokens = {**world.tokens, body: token}
    return body


@dataclass
class Scene:
    """What `police` has a part in, and beside it what is others'."""

    world: World
    executive: str = field(init=False)
    training: str = field(init=False)

    def __post_init__(self) -> None:
        world = self.world
        self.executive, self.training = member(world, "executive"), member(world, "training")
        self.review = world.a_review()
        self.told = {"reviewId": self.review, "wording": "Share more", "themes": ["neglect"]}
        learnt = world.do("unit", "learningIdentify", "learning { id }", **self.told, agencies=["police", "health"])
        self.learning = learnt["learning"][0]["id"]
        self.brought = {"reviewId": self.review, "method": "briefings", "audience": ["All"]}
        world.do("unit", "learningDisseminate", **self.brought, agencies=["police", "health"])
        self.above = world.a_recommendation(reviewId=self.review, addressedTo=["police"])
        self.action = world.assigned("police", recommendationId=self.above)
        self.others = world.assigned("health", recommendationId=self.above)
        self.published = world.published(title="Known to all", agencies=["health", "council"], reference="P-1")
        self.audit = world.a_review(kind="section-11-audit", title="Section 11", agencies=["police", "health"])
        asked = {"year": 2024, "reviewId": self.audit, "agencies": ["health", "police"]}
        called: Any = world.do("unit", "returnsCall", "id duties { id }", **asked)
        self.theirs, self.own = called

    @property
    def things(self) -> dict[str, str]:
        return {
            "Review": self.review,
            "Recommendation": self.above,
            "Action": self.action,
            "YearlyReturn": self.own["id"],
            "LearningPoint": self.learning,
        }

    def in_reviews(self) -> None:
        """Who took part, what else was found, to whom else it goes, and what they make of it."""
        do, review = self.world.do, self.review
        for each in (review, self.published):
            came = {"participant": "CHILD", "invited": True, "tookPart": "YES", "how": "Met the reviewer"}
            do("unit", "reviewRecordParticipation", id=each, **came)
        do("unit", "learningIdentify", **self.told | {"wording": "Not told yet"}, agencies=["health"])
        do(self.training, "learningTakeUp", reviewId=review, learningId=self.learning, whatWasDone="A course")
        do("unit", "learningDisseminate", **self.brought, agencies=[], bodies=["executive"], learning=[self.learning])
        do("health", "learningConfirm", reviewId=review, assurance="Read by all")
        self.world.a_recommendation(reviewId=review, leadAgency="health")
        do("unit", "reviewRefer", title="A case", agencies=["police"], kind="serious-case-review")
        self.world.a_review(title="Another", agencies=["health", "council"])

    def in_returns(self) -> None:
        do, points = self.world.do, [{"wording": "Train the managers"}]
        found = {"dutyId": self.theirs["duties"][0]["id"], "compliance": "NOT_MET", "words": "Nothing shows it"}
        do("health", "returnSubmit", id=self.theirs["id"], assessments=[found], improvements=points)
        do(self.executive, "returnsJudge", "id", verdicts=[{"id": self.theirs["id"], "improvements": points}])
        do("unit", "reviewRaiseImprovements", id=self.audit, returns=[self.theirs["id"]], dueOn=on(90))

    def in_challenges(self) -> None:
        asked = {"agency": "health", "grounds": "Late", "aboutPerformance": True}
        for subjects in ([], [self.theirs["id"]], [self.published], [self.others]):
            self.world.do("chair", "challengeIssue", **asked, subjects=subjects)
        self.world.evidence(self.others, "health")


def test_what_others_do_leaves_no_trace_in_anything_that_an_agency_asks(world: World) -> None:
    world.app = create_app(world.installation, WIDE)
    scene = Scene(world)
    before = {who: everything(world, who, scene.things) for who in WATCHING}
    scene.in_reviews()
    scene.in_returns()
    scene.in_challenges()
    assert list(traces(before, {who: everything(world, who, scene.things) for who in WATCHING})) == []


def traces(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Where two answers differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in before.keys() | after.keys():
            yield from traces(before.get(name), after.get(name), f"{path}.{name}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, each in enumerate(zip(before, after, strict=True)):
            yield from traces(*each, f"{path}.{number}")
    elif before != after:
        yield f"{path}: {before} → {after}"


def ids(answer: Any) -> set[str]:
    """Of everything that is told of."""
    if isinstance(answer, list):
        return set[str]().union(*map(ids, answer))
    if not isinstance(answer, dict):
        return set()
    own = {answer["id"]} if isinstance(answer.get("id"), str) else set[str]()
    return own.union(*map(ids, answer.values()))


@dataclass
class Merger(Scene):
    """`police` leads and owes, `health` beside it; then `health` is what `police` has gone on in."""

    led: str = field(init=False)
    below: str = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        do = self.world.do
        self.led = self.world.a_recommendation(reviewId=self.review)
        do("unit", "recommendationAssign", id=self.led, leadAgency="police", dueOn=on(60))
        self.below = self.world.assigned("council", recommendationId=self.led)
        for each in (self.led, self.action):
            do("chair", "challengeIssue", agency="police", grounds="Late", subjects=[each])
        self.own_duties = self.duties_of("health")

    def duties_of(self, agency: str) -> list[str]:
        shown = f'review(id: "{self.review}") {{ duties {{ id }} }}'
        return [each["id"] for each in self.world.read(agency, shown)["review"]["duties"]]

    def merge(self) -> None:
        assert self.world.register.handle(MergeAgencies(key="police", into="health"), FOUNDER)

    def what_the_successor_does_by_itself(self) -> None:
        do, review, world = self.world.do, self.review, self.world
        do("health", "learningConfirm", reviewId=review, dutyIds=self.own_duties, assurance="Read by all")
        do("unit", "learningIdentify", **self.told | {"wording": "Since then"}, agencies=["health"])
        do("unit", "learningDisseminate", **self.brought, agencies=["health"])
        found = {"dutyId": self.theirs["duties"][0]["id"], "compliance": "NOT_MET", "words": "Nothing shows it"}
        do("health", "returnSubmit", id=self.theirs["id"], assessments=[found])
        do("health", "reviewRefer", title="A case", agencies=["health"], kind="serious-case-review")
        world.a_review(title="Of the successor", agencies=["health", "council"])
        above = world.a_recommendation(reviewId=review, addressedTo=["health"])
        do("unit", "recommendationAssign", id=above, leadAgency="health", dueOn=on(60))
        do("health", "recommendationRespond", id=above, answer="ACCEPTED")
        for recommendation in (above, self.led):
            action = world.assigned("health", recommendationId=recommendation)
            do("health", "actionReportProgress", id=action, narrative="Begun")
            world.evidence(action, "health")
            do("chair", "challengeIssue", agency="health", grounds="Late", subjects=[action])
        do("health", "actionReportProgress", id=self.others, narrative="Half way")


def test_an_agency_that_ended_reads_what_it_could_and_nothing_of_what_is_its_successors_own(world: World) -> None:
    world.app = create_app(world.installation, WIDE)
    scene = Merger(world)
    could = ids(everything(world, "police", scene.things))
    successors = ids(everything(world, "health", scene.things)) - could
    world.at(2)
    scene.merge()
    world.at(3)
    before = everything(world, "police", scene.things)
    assert could - ids(before) == successors & ids(before) == set()
    assert could <= ids(everything(world, "health", scene.things))
    scene.what_the_successor_does_by_itself()
    assert list(traces(before, everything(world, "police", scene.things))) == []
