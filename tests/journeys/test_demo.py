"""The worked example: believable, complete, the same each time, and recorded once."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import anyio
import pytest
from httpx import ASGITransport, AsyncClient

from api.app.installation import Installation
from api.app.serving import create_app
from api.app.verifying import verify_installation
from cli.demo import fellmoor, founding
from cli.demo.course import course
from cli.demo.holders import HOLDERS, KEPT_IN, tokens
from cli.demo.welcome import welcome
from cli.ending import CommandFailed
from domain.event_names import name_of
from domain.register import Register
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Kind, Role
from projections.engine.rebuild import streams_without_rows
from storage.embedded import temporary_server
from storage.files.store import FileStore
from storage.ledger import Ledger
from storage.migrate import schema_of

UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHOWN = """{ register {
  effectiveOn
  partnership { name }
  reviews(first: 100) { nodes { stage kind { key } } }
  recommendations(first: 100) { totalCount nodes { stage responses { answer } } }
  actions(first: 100) {
    totalCount nodes { stage closure { outcome } impacts { finding } evidence { verdict withdrawn } }
  }
  challenges { nodes { stage level outcome } }
  overdueByAgency {
    ageing { actions } awaitingReview extensionsPending overdueAgainstOriginal overdue responsesOverdue
  }
  recurringLearning { nodes { theme { key } recurredAfterImpactVerified } }
} }"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with temporary_server() as address:
        yield address


@pytest.fixture(scope="module")
def made(server: str) -> Iterator[Installation]:
    with Installation.open(server) as opened:
        founding.found(opened, silently)
        yield opened


@pytest.fixture(scope="module")
def shown(made: Installation) -> Any:
    return asked(made, SHOWN)["register"]


def silently(_done: int, _of: int) -> None:
    """Nobody watches."""


def asked(made: Installation, query: str) -> Any:
    token = made.issue_token(fellmoor.KEY, Role.INSPECTOR, "A test")

    async def ask() -> Any:
        async with AsyncClient(transport=ASGITransport(create_app(made)), base_url="http://fellmoor.test") as client:
            answer = await client.post("/graphql", json={"query": query}, headers={"Authorization": f"Bearer {token}"})
        assert "errors" not in answer.json(), answer.text
        return answer.json()["data"]

    return anyio.run(ask)


def recorded(register: Register) -> list[Recorded]:
    """Every fact but those about credentials, in order."""
    notes = Ledger.of(register.ledger).recorder.select_notifications(1, 100_000)
    streams = dict.fromkeys(UUID(str(note.originator_id)) for note in notes)
    facts = [fact for id in streams for fact in register.ledger.stream(id) if fact.kind is not Kind.CREDENTIAL]
    return sorted(facts, key=lambda fact: fact.position or 0)


def told(register: Register) -> list[str]:
    """The history as text, its ids replaced by the order in which they first appear."""
    lines = [
        f"{fact.recorded_at} {name_of(fact.kind, fact.fact)} {fact.originator_id} {fact.fact.model_dump_json()}"
        for fact in recorded(register)
    ]
    ids = {id: str(number) for number, id in enumerate(dict.fromkeys(UUIDS.findall("\n".join(lines))))}
    return [UUIDS.sub(lambda id: ids[id[0]], line) for line in lines]


def each(nodes: list[dict[str, Any]], field: str) -> Counter[str]:
    return Counter(node[field] for node in nodes)


def test_everything_that_is_recorded_stands_in_a_history(made: Installation) -> None:
    assert streams_without_rows(made.conninfo, schema_of(fellmoor.KEY)) == 0


def test_it_is_whole(made: Installation) -> None:
    verified = verify_installation(made.conninfo, fellmoor.KEY, lambda _what, _done, _of: None, FileStore("nowhere"))
    assert [fault for each in verified for check in each.checks for fault in check.faults] == []


