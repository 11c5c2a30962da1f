"""Formal challenges: issued, answered, ended; their subjects marked and, upheld, reopened."""

from typing import Any
from uuid import UUID

import pytest

from domain.challenge.commands import IssueChallenge, ResolveChallenge, RespondToChallenge, WithdrawChallenge
from domain.challenge.events import Responded
from domain.correction.commands import Correct
from domain.lifecycle.commands import Close, VerifyImpact
from domain.lifecycle.events import EvidenceSubmitted
from domain.lifecycle.state import challenged, stage
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.vocabulary import ChallengeOutcome, ChallengeStage, ClosureOutcome, Impact, Kind, Stage
from support.in_memory_register import Story


def issuing(*subjects: tuple[Kind, UUID], **fields: Any) -> IssueChallenge:
    told = [{"kind": kind, "id": thing} for kind, thing in subjects]
    return IssueChallenge.model_validate({"agency": "police", "grounds": "No progress", "subjects": told} | fields)


def ending(challenge: UUID, **fields: Any) -> ResolveChallenge:
    asked = {"id": challenge, "outcome": ChallengeOutcome.UPHELD, "reason": "Not answered"}
    return ResolveChallenge.model_validate(asked | fields)


def test_a_challenge_marks_its_subjects_and_nothing_beside_them(story: Story, kind: Kind) -> None:
    thing, neighbour = story.assigned(kind), story.assigned(kind)
    issued = story.challenge(story.create(issuing((kind, thing)), story.chair))
    assert (issued.agency, issued.stage, issued.level) == ("police", ChallengeStage.ISSUED, 1)
    assert challenged(story.state(kind, thing).life)
    assert not challenged(story.state(kind, neighbour).life)


def test_an_answer_is_due_within_the_first_levels_working_days(story: Story) -> None:
    thing = story.assigned(Kind.ACTION)
    issued = story.challenge(story.create(issuing((Kind.ACTION, thing)), story.chair))
    assert story.framework.challenge_route[0].working_days == 10
    assert issued.response_due_on == story.on(14)


def test_an_answer_is_not_due_before_the_issue(story: Story) -> None:
    early = issuing((Kind.ACTION, story.assigned(Kind.ACTION)), response_due_on=story.on(-1))
    story.refused(refusals.DueDateInPast, early, story.chair)


def test_what_is_challenged_is_neither_closed_nor_verified(story: Story, kind: Kind) -> None:
    thing, done = story.assigned(kind), story.implemented(kind)
    story.accept(kind, thing, story.submit(kind, thing))
    story.create(issuing((kind, thing), (kind, done)), story.chair)
    close = Close(kind=kind, id=thing, outcome=ClosureOutcome.IMPLEMENTED)
    story.refused(refusals.ChallengeOpen, close, story.body)
    verify = VerifyImpact(kind=kind, id=done, finding=Impact.EMBEDDED, measure="Audit")
    story.refused(refusals.ChallengeOpen, verify, story.body)


def test_every_subject_is_the_challenged_agencys(story: Story, kind: Kind) -> None:
    ours, theirs = story.assigned(kind), story.assigned(kind, lead="health")
    refusal = story.refused(refusals.SubjectNotOfAgency, issuing((kind, ours), (kind, theirs)), story.chair)
    assert refusal.field == ("subjects", "1")


def test_contributing_being_addressed_and_being_reviewed_make_a_subject_its_own(story: Story) -> None:
    helped = story.assigned(Kind.ACTION, lead="health", contributing_agencies=("police",))
    asked = story.a_recommendation(addressed_to=("police",))
    review = story.a_review(agencies=("police",))
    other = story.a_review(agencies=("health",))
    story.create(issuing((Kind.ACTION, helped), (Kind.RECOMMENDATION, asked), (Kind.REVIEW, review)), story.chair)
    assert story.review(review).challenges
    story.refused(refusals.SubjectNotOfAgency, issuing((Kind.REVIEW, other)), story.chair)


