"""The same moments give the same bytes, after a rebuild too: what is listed ends its order by what is unique."""

import re
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

import projections
from api.app.founding import FOUNDER
from domain.agency.commands import MergeAgencies
from domain.shared.commands import Command
from domain.theme.commands import MergeTheme
from projections.engine.rebuild import rebuild
from projections.histories.registry import KEY_COLUMNS
from storage.ledger import Ledger
from support.disseminated_learning import disseminated, learned
from support.partnership_world import LED, World, on

FOLDER = Path(next(iter(projections.__path__)))
ENDS = {
    *("thing", "entry", "duty", "dissemination", "credential", "position", "place", "noted_version", "nth"),
    *(
        "originator_version",
        "body",
        "agency",
        "theme",
        "lead",
        "method",
        "framework",
        "level",
        "queue",
        "year",
        "period",
    ),
    *("review", "root", "recorded", "effective", "relname", "conname", "indexname", "stxname", "merged_on"),
    *("raised_on", "kind", "key", "reference", "pid", "own", "coded_as"),
}
"""Ids, places made of ids, and what rows are grouped by."""


NESTED = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
ORDER = re.compile(rf"ORDER BY ((?:[^()\n]|{NESTED})+)")
DIRECTION = re.compile(r' (COLLATE "C"|DESC|ASC|NULLS FIRST|NULLS LAST|LIMIT .*)')


def orders() -> list[tuple[str, str]]:
    """Every order in the statements of the read side, with the column that it ends by."""
    found = []
    for file in sorted(FOLDER.glob("**/*.sql")):
        for each in ORDER.findall(file.read_text(encoding="utf-8")):
            last = DIRECTION.sub("", each.strip().rstrip(",")).split(", ")[-1]
            found.append((f"{file.parent.name}: {each.strip()}", re.sub(r"^.*\.|^lower\(|\)$", "", last)))
    return found


@pytest.mark.parametrize(("order", "last"), orders())
def test_an_order_ends_by_what_is_unique(order: str, last: str) -> None:
    assert last in ENDS, order


def test_the_duties_of_two_agencies_that_became_one_are_listed_alike_after_a_rebuild(world: World) -> None:
    review = disseminated(world, world.a_review(agencies=["police", "health", "school"]))
    for key in ("police", "school"):
        world.register.handle(MergeAgencies(key=key, into="health"), FOUNDER)
    asked = f'{{ register {{ review(id: "{review}") {{ duties {{ id agency {{ key }} }} }} }} }}'
    before = world.send(world.tokens["unit"], asked).content
    rebuild(world.installation.conninfo, Ledger.of(world.register.ledger).schema)
    assert world.send(world.tokens["unit"], asked).content == before
    listed = world.read("unit", f'review(id: "{review}") {{ duties {{ id agency {{ key }} }} }}')["review"]["duties"]
    assert len({each["id"] for each in listed if each["agency"] == {"key": "health"}}) > 1


def rows(world: World) -> dict[str, list[str]]:
    """Every row of every history as PostgreSQL writes it."""
    with psycopg.connect(world.installation.conninfo) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (Ledger.of(world.register.ledger).schema,))
        return {
            table: [
                text
                for (text,) in conn.execute(
                    sql.SQL("SELECT h::text FROM {} h ORDER BY h::text").format(sql.Identifier(table))
                )
            ]
            for table in KEY_COLUMNS
        }


def correct(world: World, kind: str, id: str, fact: str, field: str, value: str | None) -> None:
    found = world.ask("unit", f'{{ node(id: "{id}") {{ ... on {kind} {{ history {{ eventId name }} }} }} }}')
    event = next(each["eventId"] for each in found["node"]["history"] if each["name"].split(".")[1] == fact)
    mutation = {"YearlyReturn": "return"}.get(kind, kind.lower()) + "Correct"
    world.do("unit", mutation, "id", id=id, eventId=event, field=field, newValue=value, reason="Misread minutes")