def test_the_golden_thread_itself_can_be_asked_for_in_one_query_at_default_pages(made: Installation) -> None:
    acting = "reference wording stage leadAgency { key name } dueOn overdue"
    answer = asked(
        made,
        f"""{{ register {{ reviews {{ nodes {{ reference title kind {{ name }} stage
          recommendations {{ nodes {{ {acting}
            actions {{ nodes {{ {acting} progress {{ narrative rag }} evidence {{ narrative verdict }} }} }} }} }}
        }} }} }} }}""",
    )
    below = [above for review in answer["register"]["reviews"]["nodes"] for above in review["recommendations"]["nodes"]]
    actions = [action for above in below for action in above["actions"]["nodes"]]
    assert len(actions) >= 50
    assert any(action["progress"] for action in actions)


def test_it_tells_of_a_dozen_reviews_thirty_recommendations_and_fifty_actions(shown: Any) -> None:
    kinds = {node["kind"]["key"] for node in shown["reviews"]["nodes"]}
    assert len(kinds) >= 10
    assert shown["recommendations"]["totalCount"] >= 30
    assert shown["actions"]["totalCount"] >= 50


def test_reviews_are_published_withheld_completed_under_way_and_declined(shown: Any) -> None:
    stages = {"PUBLISHED", "WITHHELD", "COMPLETED", "COMMISSIONED", "NOT_COMMISSIONED"}
    assert set(each(shown["reviews"]["nodes"], "stage")) == stages


def test_actions_stand_at_every_stage(shown: Any) -> None:
    stages = {"RAISED", "ASSIGNED", "EVIDENCED", "CLOSED", "IMPACT_VERIFIED"}
    assert set(each(shown["actions"]["nodes"], "stage")) == stages


def test_every_answer_every_verdict_every_outcome_and_every_finding_was_given(shown: Any) -> None:
    actions, recommendations = shown["actions"]["nodes"], shown["recommendations"]["nodes"]
    answers = {response["answer"] for node in recommendations for response in node["responses"]}
    assert answers == {"ACCEPTED", "ACCEPTED_IN_PRINCIPLE", "NOT_ACCEPTED"}
    evidence = [evidence for node in actions for evidence in node["evidence"]]
    assert set(each(evidence, "verdict")) == {"AWAITING", "ACCEPTED", "RETURNED"}
    assert any(item["withdrawn"] for item in evidence)
    assert {finding["finding"] for node in actions for finding in node["impacts"]} == {
        "EMBEDDED",
        "PARTLY_EMBEDDED",
        "NOT_EMBEDDED",
    }
    assert {node["closure"]["outcome"] for node in actions if node["closure"]} == {"IMPLEMENTED", "SUPERSEDED"}


def test_challenges_were_upheld_withdrawn_and_one_is_escalated(shown: Any) -> None:
    challenges = {(node["stage"], node["level"], node["outcome"]) for node in shown["challenges"]["nodes"]}
    assert challenges == {("RESOLVED", 1, "UPHELD"), ("WITHDRAWN", 1, None), ("ESCALATED", 2, None)}


def test_an_unanswered_challenge_was_escalated_to_the_chief_officer_and_is_late_again(made: Installation) -> None:
    query = "{ register { challenges(filter: {stages: [ESCALATED]}) { nodes { overdue escalations { level } } } } }"
    assert asked(made, query)["register"]["challenges"]["nodes"] == [{"overdue": True, "escalations": [{"level": 2}]}]


def test_a_withheld_review_tells_the_improvements_instead(made: Installation) -> None:
    query = "{ register { reviews(filter: {stages: [WITHHELD]}) { nodes { reference improvements publishedOn } } } }"
    (withheld,) = asked(made, query)["register"]["reviews"]["nodes"]
    assert withheld["reference"] == "FSP-08"
    assert withheld["improvements"].startswith("Shared chronologies")
    assert withheld["publishedOn"] is None


def test_a_merger_moved_what_was_open_and_the_past_keeps_the_old_name(made: Installation) -> None:
    query = """{
      before: register(knownAt: "2021-06-27T12:00:00Z") { ...led }
      after: register(knownAt: "2021-06-29T12:00:00Z") { ...led }
      register { agencies { key succeededBy { key } } }
    }
    fragment led on Register { actions(filter: {text: "adult under supervision"}) { nodes { leadAgency { key } } } }"""
    told = asked(made, query)
    assert told["before"]["actions"]["nodes"] == [{"leadAgency": {"key": "rehabilitation"}}]
    assert told["after"]["actions"]["nodes"] == [{"leadAgency": {"key": "probation"}}]
    assert {"key": "rehabilitation", "succeededBy": {"key": "probation"}} in told["register"]["agencies"]