def test_a_successor_answers_for_what_its_predecessor_led(story: Story) -> None:
    thing = story.assigned(Kind.ACTION, lead="housing")
    story.merge_agencies("housing", into="health")
    story.create(issuing((Kind.ACTION, thing), agency="health"), story.chair)
    assert challenged(story.action(thing).life)


def test_only_the_challenged_agency_answers(story: Story) -> None:
    challenge = story.create(issuing((Kind.ACTION, story.assigned(Kind.ACTION))), story.chair)
    answer = RespondToChallenge(id=challenge, narrative="Staff are in post")
    story.refused(refusals.NotPermitted, answer, story.agency("health"))
    story.when(answer, story.agency("police"))
    assert story.challenge(challenge).stage is ChallengeStage.RESPONDED


def test_the_business_unit_records_an_answer_on_paper_and_names_whose_it_is(story: Story) -> None:
    challenge = story.create(issuing((Kind.ACTION, story.assigned(Kind.ACTION))), story.chair)
    story.day = 6
    answer = RespondToChallenge(id=challenge, narrative="By letter", happened_on=story.on(4))
    ((_, _, fact),) = story.when(answer, story.unit)
    assert isinstance(fact, Responded)
    assert (fact.agency, fact.happened_on, fact.by.role) == ("police", story.on(4), "BUSINESS_UNIT")
    assert story.challenge(challenge).stage is ChallengeStage.RESPONDED


@pytest.mark.parametrize("who", [Story.chair, Story.body, Story.inspector, Story.administrator])
def test_nobody_else_answers_a_challenge(story: Story, who: Caller) -> None:
    challenge = story.create(issuing((Kind.ACTION, story.assigned(Kind.ACTION))), story.chair)
    story.refused(refusals.NotPermitted, RespondToChallenge(id=challenge, narrative="Enough"), who)


def test_an_ended_challenge_goes_on_no_further(story: Story) -> None:
    challenge = story.create(issuing((Kind.ACTION, story.assigned(Kind.ACTION))), story.chair)
    story.when(WithdrawChallenge(id=challenge, reason="Issued in error"), story.chair)
    story.refused(refusals.ChallengeEnded, ending(challenge), story.chair)
    story.refused(refusals.ChallengeEnded, WithdrawChallenge(id=challenge, reason="Again"), story.chair)
    answer = RespondToChallenge(id=challenge, narrative="Staff are in post")
    story.refused(refusals.ChallengeEnded, answer, story.agency("police"))


def test_ending_needs_a_reason(story: Story) -> None:
    challenge = story.create(issuing((Kind.ACTION, story.assigned(Kind.ACTION))), story.chair)
    story.refused(refusals.ReasonRequired, ending(challenge, reason=""), story.chair)
    story.refused(refusals.ReasonRequired, WithdrawChallenge(id=challenge, reason=" "), story.chair)


