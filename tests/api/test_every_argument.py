"""Every argument of every field that reads, asked by everybody: what cannot be answered is refused by name."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from support.every_argument_queries import CURSORS, Question, questions
from support.partnership_world import BODY, World, on

EVERYBODY = ("unit", "chair", "inspector", "administrator", "body", "body of police", "police", "council")
AGENCIES = {"police", "council"}
AT_ONCE = 25


@pytest.fixture
def known(world: World) -> dict[str, str]:
    """A register with something of everything that lists show, and values that its arguments take."""
    world.published(reference="P-1")
    review = world.a_review()
    above = world.a_recommendation(reviewId=review)
    world.do("unit", "recommendationAssign", id=above, leadAgency="police", dueOn=on(20))
    action = world.assigned(recommendationId=above, due=10)
    world.assigned("health", recommendationId=above, due=10)
    world.evidence(world.assigned(recommendationId=above))
    challenge = world.do(
        "chair", "challengeIssue", agency="police", subjects=[action], grounds="Late", responseDueOn=on(9)
    )["id"]
    world.at(30)
    ids = {"reviewId": review, "recommendationId": above, "review": review, "recommendation": above, "action": action}
    ids |= {"challenge": challenge, "node": action}
    words = {
        "agency": "police",
        "agencies": "police",
        "leadAgencies": "police",
        "contributingAgencies": "police",
        "themes": "neglect",
    }
    words |= {"monitoredBy": BODY, "body": BODY, "kinds": "practice-learning-review", "text": "Train"}
    words |= {"names": "action.assigned.v1", "minimumReviews": "1", "year": "2024"}
    return {name: value if value.isdigit() else f'"{value}"' for name, value in (ids | words).items()}


def asked(world: World, who: str, several: Sequence[Question]) -> Iterator[tuple[Question, Any, Any]]:
    """Each question with its answer and its error; many in one request, and again without the one that failed."""
    for root in ("Query", "Register"):
        waiting = {f"a{n}": each for n, each in enumerate(several) if each.root == root}
        while waiting:
            texts = " ".join(each.text(alias) for alias, each in list(waiting.items())[:AT_ONCE])
            answer = world.answer(who, f"{{ {texts} }}" if root == "Query" else f"{{ register {{ {texts} }} }}")
            if "errors" in answer:
                error = answer["errors"][0]
                assert "path" in error, error
                yield waiting.pop(error["path"][root == "Register"]), None, error
            else:
                data = answer["data"] if root == "Query" else answer["data"]["register"]
                yield from ((waiting.pop(alias), shown, None) for alias, shown in data.items())


def cursors(world: World, known: dict[str, str]) -> dict[tuple[str, ...], str]:
    """The cursor of the first row of each list that has one, by the list's path."""
    pages = [each for each in questions(known, {}) if "(first: 1)" in each.arguments]
    shown = ((question.path, end_cursor(answer)) for question, answer, _ in asked(world, "unit", pages))
    return {path: cursor for path, cursor in shown if cursor}


def end_cursor(answer: Any) -> str | None:
    match answer:
        case {"pageInfo": {"endCursor": cursor}}:
            return str(cursor) if cursor else None
        case dict():
            return next(filter(None, map(end_cursor, answer.values())), None)
        case [first, *_]:
            return end_cursor(first)
    return None


def test_every_argument_is_answered_or_refused_by_name_to_everybody(world: World, known: dict[str, str]) -> None:
    every = list(questions(known, cursors(world, known)))
    filtered = {each.field for each in every if "filter" in each.arguments}
    assert {"reviews", "recommendations", "actions", "challenges", "challengeLog", "recurringLearning"} <= filtered
    gone_on = {each.field for each in every if "after" in each.arguments}
    assert {"reviews", "recommendations", "actions", "challenges", "changes", "waiting"} <= gone_on
    for who in EVERYBODY:
        for question, _, error in asked(world, who, every):
            code = error and error["extensions"]["code"]
            assert code in {None, "NOT_FOUND", "INVALID"}, (who, question.text("asked"), error)
            # A cursor goes on below one parent only.
            anothers = bool(question.above) and any(f"{each}:" in question.arguments for each in CURSORS)
            assert code is None or who in AGENCIES or anothers, (who, question.text("asked"), error)
