"""Every argument of every field that reads, asked by everybody: what cannot be answered is refused by name."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest

from api.relay import cursor
from api.relay.cursor import Key
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
    world.a_recommendation()
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


NOTHING = UUID(int=0)
ODD: Key = (
    None, date.min, date.max, datetime.max.replace(tzinfo=UTC), NOTHING, "", "moon", "ACTION moon police",
    f"ACTION {NOTHING}", "é" * 300, 0, 1 - 2**63, 2**63 - 1,
)  # fmt: skip
"""What whoever knows how cursors are made may put into one."""


def made_up(fitting: Key) -> Iterator[Key]:
    """Each value of a key by another, a value less, and one more."""
    for nth in range(len(fitting)):
        yield from ((*fitting[:nth], odd, *fitting[nth + 1 :]) for odd in ODD)
    yield from (fitting[1:], (*fitting, NOTHING), (), ODD[:2])


PAGED = 16
MADE_UP = "made up"


def unsealed() -> Iterator[str]:
    """Texts that are no cursors, though some look like it."""
    yield from ("", "=", "moon", "é", "\0", "\u2028", "A" * 4_000, "9" * 400)
    odd: list[Any] = [None, 1, "1", {}, [1], [1, 2, 3], [1, "x", [["d", "2024-01-01"]]], [2**64, "", []], [[[[]]]]]
    odd += [[1, "x", {"na": 1}], [1, "x", [["d"]]], [1, None, [[None, None]]], {"a": 1, "b": 2, "c": 3}]
    yield from (urlsafe_b64encode(orjson.dumps(each)).decode().rstrip("=") for each in odd if each != [2**64, "", []])
    yield from (urlsafe_b64encode(each).decode().rstrip("=") for each in (b"[" * 900, b"\xff\xfe", b"[1,1e999,[]]"))


def code_of(world: World, question: Question, text: str) -> str | None:
    """What the question is refused as with this text in place of a cursor."""
    kind = "ID" if question.field == "implementation" else "String"
    given = question.arguments.replace(f'"{MADE_UP}"', "$text")
    inner = question._replace(arguments=given, selection="{ __typename }").text("asked")
    whole = inner if question.root == "Query" else f"register {{ {inner} }}"
    answer = world.answer("unit", f"query ($text: {kind}) {{ {whole} }}", text=text)
    return str(answer["errors"][0]["extensions"]["code"]) if "errors" in answer else None


def fitting(genuine: str | None, bound_to: str, read: Callable[[str, str], Key]) -> Key:
    """The key of the list's own first row, if it has one."""
    try:
        return read(genuine or "", bound_to)
    except cursor.BrokenCursor:
        return (date.max, NOTHING)


def test_a_cursor_that_was_made_up_for_any_list_is_refused_by_name(
    world: World, known: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lists, bound, read = set[tuple[str, ...]](), list[str](), cursor.read

    def listening(text: str, bound_to: str) -> Key:
        bound.append(bound_to)
        return read(text, bound_to)

    monkeypatch.setattr(cursor, "read", listening)
    genuine = cursors(world, known)
    for question in questions(known, {each.path: MADE_UP for each in questions(known, {})}):
        if MADE_UP not in question.arguments:
            continue
        bound.clear()
        assert code_of(world, question, MADE_UP) in {"INVALID", "NOT_FOUND"}, question
        lists.add(question.path)
        texts = list(unsealed()) if len(lists) % 4 == 0 else []
        texts += [each for path, each in genuine.items() if path != question.path][:4]
        if bound:  # others go on behind an id
            keys = made_up(fitting(genuine.get(question.path), bound[0], read))
            texts += [cursor.write(key, bound[0]) for key in keys]
        for text in texts if "after" in question.arguments else texts[:: len(lists) % 3 + 2]:
            code = code_of(world, question, text)
            assert code in {None, "INVALID", "NOT_FOUND", "RESTORED"}, (question, text)
    assert len(lists) >= PAGED