def test_learning_was_shared_and_some_agencies_owe_an_assurance(made: Installation) -> None:
    query = """{ register {
      coverageByAgency { agency { key } done outstanding overdue }
      overdueByAgency(agencies: ["youth-justice"]) { dutiesOverdue }
      reviews(filter: {text: "Infant F"}) { nodes { disseminations { method learning { review { reference } } } } }
    } }"""
    told = asked(made, query)["register"]
    assert {row["agency"]["key"] for row in told["coverageByAgency"] if row["overdue"]} == {
        "childrens-services",
        "hospital-trust",
    }
    assert told["overdueByAgency"] == [{"dutiesOverdue": 2}]
    joined = {
        point["review"]["reference"]
        for review in told["reviews"]["nodes"]
        for each in review["disseminations"]
        for point in each["learning"]
    }
    assert joined == {"FSP-01", "FSP-08", "FSP-11"}


def test_a_planned_audit_was_commissioned_as_a_follow_up_and_another_is_planned(made: Installation) -> None:
    query = """{ register { auditProgramme(year: 2026) { agreedOn audits { stage review { reference } } }
      reviews(filter: {text: "five years with the toolkit"}) { nodes { followsUp { reference } checks { reference } } }
    } }"""
    told = asked(made, query)["register"]
    stages = [(audit["stage"], (audit["review"] or {}).get("reference")) for audit in told["auditProgramme"]["audits"]]
    assert stages == [("COMPLETED", "FSP-14"), ("PLANNED", None)]
    (audit,) = told["reviews"]["nodes"]
    assert audit["followsUp"] == {"reference": "FSP-02"}
    assert {each["reference"] for each in audit["checks"]} == {"FSP-02/1", "FSP-02/2"}


def test_a_correction_is_visible_as_such(made: Installation) -> None:
    query = """{ register { actions(filter: {text: "tenancy policy"}) { nodes {
      dueOn originalDueOn dueOnCorrected history { corrects changes { field from to } }
    } } } }"""
    (action,) = asked(made, query)["register"]["actions"]["nodes"]
    assert (action["dueOn"], action["originalDueOn"], action["dueOnCorrected"]) == ("2026-06-19", "2026-06-19", True)
    (correction,) = [entry for entry in action["history"] if entry["corrects"]]
    assert {"field": "dueOn", "from": "2026-09-19", "to": "2026-06-19"} in correction["changes"]


def test_lateness_stands_in_every_bucket(shown: Any) -> None:
    ageing = [[bucket["actions"] for bucket in row["ageing"]] for row in shown["overdueByAgency"]]
    assert all(sum(bucket) >= 1 for bucket in zip(*ageing, strict=True))
    for count in ("awaitingReview", "extensionsPending", "responsesOverdue"):
        assert sum(row[count] for row in shown["overdueByAgency"]) >= 1
    assert any(row["overdueAgainstOriginal"] > row["overdue"] for row in shown["overdueByAgency"])


def test_sharing_information_recurred_after_it_had_been_verified_as_embedded(shown: Any) -> None:
    found = {node["theme"]["key"]: node["recurredAfterImpactVerified"] for node in shown["recurringLearning"]["nodes"]}
    assert found["information-sharing"] >= 2


def test_every_kind_of_fact_of_a_life_was_recorded(made: Installation) -> None:
    names = {name_of(fact.kind, fact.fact) for fact in recorded(made.register(fellmoor.KEY))}
    life = "assigned transferred progress_reported evidence_submitted evidence_accepted evidence_returned \
        evidence_withdrawn completed extension_requested extension_granted extension_refused closed reopened \
        impact_verified challenged challenge_ended"
    assert {f"action.{name}.v1" for name in life.split()} <= names


