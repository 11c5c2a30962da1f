"""A challenge that climbs its route, and one that moves to the agency that has it to answer."""

from typing import Any
from uuid import UUID

import pytest

from domain.agency.commands import AddAgency
from domain.challenge.commands import (
    EscalateChallenge,
    IssueChallenge,
    ResolveChallenge,
    RespondToChallenge,
    TransferChallenge,
)
from domain.challenge.state import overdue
from domain.lifecycle.commands import Transfer
from domain.lifecycle.state import challenged
from domain.shared import refusals
from domain.shared.dates import add_working_days
from domain.shared.vocabulary import AgencyKind, ChallengeOutcome, ChallengeStage, Kind
from support.in_memory_register import Story


def issued(story: Story, agency: str = "police", **fields: Any) -> UUID:
    subject = {"kind": Kind.ACTION, "id": story.assigned(Kind.ACTION, lead=agency)}
    asked = {"agency": agency, "grounds": "No progress", "subjects": [subject]} | fields
    return story.create(IssueChallenge.model_validate(asked), story.chair)


def climbing(challenge: UUID, **fields: Any) -> EscalateChallenge:
    return EscalateChallenge.model_validate({"id": challenge, "reason": "No date was given"} | fields)


def moving(challenge: UUID, to: str = "health", **fields: Any) -> TransferChallenge:
    return TransferChallenge.model_validate({"id": challenge, "to_agency": to, "reason": "The team moved"} | fields)


def test_an_escalation_climbs_one_level_and_starts_its_own_clock(story: Story) -> None:
    challenge, neighbour = issued(story), issued(story)
    story.day = 20
    story.when(climbing(challenge), story.chair)
    state, second = story.challenge(challenge), story.framework.challenge_route[1]
    assert (state.stage, state.level) == (ChallengeStage.ESCALATED, 2)
    assert state.response_due_on == add_working_days(story.today, second.working_days)
    assert story.challenge(neighbour).level == 1


def test_an_escalation_may_name_its_own_day_for_the_answer(story: Story) -> None:
    challenge = issued(story)
    story.when(climbing(challenge, response_due_on=story.on(3)), story.chair)
    assert story.challenge(challenge).response_due_on == story.on(3)
    assert [overdue(story.challenge(challenge), story.on(day)) for day in (3, 4)] == [False, True]
    early = climbing(challenge, response_due_on=story.on(-1))
    assert story.refused(refusals.DueDateInPast, early, story.chair).field == ("responseDueOn",)


def test_past_the_last_level_there_is_no_escalation(story: Story) -> None:
    challenge = issued(story)
    for level in (2, 3):
        story.when(climbing(challenge), story.chair)
        assert story.challenge(challenge).level == level
    story.refused(refusals.ConditionsNotMet, climbing(challenge), story.chair)


def test_an_answer_that_does_not_suffice_is_escalated_and_answered_at_the_higher_level(story: Story) -> None:
    challenge = issued(story)
    answer = RespondToChallenge(id=challenge, narrative="Staff are in post")
    for level in (1, 2):
        story.when(answer, story.agency("police"))
        assert story.challenge(challenge).stage is ChallengeStage.RESPONDED
        assert getattr(story.facts(Kind.CHALLENGE, challenge)[-1], "level") == level  # noqa: B009
        if level == 1:
            story.when(climbing(challenge), story.chair)


def test_only_the_chair_escalates_and_gives_a_reason(story: Story) -> None:
    challenge = issued(story)
    for caller in (story.unit, story.body, story.agency("police"), story.inspector):
        story.refused(refusals.NotPermitted, climbing(challenge), caller)
    story.refused(refusals.ReasonRequired, climbing(challenge, reason=" "), story.chair)


def test_an_ended_challenge_neither_climbs_nor_moves(story: Story) -> None:
    challenge = issued(story)
    story.when(ResolveChallenge(id=challenge, outcome=ChallengeOutcome.ANSWERED, reason="Enough"), story.chair)
    story.refused(refusals.ChallengeEnded, climbing(challenge), story.chair)
    story.refused(refusals.ChallengeEnded, moving(challenge), story.unit)


def test_an_escalation_follows_the_answer_that_it_is_about(story: Story) -> None:
    challenge = issued(story)
    story.day = 6
    story.when(RespondToChallenge(id=challenge, narrative="Staff are in post"), story.agency("police"))
    story.refused(refusals.DateOutOfOrder, climbing(challenge, happened_on=story.on(5)), story.chair)
    story.refused(refusals.DateInFuture, climbing(challenge, happened_on=story.on(7)), story.chair)


def test_a_challenge_moves_with_its_subject_and_is_answered_by_its_new_agency(story: Story) -> None:
    challenge = issued(story)
    (subject,) = story.challenge(challenge).subjects
    before = story.challenge(challenge).response_due_on
    story.refused(refusals.SubjectNotOfAgency, moving(challenge), story.unit)
    story.when(Transfer(kind=Kind.ACTION, id=subject.id, to_agency="health", reason="The team moved"), story.unit)
    story.when(moving(challenge), story.unit)
    state = story.challenge(challenge)
    assert (state.agency, state.level, state.response_due_on) == ("health", 1, before)
    assert challenged(story.action(subject.id).life)
    answer = RespondToChallenge(id=challenge, narrative="Staff are in post")
    story.refused(refusals.NotPermitted, answer, story.agency("police"))
    story.when(answer, story.agency("health"))


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"to": "police"}, refusals.Invalid, ("toAgency",)),
        ({"to": "the-moon"}, refusals.UnknownAgency, ("toAgency",)),
        ({"reason": ""}, refusals.ReasonRequired, ("reason",)),
    ],
)
def test_a_challenge_moves_to_another_known_agency_for_a_reason(
    story: Story, fields: dict[str, Any], refusal: type[refusals.Refusal], field: tuple[str, ...]
) -> None:
    assert story.refused(refusal, moving(issued(story), **fields), story.unit).field == field


def test_neither_an_agency_nor_a_body_moves_a_challenge(story: Story) -> None:
    challenge = issued(story)
    for caller in (story.agency("police"), story.body):
        story.refused(refusals.NotPermitted, moving(challenge), caller)


@pytest.mark.parametrize("kind", [AgencyKind.BOARD, AgencyKind.OTHER_PARTNERSHIP, AgencyKind.NATIONAL])
def test_the_board_itself_and_other_partnerships_are_challenged_like_agencies(story: Story, kind: AgencyKind) -> None:
    story.when(AddAgency(key="outside", name="Someone else", agency_kind=kind), story.administrator)
    asked = story.a_recommendation(addressed_to=("outside",))
    subjects = [{"kind": Kind.RECOMMENDATION, "id": asked}]
    told = {"agency": "outside", "grounds": "No answer for a year", "subjects": subjects}
    challenge = story.create(IssueChallenge.model_validate(told), story.chair)
    story.when(climbing(challenge), story.chair)
    story.when(RespondToChallenge(id=challenge, narrative="It is on our agenda"), story.agency("outside"))
    assert story.challenge(challenge).stage is ChallengeStage.RESPONDED