def agreed(world: World) -> tuple[str, str]:
    """A review that was agreed after it had brought drafts, and the recommendation that was one."""
    review = world.a_review(kind="serious-case-review", agencies=["police", "health", "school"], **LED)
    draft = world.a_recommendation(reviewId=review, addressedTo=["police", "health"], responseDueOn=on(40))
    for _ in range(2):
        learned(world, review)
    world.at(3)
    world.do("chair", "reviewAgree", "id", id=review)
    world.do("police", "recommendationRespond", id=draft, answer="ACCEPTED")
    return review, draft


def taken_up(world: World, review: str) -> None:
    disseminated(world, review, bodies=["executive"])
    point = world.read("unit", f'review(id: "{review}") {{ learning {{ id }} }}')["review"]["learning"][0]["id"]
    told = {"reviewId": review, "learningId": point, "body": "training", "whatWasDone": "A day of training"}
    world.do("unit", "learningTakeUp", "id", **told)
    world.do("police", "learningConfirm", "id", reviewId=review, assurance="Every team was briefed")


def judged(world: World) -> str:
    called: Any = world.do("unit", "returnsCall", "id agency { key } duties { id }", year=2024)
    own = next(each for each in called if each["agency"]["key"] == "police")
    assessed = [{"dutyId": duty["id"], "compliance": "MET", "words": "Seen"} for duty in own["duties"][:3]]
    world.do("police", "returnSubmit", "id", id=own["id"], assessments=assessed)
    world.do("chair", "returnsJudge", "id", verdicts=[{"id": own["id"], "narrative": "Not enough"}])
    return str(own["id"])


def verified(world: World, above: str) -> str:
    action = world.assigned("police", recommendationId=above, due=20)
    world.at(9)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=world.evidence(action, completedOn=on(8)))
    world.do("body", "actionClose", id=action, outcome="IMPLEMENTED")
    world.do("body", "actionVerifyImpact", id=action, finding="EMBEDDED", measure="Audit")
    return action


def test_one_life_with_everything_has_the_same_rows_after_a_rebuild(world: World) -> None:
    """A referral, drafts and their agreement, dissemination, returns, work, a challenge, mergers; then corrections."""
    referred = {"title": "Child L", "agencies": ["police"], "awareOn": on(-2)}
    referral = str(world.do("unit", "reviewRefer", "id", **referred)["id"])
    review, recommendation = agreed(world)
    taken_up(world, review)
    returned = judged(world)
    action = verified(world, recommendation)
    issued = {"agency": "police", "subjects": [recommendation], "grounds": "Late"}
    challenge = str(world.do("chair", "challengeIssue", "id", **issued)["id"])
    world.at(12)
    merge: list[Command] = [MergeAgencies(key=key, into="health") for key in ("police", "school")]
    for command in [*merge, MergeTheme(key="neglect", into="domestic-abuse")]:
        world.register.handle(command, FOUNDER)
    for mistaken in (
        ("Action", action, "evidence_submitted", "completedOn", on(7)),
        ("Action", action, "assigned", "dueOn", on(25)),
        ("Review", referral, "referred", "awareOn", on(-1)),
        ("Review", review, "learning_identified", "wording", "Nobody asked her"),
        ("Review", review, "learning_disseminated", "confirmBy", on(60)),
        ("Recommendation", recommendation, "responded", "answer", "ACCEPTED_IN_PRINCIPLE"),
        ("Challenge", challenge, "issued", "grounds", "Nothing was heard"),
        ("YearlyReturn", returned, "judged", "narrative", "Enough"),
    ):
        correct(world, *mistaken)
    before = rows(world)
    assert {table for table, found in before.items() if not found} <= {"programme_history"}
    rebuild(world.installation.conninfo, Ledger.of(world.register.ledger).schema)
    assert rows(world) == before