def test_what_it_answers_says_that_it_is_a_demonstration(made: Installation, shown: Any) -> None:
    assert "demonstration" in shown["partnership"]["name"]
    assert made.register(fellmoor.KEY).partnership().demonstration
    assert shown["effectiveOn"] == "2026-06-30"


def test_it_was_recorded_over_six_years_and_in_order(made: Installation) -> None:
    instants = [fact.recorded_at for fact in recorded(made.register(fellmoor.KEY)) if fact.recorded_at]
    assert instants == sorted(instants)
    assert instants[0].date().isoformat() == "2020-06-01"
    assert instants[-1] == datetime(2026, 6, 30, 8, tzinfo=UTC)


def test_no_step_is_told_twice_by_the_script() -> None:
    begun = [step.reference for step in fellmoor.history() if step.begins]
    assert len(begun) == len(set(begun))
    assert course(()) == []


class _PulledPlug(Exception):
    """Somebody interrupted the first start."""


def test_an_interrupted_first_start_is_gone_on_with_to_the_same_history(server: str, made: Installation) -> None:
    def interrupted(done: int, _of: int) -> None:
        if done == 200:
            raise _PulledPlug

    whole = told(made.register(fellmoor.KEY))
    with temporary_server() as address, Installation.open(address) as opened:
        with suppress(_PulledPlug):
            founding.found(opened, interrupted)
        begun = opened.register(fellmoor.KEY)
        assert not founding.is_told(begun)
        assert told(begun) == whole[: len(told(begun))]
        founding.found(opened, silently)
        assert told(begun) == whole


def test_a_second_start_records_nothing(made: Installation, tmp_path: Path) -> None:
    first = tokens(made, tmp_path)
    register = made.register(fellmoor.KEY)
    head = Ledger.of(register.ledger).recorder.max_notification_id()
    founding.found(made, silently)
    assert tokens(made, tmp_path) == first
    assert Ledger.of(register.ledger).recorder.max_notification_id() == head


def test_kept_tokens_are_for_their_owners_eyes_only(made: Installation, tmp_path: Path) -> None:
    tokens(made, tmp_path)
    assert (tmp_path / KEPT_IN).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("spoiled", ["", "[]", "{", json.dumps({"CHAIR": "not a token"})])
def test_a_spoiled_file_of_tokens_is_made_anew(made: Installation, tmp_path: Path, spoiled: str) -> None:
    (tmp_path / KEPT_IN).write_text(spoiled, encoding="utf-8")
    assert set(tokens(made, tmp_path)) == {holder.name for holder in HOLDERS}


def test_the_welcome_shows_a_token_for_each_role_and_where_to_ask(made: Installation, tmp_path: Path) -> None:
    held = tokens(made, tmp_path)
    text = welcome(held, "http://127.0.0.1:8000")
    assert {holder.who.role for holder in HOLDERS} == set(Role)
    assert all(token in text for token in held.values())
    assert "http://127.0.0.1:8000/graphql" in text


def test_a_partnership_of_ones_own_is_never_taken_for_the_demonstration() -> None:
    with temporary_server() as address, Installation.open(address) as opened:
        opened.create_partnership(fellmoor.KEY, "Ours", "hull-2015")
        with pytest.raises(CommandFailed, match="partnership of your own"):
            founding.found(opened, silently)
        assert opened.register(fellmoor.KEY).agencies().all == ()


def test_clocks_ran_by_themselves_and_two_publications_came_late(made: Installation) -> None:
    read = asked(made, "{ register { reviews(first: 100) { nodes { clocks { name met runsFrom } } } } }")
    clocks = [clock for review in read["register"]["reviews"]["nodes"] for clock in review["clocks"]]
    assert Counter(clock["name"] for clock in clocks if clock["met"]) == {
        "serious-incident-notification": 5,
        "rapid-review": 5,
    }
    assert [clock["name"] for clock in clocks if not clock["met"]] == ["local-review-publication"] * 2
    assert {clock["runsFrom"] for clock in clocks} == {"AWARENESS", "NOTIFICATION", "COMMISSIONING"}
