"""Whatever is wrong with the second entry of a list is refused by its place in the list: every list of the schema."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    get_named_type,
    is_list_type,
    is_required_argument,
)
from graphql.type import get_nullable_type

from api.relay import global_id
from domain.shared.vocabulary import Role
from support.disseminated_learning import disseminated, learned
from support.every_field_queries import SCHEMA
from support.partnership_world import BODY, LED, World, establish, on

REASONS = {
    "ActionSubmitEvidenceInput.attachments": "nothing is uploaded yet: the first is refused already",
    "RecommendationSubmitEvidenceInput.attachments": "nothing is uploaded yet: the first is refused already",
    "ActionFilter.leadOfficers": "whoever is named may lead something",
    "RecommendationFilter.leadOfficers": "whoever is named may lead something",
    "Mutation.actionSubmitEvidenceBatch(input)": "each item is a command, with an answer of its own",
}
"""Lists whose second entry cannot be refused by its place, and why."""
KNOWN = {"leadAgencies": "police", "agencies": "police", "contributingAgencies": "police", "themes": "neglect"}
KNOWN |= {"monitoredBy": BODY, "kinds": "practice-learning-review", "names": "action.assigned.v1"}
"""What is known, for the lists of keys by which is read."""


class Case(NamedTuple):
    """A command whose list has something wrong in its second entry, and the path of the refusal."""

    whose: str
    who: str
    mutation: str
    given: dict[str, Any]
    path: str

    @property
    def listed(self) -> str:
        """The innermost that the path goes through."""
        before, _, _ = self.path.rpartition(".1")
        return f"{self.whose}.{before.rpartition('.')[2]}"


def other(world: World, key: str, framework: str) -> World:
    return World(world.installation, establish(world.installation, key, framework, ("board",)), key)


def nobody(kind: str) -> str:
    return global_id.encode(kind, uuid4())


def arguments() -> Iterator[tuple[str, str, str, GraphQLArgument]]:
    for kind in SCHEMA.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for field, shown in kind.fields.items():
                yield from ((kind.name, field, name, argument) for name, argument in shown.args.items())


def lists() -> Iterator[str]:
    """Every list that a caller may give: in inputs and filters, and as an argument."""
    for kind in SCHEMA.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            yield from (f"{kind.name}.{name}" for name, field in kind.fields.items() if several(field.type))
    yield from (f"{of}.{field}({name})" for of, field, name, argument in arguments() if several(argument.type))


def several(kind: GraphQLInputType) -> bool:
    return is_list_type(get_nullable_type(kind))


def ids_and_keys(world: World) -> Iterator[Case]:
    review, recommendation, action = world.a_review(), world.a_recommendation(), world.an_action()
    commission: dict[str, Any] = {"kind": "practice-learning-review", "title": "J", "agencies": ["police", "health"]}
    lead = {"leadAgency": "police", "dueOn": on(60)}
    identify = {"reviewId": review, "wording": "Nobody asked", "themes": ["neglect"]}
    raised = {"reviewId": review, "wording": "Share", "themes": ["neglect"]}
    for wrong in ("moon", "", "a" * 121):
        agencies, themes = ["police", wrong], ["neglect", wrong]
        of = {"contributingAgencies": ["health", wrong]}
        yield Case("ActionAssignInput", "unit", "actionAssign", {"id": action, **lead, **of}, "contributingAgencies.1")
        yield Case(
            "RecommendationAssignInput",
            "unit",
            "recommendationAssign",
            {"id": recommendation, **lead, **of},
            "contributingAgencies.1",
        )
        yield Case(
            "ReviewCommissionInput", "unit", "reviewCommission", commission | {"agencies": agencies}, "agencies.1"
        )
        yield Case("ReviewCommissionInput", "unit", "reviewCommission", commission | {"themes": themes}, "themes.1")
        yield Case("ReviewReferInput", "unit", "reviewRefer", {"title": "L", "agencies": agencies}, "agencies.1")
        yield Case("LearningIdentifyInput", "unit", "learningIdentify", identify | {"themes": themes}, "themes.1")
        yield Case("LearningIdentifyInput", "unit", "learningIdentify", identify | {"agencies": agencies}, "agencies.1")
        yield Case("RecommendationRaiseInput", "unit", "recommendationRaise", raised | {"themes": themes}, "themes.1")
        yield Case(
            "RecommendationRaiseInput",
            "unit",
            "recommendationRaise",
            raised | {"addressedTo": agencies},
            "addressedTo.1",
        )
        yield Case("ReturnsCallInput", "unit", "returnsCall", {"year": 2024, "agencies": agencies}, "agencies.1")
        held = {"subject": "x", "role": "MONITORING_BODY", "independent": True, "expiresAt": "2031-01-01T00:00:00Z"}
        yield Case(
            "CredentialIssueInput", "administrator", "credentialIssue", held | {"bodies": [BODY, wrong]}, "bodies.1"
        )


def learning(world: World) -> Iterator[Case]:
    review = disseminated(world)
    point = learned(world, review)
    known = world.read("unit", f'review(id: "{review}") {{ duties {{ id agency {{ key }} }} }}')["review"]["duties"]
    duty = next(each["id"] for each in known if each["agency"]["key"] == "police")
    others = next(each["id"] for each in known if each["agency"]["key"] == "health")
    send = {"reviewId": review, "method": "newsletter", "audience": ["staff"]}
    for name, entries in {
        "audience": ["staff", ""],
        "agencies": ["police", "moon"],
        "bodies": [BODY, "moon"],
        "learning": [point, nobody("learning")],
    }.items():
        yield Case("LearningDisseminateInput", "unit", "learningDisseminate", send | {name: entries}, f"{name}.1")
    yield Case(
        "LearningDisseminateInput", "unit", "learningDisseminate", send | {"learning": [point, "x"]}, "learning.1"
    )
    yield Case(
        "RecommendationRaiseInput",
        "unit",
        "recommendationRaise",
        {"reviewId": review, "wording": "W", "themes": ["neglect"], "learning": [point, nobody("learning")]},
        "learning.1",
    )
    for wrong in (others, nobody("duty"), nobody("action")):
        confirm = {"reviewId": review, "assurance": "Done", "dutyIds": [duty, wrong]}
        yield Case("LearningConfirmInput", "police", "learningConfirm", confirm, "dutyIds.1")


def challenged(world: World) -> Iterator[Case]:
    review = disseminated(world)
    world.do("unit", "clockStart", "id", reviewId=review, clock="report", startedOn=on(0), dueOn=on(3))
    duties = world.read("unit", f'review(id: "{review}") {{ duties {{ id agency {{ key }} }} }}')["review"]["duties"]
    duty = {"arisenFrom": review, "dutyId": next(d["id"] for d in duties if d["agency"]["key"] == "police")}
    others = {"arisenFrom": review, "dutyId": next(d["id"] for d in duties if d["agency"]["key"] == "health")}
    clock = {"reviewId": review, "clock": "report"}
    action = world.assigned("police")
    issue: dict[str, Any] = {"agency": "police", "subjects": [action], "grounds": "Late"}
    wrong: list[tuple[str, Any, Any, str]] = [
        ("subjects", action, world.assigned("council"), "subjects.1"),
        ("subjects", action, nobody("action"), "subjects.1"),
        ("subjects", action, nobody("challenge"), "subjects.1"),
        ("duties", duty, others, "duties.1"),
        ("duties", duty, duty | {"dutyId": nobody("duty")}, "duties.1.dutyId"),
        ("duties", duty, duty | {"arisenFrom": nobody("review")}, "duties.1.arisenFrom"),
        ("duties", duty, duty | {"dutyId": nobody("review")}, "duties.1.dutyId"),
        ("clocks", clock, clock | {"clock": "tower"}, "clocks.1.clock"),
        ("clocks", clock, clock | {"reviewId": nobody("review")}, "clocks.1.reviewId"),
    ]
    for name, good, bad, path in wrong:
        yield Case("ChallengeIssueInput", "chair", "challengeIssue", issue | {name: [good, bad]}, path)


def returns(world: World) -> Iterator[Case]:
    review = world.a_review(kind="section-11-audit", title="Section 11", agencies=["police", "health"])
    called: Any = world.do(
        "unit",
        "returnsCall",
        "id agency { key } duties { id }",
        year=2024,
        reviewId=review,
        agencies=["police", "health"],
    )
    called = sorted(called, key=lambda each: str(each["agency"]["key"]), reverse=True)
    mine, others = (each["duties"] for each in called)
    first, second = (each["id"] for each in called)
    good, foreign = {"dutyId": mine[0]["id"], "compliance": "MET"}, {"dutyId": others[0]["id"], "compliance": "MET"}
    mend, strange = {"wording": "Mend it"}, {"wording": "Mend it", "dutyId": others[0]["id"]}
    submit = {"id": first, "assessments": [good]}
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"assessments": [good, foreign]}, "assessments.1.dutyId"),
        ({"assessments": [good, good]}, "assessments.1.dutyId"),
        ({"assessments": [good, good | {"dutyId": nobody("action")}]}, "assessments.1.dutyId"),
        ({"improvements": [mend, strange]}, "improvements.1.dutyId"),
        ({"improvements": [mend, {"wording": ""}]}, "improvements.1.wording"),
    ]
    for given, path in wrong:
        yield Case("ReturnSubmitInput", "police", "returnSubmit", submit | given, path)
    confirm = {"id": first, "assurance": "Done", "dutyIds": [mine[0]["id"], others[0]["id"]]}
    yield Case("ReturnConfirmInput", "police", "returnConfirm", confirm, "dutyIds.1")
    for agency, each in zip(("police", "health"), called, strict=True):
        assessed = [{"dutyId": each["duties"][0]["id"], "compliance": "NOT_MET"}]
        world.do(agency, "returnSubmit", "id", id=each["id"], assessments=assessed, improvements=[mend])
    token = world.installation.issue_token(
        world.key, Role.MONITORING_BODY, "group", bodies=["executive"], independent=True
    )
    world.tokens = {**world.tokens, "group": token}
    said, theirs = {"id": first, "narrative": "Seen"}, {"dutyId": others[0]["id"], "compliance": "MET"}
    refused: list[tuple[str, dict[str, Any], str]] = [
        ("ReturnsJudgeInput", said, "verdicts.1.id"),
        ("ReturnsJudgeInput", said | {"id": nobody("return")}, "verdicts.1.id"),
        ("ReturnsJudgeInput", said | {"id": nobody("action")}, "verdicts.1.id"),
        ("ReturnVerdictInput", {"id": second, "assessments": [theirs, good]}, "verdicts.1.assessments.1.dutyId"),
        (
            "ReturnVerdictInput",
            {"id": second, "improvements": [mend, mend | {"dutyId": good["dutyId"]}]},
            "verdicts.1.improvements.1.dutyId",
        ),
    ]
    for whose, verdict, path in refused:
        yield Case(whose, "group", "returnsJudge", {"verdicts": [said, verdict]}, path)
    apart: Any = world.do("unit", "returnsCall", "id", year=2023, reviewId=world.a_review(), agencies=["police"])
    for each in (nobody("return"), nobody("action"), apart[0]["id"]):
        raising = {"id": review, "returns": [first, each], "dueOn": on(90)}
        yield Case("ReviewRaiseImprovementsInput", "unit", "reviewRaiseImprovements", raising, "returns.1")


def reviews(world: World) -> Iterator[Case]:
    above, elsewhere = world.a_review(), world.a_recommendation()
    check = {"kind": "practice-learning-review", "title": "J", "agencies": ["police"], "followsUp": above}
    arisen = world.a_recommendation(reviewId=above)
    for wrong in (elsewhere, nobody("recommendation"), nobody("action")):
        yield Case("ReviewCommissionInput", "unit", "reviewCommission", check | {"checks": [arisen, wrong]}, "checks.1")
    yield Case(
        "ReviewCommissionInput",
        "unit",
        "reviewCommission",
        check | {"stakeholders": ["families", ""]},
        "stakeholders.1",
    )
    method = {"key": "method", "text": "Interviews"}
    for section, name in (
        (method, "key"),
        ({"key": "conduct-moon", "text": "x"}, "key"),
        (method | {"text": ""}, "text"),
    ):
        complete = {"id": above, "sections": [method, section]}
        yield Case("ReviewCompleteInput", "unit", "reviewComplete", complete, f"sections.1.{name}")
    yield Case(
        "AuditProgrammeAgreeInput",
        "chair",
        "auditProgrammeAgree",
        {"year": 2024, "topics": ["neglect", "moon"]},
        "topics.1",
    )


def what_sunderland_asks(world: World) -> Iterator[Case]:
    after = {"kind": "after-action-review", "title": "K", "agencies": ["police", "health"], "mandatedBy": "board"}
    after |= {"facilitator": "Ms Okoro"}
    practice = {"condition": "issues with practice in the case", "words": "So"}
    for condition, name in (
        (practice, "condition"),
        ({"condition": "moon", "words": "x"}, "condition"),
        (practice | {"words": ""}, "words"),
    ):
        given = after | {"conditionsMet": [practice, condition]}
        yield Case("ReviewCommissionInput", "unit", "reviewCommission", given, f"conditionsMet.1.{name}")
    serious = {
        "kind": "serious-case-review",
        "title": "K",
        "agencies": ["police", "health"],
        "mandatedBy": "board",
        **LED,
    }
    died = {"criterion": "child-died", "words": "In May"}
    for criterion, name in (
        (died, "criterion"),
        (died | {"criterion": "moon"}, "criterion"),
        (died | {"words": ""}, "words"),
    ):
        given = serious | {"criteriaMet": [died, criterion]}
        yield Case("ReviewCommissionInput", "unit", "reviewCommission", given, f"criteriaMet.1.{name}")
    refer = {"title": "Q", "agencies": ["police"], "circumstances": ["death-in-custody-or-detention", "moon"]}
    yield Case("ReviewReferInput", "unit", "reviewRefer", refer, "circumstances.1")


def numbers(world: World) -> Iterator[Case]:
    agreed = {"rhythm": "frontline-visits", "times": 1}
    for number, name in (
        (agreed, "rhythm"),
        ({"rhythm": "moon", "times": 1}, "rhythm"),
        ({"rhythm": "visits-with-children", "times": 0}, "times"),
    ):
        given = {"year": 2024, "topics": ["neglect"], "numbers": [agreed, number]}
        yield Case("AuditProgrammeAgreeInput", "chair", "auditProgrammeAgree", given, f"numbers.1.{name}")


# ---- what is read by a list ----


class Read(NamedTuple):
    listed: str
    text: str
    path: list[str]


def reads() -> Iterator[Read]:
    """Each list of a filter and of an argument, with a second entry that is none."""
    for of, field, name, argument in arguments():
        kind = get_named_type(argument.type)
        if of == "Mutation":
            continue
        if several(argument.type):
            yield Read(f"{of}.{field}({name})", asked(of, field, f"{name}: {entries(name, argument.type)}"), [name])
        elif isinstance(kind, GraphQLInputObjectType):
            for inner, each in kind.fields.items():
                if several(each.type) and f"{kind.name}.{inner}" not in REASONS:
                    given = f"{name}: {{ {inner}: {entries(inner, each.type)} }}"
                    yield Read(f"{kind.name}.{inner}", asked(of, field, given), [name, inner])


def entries(name: str, kind: GraphQLInputType) -> str:
    of = get_named_type(kind)
    if isinstance(of, GraphQLEnumType):
        return f"[{next(iter(of.values))}, MOON]"
    return '[1, "moon"]' if of.name == "Int" else f'["{KNOWN[name]}", "moon"]'


def asked(of: str, field: str, given: str) -> str:
    kind = SCHEMA.type_map[of]
    assert isinstance(kind, GraphQLObjectType)
    needed = [f"{name}: 2024" for name, each in kind.fields[field].args.items() if is_required_argument(each)]
    text = f"{field}({', '.join((*needed, given))}) {{ __typename }}"
    return {"Query": text, "Oversight": f"register {{ oversight {{ {text} }} }}"}.get(of, f"register {{ {text} }}")


def test_what_is_wrong_with_the_second_entry_of_a_list_is_refused_by_its_place(world: World) -> None:
    elsewhere = {
        what_sunderland_asks: other(world, "sunderland", "sunderland-2015"),
        numbers: other(world, "knowsley-now", "knowsley-2020"),
    }
    found = set[str]()
    for cases in (ids_and_keys, learning, challenged, returns, reviews, *elsewhere):
        of = elsewhere.get(cases, world)
        for case in cases(of):
            payload = of.send_command(case.who, case.mutation, "id", **case.given)
            refused = [(each["message"], ".".join(each["field"] or ())) for each in payload["userErrors"]]
            assert [path for _, path in refused] == [case.path], (case, refused)
            found.add(case.listed)
    for read in reads():
        [error] = world.answer("inspector", f"{{ {read.text} }}")["errors"]
        assert error["extensions"]["field"] == [*read.path, "1"], (read, error)
        found.add(read.listed)
    assert found.isdisjoint(REASONS)
    assert set(lists()) == found | REASONS.keys()
