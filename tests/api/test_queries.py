"""The register's readings: its two questions, its two moments, its filters and names."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from psycopg.pq import TransactionStatus

from api.app.serving import create_app
from api.app.settings import Settings
from api.context import Context
from api.relay.global_id import decode
from domain.action.commands import RaiseAction
from domain.lifecycle.commands import SubmitEvidence
from domain.shared.actor import Caller
from domain.shared.vocabulary import Kind, Role
from projections.engine.query_context import COUNTED_AT_ONCE
from projections.queries.entries.query import EntryRead
from support.partnership_world import World, on

UNIT = Caller("officer", Role.BUSINESS_UNIT)


def overdue(world: World, **moment: str) -> dict[str, int]:
    rows = world.read("inspector", "overdueByAgency { agency { key } overdue }", **moment)["overdueByAgency"]
    return {row["agency"]["key"]: row["overdue"] for row in rows if row["overdue"]}


def test_what_was_known_and_what_was_true_are_two_questions(world: World) -> None:
    action = world.assigned("police", due=5)
    world.at(20)
    evidence = world.evidence(action, completedOn=on(3))
    before_the_verdict = world.known_at()
    world.at(30)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=evidence)
    assert overdue(world, knownAt=before_the_verdict, effectiveOn=on(10)) == {"police": 1}
    assert overdue(world, effectiveOn=on(10)) == {}
    asked = "overdueByAgency(includeUpToDate: true) { agency { key } reportedLate actions { totalCount } }"
    rows = world.read("inspector", asked, effectiveOn=on(10))["overdueByAgency"]
    assert {row["agency"]["key"]: row["reportedLate"] for row in rows}["police"] == 1


def test_the_actions_of_a_row_are_its_overdue_actions(world: World) -> None:
    late, _ = world.assigned("police", due=5), world.assigned("police", due=50)
    neighbour = world.assigned("health", due=5)
    world.at(10)
    rows = world.read("unit", "overdueByAgency { agency { key } open actions { totalCount nodes { id } } }")
    found = {row["agency"]["key"]: row for row in rows["overdueByAgency"]}
    assert found["police"]["actions"] == {"totalCount": 1, "nodes": [{"id": late}]}
    assert (found["police"]["open"], found["health"]["actions"]["nodes"]) == (2, [{"id": neighbour}])


def test_which_learning_recurs(world: World) -> None:
    first = world.a_recommendation()
    world.at(40)
    second = world.a_recommendation()
    asked = """recurringLearning { nodes { theme { key } occurrences reviews firstSeenOn lastSeenOn
      recurredAfterClosure perYear { year occurrences }
      recommendations(first: 1) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }"""
    found = world.read("inspector", asked)["recurringLearning"]["nodes"]
    page = found[0].pop("recommendations")
    assert found == [
        {
            "theme": {"key": "neglect"},
            "occurrences": 2,
            "reviews": 2,
            "firstSeenOn": on(0),
            "lastSeenOn": on(40),
            "recurredAfterClosure": 0,
            "perYear": [{"year": 2024, "occurrences": 2}],
        }
    ]
    assert (page["totalCount"], page["nodes"], page["pageInfo"]["hasNextPage"]) == (2, [{"id": second}], True)
    cursor = page["pageInfo"]["endCursor"]
    behind = f'recurringLearning {{ nodes {{ recommendations(after: "{cursor}") {{ nodes {{ id }} }} }} }}'
    assert world.read("inspector", behind)["recurringLearning"]["nodes"] == [
        {"recommendations": {"nodes": [{"id": first}]}}
    ]


def test_a_moment_to_come_is_invalid(world: World) -> None:
    found = world.answer("unit", '{ register(knownAt: "2124-01-01T00:00:00Z") { position } }')
    assert found["errors"][0]["extensions"] == {"code": "INVALID", "field": ["knownAt"]}


def test_the_day_is_that_of_the_moment_and_knowledge_is_clamped_to_what_there_is(world: World) -> None:
    newest = world.known_at()
    world.at(9, hour=12)
    found = world.read("unit", "knownAt effectiveOn", knownAt="2024-01-16T23:30:00+00:00")
    assert found == {"knownAt": newest, "effectiveOn": on(8)}
    assert world.read("unit", "effectiveOn")["effectiveOn"] == on(9)
    assert world.read("unit", "effectiveOn", effectiveOn=on(3))["effectiveOn"] == on(3)


def test_the_day_is_the_partnerships_own_in_summer(world: World) -> None:
    world.at(200)
    assert world.read("unit", "effectiveOn", knownAt="2024-06-30T23:30:00Z")["effectiveOn"] == "2024-07-01"


def test_the_earliest_moment_has_nothing_in_it(world: World) -> None:
    world.assigned()
    asked = "position partnership { key } agencies { key } actions { totalCount nodes { id } }"
    found = world.read("unit", asked, knownAt="0001-01-02T00:00:00Z", effectiveOn="2024-01-08")
    assert (found["position"], found["agencies"], found["actions"]["nodes"]) == ("0", [], [])


def test_a_moment_before_every_calendar_is_refused_and_no_fault(world: World) -> None:
    found = world.answer("unit", '{ register(knownAt: "0001-01-01T00:00:00Z") { position } }')
    assert found["errors"][0]["extensions"]["code"] == "INVALID"


def test_an_earlier_moment_answers_below_every_field(world: World) -> None:
    action = world.assigned("police")
    then = world.known_at()
    world.do("police", "actionReportProgress", id=action, narrative="Half way")
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="Moved")
    shown = "leadAgency { key } progress { narrative } history { name }"
    past = world.read("unit", f'action(id: "{action}") {{ {shown} }}', knownAt=then)["action"]
    assert (past["leadAgency"], past["progress"], len(past["history"])) == ({"key": "police"}, [], 2)
    query = f'{{ node(id: "{action}", knownAt: "{then}") {{ ... on Action {{ {shown} }} }} }}'
    assert world.ask("unit", query)["node"] == past


def test_the_viewer_is_told_who_they_are_and_what_they_may_do(world: World) -> None:
    asked = """{ viewer { subject role agency { key } monitoringBodies { key } permittedCommands
      partnership { key timeZone } } }"""
    assert world.ask("police", asked)["viewer"] == {
        "subject": "police",
        "role": "AGENCY",
        "agency": {"key": "police"},
        "monitoringBodies": [],
        "permittedCommands": [
            "learningConfirm",
            "recommendationRespond",
            *(
                f"recommendation{name}"
                for name in ("ReportProgress", "SubmitEvidence", "WithdrawEvidence", "RequestExtension")
            ),
            *(
                f"action{name}"
                for name in ("Raise", "ReportProgress", "SubmitEvidence", "WithdrawEvidence", "RequestExtension")
            ),
            "actionSubmitEvidenceBatch",
            "challengeRespond",
            "reviewRefer",
            "returnConfirm",
            "returnSubmit",
        ],
        "partnership": {"key": "knowsley", "timeZone": "Europe/London"},
    }
    assert world.ask("inspector", "{ viewer { permittedCommands } }")["viewer"]["permittedCommands"] == []


def test_the_framework_is_shown_as_its_file_gives_it(world: World) -> None:
    asked = """{ viewer { partnership { framework { name reviewKinds { key monitoredBy { name accountableTo { key } } }
      disseminationMethods impactMeasures challengeRoute { level workingDays } deadlines { length unit }
      stakeholders } } } }"""
    framework = world.ask("unit", asked)["viewer"]["partnership"]["framework"]
    assert "serious-case-review" in {kind["key"] for kind in framework["reviewKinds"]}
    assert framework["challengeRoute"][0]["level"] == 1


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ('actions(filter: {leadAgencies: ["navy"]}) { totalCount }', "UNKNOWN_AGENCY", "leadAgencies 0"),
        ('actions(filter: {themes: ["fun"]}) { totalCount }', "UNKNOWN_THEME", "themes 0"),
        ('actions(filter: {monitoredBy: ["nobody"]}) { totalCount }', "UNKNOWN_BODY", "monitoredBy 0"),
        ('reviews(filter: {kinds: ["seance"]}) { totalCount }', "UNKNOWN_REVIEW_KIND", "kinds 0"),
        ('actions(filter: {reviewId: "nonsense"}) { totalCount }', "NOT_FOUND", "reviewId"),
        ('recurringLearning(filter: {agencies: ["navy"]}) { nodes { occurrences } }', "UNKNOWN_AGENCY", "agencies 0"),
    ],
)
def test_an_unknown_key_in_a_filter_is_refused_by_name(world: World, asked: str, code: str, field: str) -> None:
    error = world.answer("unit", f"{{ register {{ {asked} }} }}")["errors"][0]
    assert error["extensions"] == {"code": code, "field": ["filter", *field.split()]}


def test_an_unknown_agency_is_refused_outside_filters_too(world: World) -> None:
    overdue = world.answer("unit", '{ register { overdueByAgency(agencies: ["navy"]) { overdue } } }')
    changes = world.answer("unit", '{ changes(agencies: ["navy"]) { nodes { name } } }')
    assert {each["errors"][0]["extensions"]["code"] for each in (overdue, changes)} == {"UNKNOWN_AGENCY"}


FILTERS: list[tuple[str, dict[str, Any]]] = [
    ("actions", {"stages": ["ASSIGNED"]}),
    ("actions", {"leadAgencies": ["police"]}),
    ("actions", {"overdue": True}),
    ("actions", {"overdueAgainstOriginal": True}),
    ("actions", {"dueBefore": on(8)}),
    ("actions", {"themes": ["neglect"]}),
    ("actions", {"text": "TRAIN"}),
    ("actions", {"challenged": False, "awaitingReview": False, "extensionPending": False, "awaitingImpact": False}),
    ("recommendations", {"unassigned": True, "text": "chronology", "themes": ["neglect"], "monitoredBy": None}),
    (
        "reviews",
        {"kinds": ["practice-learning-review"], "stages": ["COMMISSIONED"], "agencies": ["health"], "text": "child"},
    ),
]
NONE: list[tuple[str, dict[str, Any]]] = [
    ("actions", {"contributingAgencies": ["health"]}),
    ("actions", {"evidenceVerdicts": ["ACCEPTED"]}),
    ("actions", {"closureOutcomes": ["IMPLEMENTED"], "impacts": ["EMBEDDED"]}),
    ("actions", {"text": "%"}),
    ("actions", {"text": "_rain"}),
    ("recommendations", {"answers": ["ACCEPTED"], "responseOverdue": True, "awaitingImpact": True, "overdue": True}),
    ("challenges", {"stages": ["ISSUED"], "agencies": ["police"], "overdue": True}),
]


@pytest.mark.parametrize(
    ("what", "given", "expected"), [(*each, 1) for each in FILTERS] + [(*each, 0) for each in NONE]
)
def test_a_filter_finds_what_it_names(world: World, what: str, given: dict[str, Any], expected: int) -> None:
    world.assigned("police", due=5)
    world.at(10)
    kind = f"{what[0].upper()}{what[1:-1]}Filter"
    query = f"query ($filter: {kind}) {{ register {{ {what}(filter: $filter) {{ totalCount nodes {{ id }} }} }} }}"
    found = world.ask("unit", query, filter=given)["register"][what]
    assert (found["totalCount"], len(found["nodes"])) == (expected, expected)


def test_a_text_with_a_nul_character_is_refused_and_no_fault(world: World) -> None:
    query = "query ($text: String) { register { actions(filter: {text: $text}) { totalCount } } }"
    assert world.answer("unit", query, text="a\0b")["errors"][0]["extensions"]["code"] == "INVALID"


def test_nothing_is_found_under_an_id_of_nothing(world: World) -> None:
    query = '{ node(id: "nonsense") { id } register { action(id: "nonsense") { id } review(id: "") { id } } }'
    assert world.ask("unit", query) == {"node": None, "register": {"action": None, "review": None}}


def test_agencies_and_themes_are_nodes(world: World) -> None:
    found = world.read(
        "police", "agencies { id key kind succeededBy { key } } themes { id key parent { key } mergedInto { key } }"
    )
    for each in (found["agencies"][0], found["themes"][0]):
        assert world.ask("police", "query ($id: ID!) { node(id: $id) { id } }", id=each["id"])["node"] == {
            "id": each["id"]
        }


def test_changes_are_walked_by_cursor_and_name_their_subject(world: World) -> None:
    world.assigned()
    query = """query ($after: String) { changes(first: 2, after: $after) {
      nodes { eventId name happenedOn subject { __typename id } by { role } } pageInfo { hasNextPage endCursor } } }"""
    walked: list[dict[str, Any]] = []
    after = None
    while True:
        page = world.ask("unit", query, after=after)["changes"]
        walked += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    whole = world.ask("unit", "{ changes { nodes { eventId name happenedOn subject { __typename id } by { role } } } }")
    assert walked == whole["changes"]["nodes"]
    assert [each["name"].split(".")[0] for each in walked] == [each["subject"]["__typename"].lower() for each in walked]
    named = world.ask("unit", '{ changes(names: ["action.assigned.v1"]) { nodes { name } } }')["changes"]["nodes"]
    assert named == [{"name": "action.assigned.v1"}]
    assert (
        world.answer("unit", '{ changes(names: ["x"]) { nodes { name } } }')["errors"][0]["extensions"]["code"]
        == "INVALID"
    )


def test_every_fact_of_a_history_is_a_sentence(world: World) -> None:
    action = world.closed()
    found = world.read("unit", f'action(id: "{action}") {{ history {{ summary position by {{ subject }} }} }}')
    sentences = [entry["summary"] for entry in found["action"]["history"]]
    assert sentences[1:3] == [
        "Assigned to The police, due 8 March 2024.",
        "The police submitted evidence and claims completion on 8 January 2024.",
    ]
    assert all(sentence.endswith(".") or "was raised" in sentence for sentence in sentences)


def test_a_query_that_asks_for_more_than_its_cost_is_answered_as_long_as_little_is_found(world: World) -> None:
    above = world.a_recommendation()
    thread = "{ register { recommendations { nodes { reference actions { nodes { reference } } } } } }"
    world.app = create_app(world.installation, Settings(query_cost=100))  # 7 fields: at most 14 rows
    for _ in range(13):
        world.register.handle(RaiseAction(recommendation_id=decode(above).uuid, wording="Train"), UNIT)
    assert len(world.ask("unit", thread)["register"]["recommendations"]["nodes"][0]["actions"]["nodes"]) == 13
    world.register.handle(RaiseAction(recommendation_id=decode(above).uuid, wording="Train"), UNIT)
    refused = world.send(world.tokens["unit"], thread)
    assert refused.status_code == 400
    (error,) = refused.json()["errors"]
    assert error["extensions"] == {"code": "TOO_LARGE"}
    assert "more than 14 rows" in error["message"]
    assert "data" not in refused.json()


def test_long_texts_are_weighed_as_they_are_answered_and_as_they_are_read(world: World) -> None:
    action = world.assigned("police")
    told = decode(action, Kind.ACTION).uuid
    world.app = create_app(world.installation, Settings(answer_bytes=65_536))

    def refusal(shown: str) -> str:
        refused = world.send(world.tokens["unit"], f'{{ register {{ action(id: "{action}") {{ {shown} }} }} }}')
        (error,) = refused.json()["errors"]
        assert (refused.status_code, error["extensions"]) == (400, {"code": "TOO_LARGE"})
        return str(error["message"])

    def submit(several: int) -> None:
        for _ in range(several):
            submitted = SubmitEvidence(kind=Kind.ACTION, id=told, narrative="é" * 20_000)
            world.register.handle(submitted, Caller("police", Role.AGENCY, "police"))

    submit(4)
    assert "or 65,536 bytes: ask for smaller pages, or for fewer fields" in refusal("evidence { narrative }")
    assert len(world.read("unit", f'action(id: "{action}") {{ evidence {{ id }} }}')["action"]["evidence"]) == 4
    submit(10)
    assert "more text than is kept for one answer" in refusal("evidence { id }")
    assert world.read("unit", f'action(id: "{action}") {{ reference }}')["action"]
    assert "more text than is kept for one answer" in refusal("history { summary }")
    assert world.read("unit", "actions { totalCount }")["actions"]["totalCount"] == 1


class Enough(BaseException):
    """Raised by whoever counts."""


MANY = """SELECT e.thing, e.entry, e.kind, e.noted_version, e.noted_at, e.detail
FROM entry_history e CROSS JOIN generate_series(1, 1000000)
WHERE e.thing = %(thing)s AND e.recorded @> %(known)s"""


def test_what_has_no_page_is_counted_while_it_comes_in_and_ends_in_the_database(world: World) -> None:
    action, counted = world.assigned("police"), list[int]()
    world.do("police", "actionReportProgress", id=action, narrative="Under way")

    def count(rows: Sequence[Any]) -> None:
        counted.append(len(rows))
        if len(counted) == 3:
            raise Enough

    with Context(Caller("unit", Role.BUSINESS_UNIT), world.installation.served(world.key)) as context:
        of = replace(context.now().query_context, count=count)
        with pytest.raises(Enough):
            of.counted(EntryRead, MANY, {"thing": decode(action, Kind.ACTION).uuid})
        assert counted == [COUNTED_AT_ONCE] * 3
        assert of.transaction.info.transaction_status is TransactionStatus.INERROR  # it was cancelled
    assert len(world.read("unit", f'action(id: "{action}") {{ progress {{ narrative }} }}')["action"]["progress"]) == 1