def test_one_of_two_challenges_ended_leaves_the_other_open(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    first = story.create(issuing((kind, thing)), story.chair)
    second = story.create(issuing((kind, thing), grounds="Not in use"), story.chair)
    story.when(ending(first), story.chair)
    assert story.state(kind, thing).life.challenges == {second}


def test_the_same_is_not_challenged_twice_while_the_first_is_open(story: Story, kind: Kind) -> None:
    """On the same grounds, however they are typed; on others, about another thing, or once it has ended, it is."""
    thing, other = story.assigned(kind), story.assigned(kind)
    first = story.create(issuing((kind, thing)), story.chair)
    again = issuing((kind, thing), grounds="no  PROGRESS")
    assert story.refused(refusals.ChallengeOpen, again, story.chair).field == ("grounds",)
    for differing in (issuing((kind, thing), grounds="Not in use"), issuing((kind, thing), (kind, other))):
        story.create(differing, story.chair)
    story.when(ending(first, outcome=ChallengeOutcome.ANSWERED), story.chair)
    story.create(again, story.chair)


def test_upheld_reopens_a_closed_subject_in_the_same_transaction(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    challenge = story.create(issuing((kind, thing)), story.chair)
    assert story.refused(refusals.Invalid, ending(challenge), story.chair).field == ("reopenDueOn",)
    story.when(ending(challenge, reopen_due_on=story.on(80)), story.chair)
    life = story.state(kind, thing).life
    assert (stage(life), life.due_on, challenged(life)) == (Stage.ASSIGNED, story.on(80), False)


def test_upheld_reopens_the_closed_recommendation_above_a_closed_action(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    action = story.implement(Kind.ACTION, story.assign(Kind.ACTION, story.an_action(recommendation_id=above)))
    story.implement(Kind.RECOMMENDATION, above)
    challenge = story.create(issuing((Kind.ACTION, action), (Kind.RECOMMENDATION, above)), story.chair)
    story.when(ending(challenge, reopen_due_on=story.on(80)), story.chair)
    for life in (story.action(action).life, story.recommendation(above).life):
        assert (stage(life), life.due_on) == (Stage.ASSIGNED, story.on(80))


def test_upheld_about_a_closed_action_alone_reopens_the_closed_recommendation_above_too(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    action = story.implement(Kind.ACTION, story.assign(Kind.ACTION, story.an_action(recommendation_id=above)))
    story.implement(Kind.RECOMMENDATION, above)
    challenge = story.create(issuing((Kind.ACTION, action)), story.chair)
    story.when(ending(challenge, reopen_due_on=story.on(80)), story.chair)
    for life in (story.action(action).life, story.recommendation(above).life):
        assert (stage(life), life.due_on) == (Stage.ASSIGNED, story.on(80))


@pytest.mark.parametrize("due", [None, Story.on(80)])
def test_answered_reopens_nothing(story: Story, kind: Kind, due: Any) -> None:
    thing = story.implemented(kind)
    challenge = story.create(issuing((kind, thing)), story.chair)
    answered = ending(challenge, outcome=ChallengeOutcome.ANSWERED, reopen_due_on=due)
    if due is None:
        story.when(answered, story.chair)
        assert stage(story.state(kind, thing).life) is Stage.CLOSED
    else:
        story.refused(refusals.Invalid, answered, story.chair)


def test_a_challenge_is_not_issued_before_what_its_subject_went_through(story: Story, kind: Kind) -> None:
    story.day = 5
    thing = story.assigned(kind)
    early = issuing((kind, thing), happened_on=story.on(4))
    story.refused(refusals.DateBeforeStart, early, story.chair)
    challenge = story.create(issuing((kind, thing)), story.chair)
    story.day = 6
    story.refused(refusals.DateBeforeStart, ending(challenge, happened_on=story.on(4)), story.chair)


def test_a_resolution_follows_the_answer(story: Story) -> None:
    challenge = story.create(issuing((Kind.ACTION, story.assigned(Kind.ACTION))), story.chair)
    story.day = 6
    story.when(RespondToChallenge(id=challenge, narrative="Staff are in post"), story.agency("police"))
    story.refused(refusals.DateOutOfOrder, ending(challenge, happened_on=story.on(5)), story.chair)


@pytest.mark.parametrize("withdrawn", [True, False])
def test_a_challenge_does_not_end_before_what_its_subject_went_through_and_blocks_no_correction(
    story: Story, kind: Kind, withdrawn: bool
) -> None:
    thing = story.assigned(kind)
    challenge = story.create(issuing((kind, thing)), story.chair)
    story.day = 5
    story.accept(kind, thing, story.submit(kind, thing))
    command = (
        WithdrawChallenge(id=challenge, reason="Put right") if withdrawn else ending(challenge, reopen_due_on=None)
    )
    early = command.model_copy(update={"happened_on": story.on(4)})
    assert story.refused(refusals.DateOutOfOrder, early, story.chair).field == ("happenedOn",)
    story.when(command.model_copy(update={"happened_on": story.on(5)}), story.chair)
    claimed = next(each for each in story.streams[kind, thing] if isinstance(each.fact, EvidenceSubmitted))
    asked = {
        "kind": kind,
        "id": thing,
        "event_id": claimed.position,
        "field": "narrative",
        "new_value": "Done, as minuted",
    }
    assert len(story.when(Correct.model_validate(asked | {"reason": "Misread"}), story.unit)) == 1
