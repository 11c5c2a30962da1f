"""What a command does beside its own thing: to the subjects of a challenge, to what stands above, in a merger."""

from typing import Any
from uuid import UUID

import pytest

from domain.action.events import Raised
from domain.challenge import events as challenge
from domain.challenge.commands import (
    IssueChallenge,
    ResolveChallenge,
    WithdrawChallenge,
)
from domain.challenge.events import Issued
from domain.correction.commands import Correct
from domain.lifecycle import commands as life
from domain.lifecycle import events
from domain.lifecycle.state import challenged, stage
from domain.recommendation.commands import RaiseRecommendation
from domain.shared import refusals
from domain.shared.commands import Command
from domain.shared.facts import Fact
from domain.shared.vocabulary import ChallengeOutcome, ClosureOutcome, Impact, Kind, Stage
from support.in_memory_register import Story


def issuing(*subjects: tuple[Kind, UUID], **fields: Any) -> IssueChallenge:
    told = [{"kind": kind, "id": thing} for kind, thing in subjects]
    return IssueChallenge.model_validate({"agency": "police", "grounds": "Late", "subjects": told} | fields)


def upholding(thing: UUID, due: int = 90) -> ResolveChallenge:
    return ResolveChallenge(id=thing, outcome=ChallengeOutcome.UPHELD, reason="Undone", reopen_due_on=Story.on(due))


def closing(kind: Kind, thing: UUID, outcome: ClosureOutcome = ClosureOutcome.IMPLEMENTED) -> life.Close:
    return life.Close.model_validate({"kind": kind, "id": thing, "outcome": outcome})


def below(story: Story, above: UUID) -> UUID:
    return story.assign(Kind.ACTION, story.an_action(recommendation_id=above))


def correction(story: Story, kind: Kind, thing: UUID, fact: type[Fact], field: str, value: str) -> Correct:
    found = next(each.position for each in story.streams[kind, thing] if isinstance(each.fact, fact))
    told = {"kind": kind, "id": thing, "event_id": found, "field": field, "new_value": value, "reason": "A slip"}
    return Correct.model_validate(told)


def test_a_subject_named_twice_is_challenged_once(story: Story) -> None:
    thing = story.assigned(Kind.ACTION)
    decided = story.when(issuing((Kind.ACTION, thing), (Kind.ACTION, thing), requested="A plan"), story.chair)
    issued = decided[0][2]
    assert isinstance(issued, Issued)
    assert ([each.id for each in issued.subjects], len(decided)) == ([thing], 2)
    assert (issued.level, issued.requested, issued.reference) == (1, "A plan", f"C{story.ids:04d}")


def test_a_challenge_starts_on_the_first_level_of_the_route_whatever_its_number(story: Story) -> None:
    first, *further = story.framework.challenge_route
    route = (first.model_copy(update={"level": 4}), *further)
    story.framework = story.framework.model_copy(update={"challenge_route": route})
    thing = story.create(issuing((Kind.ACTION, story.assigned(Kind.ACTION))), story.chair)
    assert story.challenge(thing).level == 4


def test_a_review_is_challenged_once_it_is_commissioned(story: Story) -> None:
    story.day = 5
    review = story.a_review()
    early = issuing((Kind.REVIEW, review), happened_on=story.on(4))
    story.refused(refusals.DateBeforeStart, early, story.chair)
    story.refused(refusals.DateInFuture, issuing((Kind.REVIEW, review), happened_on=story.on(6)), story.chair)


@pytest.mark.parametrize("ending", [WithdrawChallenge, ResolveChallenge])
def test_ended_a_challenge_leaves_no_mark_on_its_subjects_but_others_stand(story: Story, ending: Any) -> None:
    review, action = story.a_review(), story.assigned(Kind.ACTION)
    first, second = (
        story.create(issuing((Kind.REVIEW, review), (Kind.ACTION, action), grounds=grounds), story.chair)
        for grounds in ("Late", "Not in use")
    )
    assert story.review(review).challenges == {first, second}
    told = {"id": first, "reason": "Settled"} | ({"outcome": "ANSWERED"} if ending is ResolveChallenge else {})
    story.when(ending.model_validate(told), story.chair)
    assert story.review(review).challenges == {second}
    assert story.action(action).life.challenges == {second}
    story.when(WithdrawChallenge(id=second, reason="Settled"), story.chair)
    assert not challenged(story.action(action).life)


def test_upheld_about_a_review_too_it_reopens_what_is_closed(story: Story) -> None:
    action = story.implemented(Kind.ACTION)
    thing = story.create(issuing((Kind.REVIEW, story.a_review()), (Kind.ACTION, action)), story.chair)
    past = upholding(thing, due=-1)
    assert story.refused(refusals.DueDateInPast, past, story.chair).field == ("reopenDueOn",)
    resolved = story.when(upholding(thing), story.chair)[0][2]
    assert isinstance(resolved, challenge.Resolved)
    assert resolved.reopen_due_on == story.on(90)
    assert stage(story.action(action).life) is Stage.ASSIGNED


def test_upheld_about_a_closed_action_it_reopens_the_closed_recommendation_above(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    action = story.implement(Kind.ACTION, below(story, above))
    story.implement(Kind.RECOMMENDATION, above)
    story.when(upholding(story.create(issuing((Kind.ACTION, action)), story.chair)), story.chair)
    assert [stage(each) for each in (story.action(action).life, story.recommendation(above).life)] == [
        Stage.ASSIGNED
    ] * 2


def test_upheld_about_an_open_action_it_leaves_what_was_superseded_above_it(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    action = below(story, above)
    story.when(closing(Kind.RECOMMENDATION, above, ClosureOutcome.SUPERSEDED), story.body)
    resolving = upholding(story.create(issuing((Kind.ACTION, action)), story.chair))
    story.when(resolving, story.chair)
    assert stage(story.recommendation(above).life) is Stage.CLOSED


def test_upheld_about_what_is_open_it_needs_no_date(story: Story) -> None:
    thing = story.create(issuing((Kind.ACTION, story.assigned(Kind.ACTION))), story.chair)
    story.when(ResolveChallenge(id=thing, outcome=ChallengeOutcome.UPHELD, reason="Undone"), story.chair)
    assert story.challenge(thing).ended


def test_an_ended_challenge_stays_ended_whatever_is_told_of_it_late(story: Story) -> None:
    thing = story.create(issuing((Kind.ACTION, story.assigned(Kind.ACTION))), story.chair)
    story.when(WithdrawChallenge(id=thing, reason="In error"), story.chair)
    ended = story.challenge(thing)
    by = story.facts(Kind.CHALLENGE, thing)[0].by
    story.record(Kind.CHALLENGE, thing, challenge.Responded(happened_on=story.today, by=by, narrative="Late", level=1))
    assert story.challenge(thing).stage is ended.stage


def test_embedded_below_a_closed_recommendation_nothing_else_changes(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    action = story.implement(Kind.ACTION, below(story, above))
    story.implement(Kind.RECOMMENDATION, above)
    told = {"kind": Kind.ACTION, "id": action, "finding": Impact.EMBEDDED, "measure": "Audit"}
    assert len(story.when(life.VerifyImpact.model_validate(told), story.body)) == 1


@pytest.mark.parametrize(("until", "code"), [(None, "FOLLOW_UP_REQUIRED"), (Story.on(-1), "DUE_DATE_IN_PAST")])
def test_what_is_reopened_above_has_a_date_to_come(story: Story, until: object, code: str) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    action = story.implement(Kind.ACTION, below(story, above))
    story.implement(Kind.RECOMMENDATION, above)
    follow_up = {"reason": "It slipped", "further_action": "Train", "reopen_until": until}
    told = {
        "kind": Kind.ACTION,
        "id": action,
        "finding": Impact.NOT_EMBEDDED,
        "measure": "Audit",
        "follow_up": follow_up,
    }
    refusal = story.refused(refusals.Refusal, life.VerifyImpact.model_validate(told), story.body)
    assert (refusal.code, refusal.field) == (code, ("followUp", "reopenUntil"))


def test_the_chair_acts_for_no_body(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    ((_, _, closed),) = story.when(closing(kind, thing, ClosureOutcome.SUPERSEDED), story.chair)
    assert closed.by.body is None


def test_what_is_closed_or_challenged_is_refused_as_such_before_its_actions_are_counted(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    below(story, above)
    mark = story.create(issuing((Kind.RECOMMENDATION, above)), story.chair)
    story.refused(refusals.ChallengeOpen, closing(Kind.RECOMMENDATION, above), story.body)
    story.when(WithdrawChallenge(id=mark, reason="In error"), story.chair)
    story.refused(refusals.ActionsStillOpen, closing(Kind.RECOMMENDATION, above), story.body)
    story.when(closing(Kind.RECOMMENDATION, above, ClosureOutcome.SUPERSEDED), story.body)
    story.refused(refusals.AlreadyClosed, closing(Kind.RECOMMENDATION, above), story.body)


def test_a_recommendation_closes_after_its_actions(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    story.accept(Kind.RECOMMENDATION, above, story.submit(Kind.RECOMMENDATION, above))
    action = below(story, above)
    story.day = 6
    story.implement(Kind.ACTION, action)
    early = closing(Kind.RECOMMENDATION, above).model_copy(update={"happened_on": story.on(5)})
    assert story.refused(refusals.DateOutOfOrder, early, story.body).field == ("happenedOn",)
    story.close(Kind.RECOMMENDATION, above)
    moved = correction(story, Kind.RECOMMENDATION, above, events.Closed, "happenedOn", str(story.on(5)))
    assert story.refused(refusals.DateOutOfOrder, moved, story.unit).field == ("newValue",)


def test_a_recommendation_is_never_corrected_to_before_its_review(story: Story) -> None:
    story.day = 5
    review = story.a_review()
    story.day = 7
    thing = story.create(RaiseRecommendation(review_id=review, wording="Share"), story.unit)
    raised = type(story.facts(Kind.RECOMMENDATION, thing)[0])
    early = correction(story, Kind.RECOMMENDATION, thing, raised, "happenedOn", str(story.on(4)))
    assert story.refused(refusals.DateBeforeStart, early, story.unit).field == ("newValue",)
    story.when(correction(story, Kind.RECOMMENDATION, thing, raised, "happenedOn", str(story.on(5))), story.unit)
    assert story.recommendation(thing).life.raised_on == story.on(5)


def test_an_action_is_corrected_whatever_became_of_the_recommendation_above(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    action, open_one = below(story, above), below(story, above)
    story.when(closing(Kind.RECOMMENDATION, above, ClosureOutcome.SUPERSEDED), story.body)
    story.day = 5
    story.implement(Kind.ACTION, action)
    alone = story.implemented(Kind.ACTION)
    for thing in (action, open_one, alone):
        raised = type(story.facts(Kind.ACTION, thing)[0])
        story.when(correction(story, Kind.ACTION, thing, raised, "wording", "Train both"), story.unit)


def test_struck_out_a_fact_says_so(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    ((_, _, fact),) = story.when(correction(story, kind, thing, events.Assigned, "voided", "true"), story.unit)
    assert (getattr(fact, "old_value", ""), getattr(fact, "new_value", "")) == ("false", "true")


def test_nothing_of_what_is_not_there_is_corrected(story: Story, kind: Kind) -> None:
    told = {"kind": kind, "id": UUID(int=5), "event_id": 1, "field": "wording", "new_value": "x", "reason": "A slip"}
    assert story.refused(refusals.NotFound, Correct.model_validate(told), story.unit).field == ()


# ---- nothing stands open, on any day, under what was implemented on it ----


def implemented_from_ten_to_twenty(story: Story) -> tuple[UUID, UUID]:
    """A recommendation, implemented on those days, and its action, closed on day 5; it is day 25."""
    above = story.assigned(Kind.RECOMMENDATION)
    action = below(story, above)
    story.day = 5
    story.implement(Kind.ACTION, action)
    story.day = 10
    story.implement(Kind.RECOMMENDATION, above)
    story.day = 20
    reopening = life.Reopen(kind=Kind.RECOMMENDATION, id=above, reason="It happened again", due_on=story.on(90))
    story.when(reopening, story.body)
    story.day = 25
    return above, action


def dated(command: Command, day: int) -> Command:
    return command.model_copy(update={"happened_on": Story.on(day)})


@pytest.mark.parametrize(
    "follow_up", [None, {"reopen_until": Story.on(90)}, {"further_action": "Train"}], ids=["reopen", "until", "further"]
)
def test_no_action_is_open_again_on_a_day_on_which_the_recommendation_was_implemented(
    story: Story, follow_up: dict[str, Any] | None
) -> None:
    _, action = implemented_from_ten_to_twenty(story)
    told = {"kind": Kind.ACTION, "id": action, "reason": "Undone", "due_on": story.on(90)}
    again: Command = life.Reopen.model_validate(told)
    if follow_up is not None:
        told = {"kind": Kind.ACTION, "id": action, "finding": Impact.NOT_EMBEDDED, "measure": "Audit"}
        again = life.VerifyImpact.model_validate(told | {"follow_up": follow_up | {"reason": "Undone"}})
    for day in (7, 19):
        refusal = story.refused(refusals.DateBeforeStart, dated(again, day), story.body)
        assert refusal.field == ("happenedOn",)
    story.when(dated(again, 20), story.body)


def test_a_finding_that_leaves_nothing_open_is_of_any_day_since_the_closing(story: Story) -> None:
    _, action = implemented_from_ten_to_twenty(story)
    told = {"kind": Kind.ACTION, "id": action, "finding": Impact.EMBEDDED, "measure": "Audit"}
    story.when(dated(life.VerifyImpact.model_validate(told), 7), story.body)


def test_no_upheld_challenge_opens_an_action_on_a_day_on_which_the_recommendation_was_implemented(
    story: Story,
) -> None:
    _, action = implemented_from_ten_to_twenty(story)
    thing = story.create(dated(issuing((Kind.ACTION, action)), 6), story.chair)
    story.refused(refusals.DateBeforeStart, dated(upholding(thing), 19), story.chair)
    story.when(dated(upholding(thing), 20), story.chair)
    assert stage(story.action(action).life) is Stage.ASSIGNED


def moved(story: Story, kind: Kind, thing: UUID, fact: type[Fact], day: int) -> Correct:
    return correction(story, kind, thing, fact, "happenedOn", str(Story.on(day)))


def test_no_correction_opens_an_action_on_a_day_on_which_the_recommendation_was_implemented(story: Story) -> None:
    above, action = implemented_from_ten_to_twenty(story)
    later = below(story, above)
    for asked in (
        moved(story, Kind.ACTION, action, events.Closed, 15),
        moved(story, Kind.ACTION, action, events.Closed, 11),
        moved(story, Kind.ACTION, later, Raised, 7),
        moved(story, Kind.ACTION, later, Raised, 19),
        moved(story, Kind.RECOMMENDATION, above, events.Closed, 4),
    ):
        assert story.refused(refusals.DateOutOfOrder, asked, story.unit).field == ("newValue",)
    for asked in (
        moved(story, Kind.ACTION, later, Raised, 20),
        moved(story, Kind.RECOMMENDATION, above, events.Closed, 12),
        moved(story, Kind.ACTION, action, events.Closed, 12),
    ):
        story.when(asked, story.unit)


def test_what_was_closed_otherwise_was_closed_over_open_actions_and_days_are_corrected(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    action = below(story, above)
    story.day = 10
    story.when(closing(Kind.RECOMMENDATION, above, ClosureOutcome.SUPERSEDED), story.body)
    story.day = 20
    reopening = life.Reopen(kind=Kind.RECOMMENDATION, id=above, reason="Not so", due_on=story.on(90))
    story.when(reopening, story.body)
    story.implement(Kind.ACTION, action)
    story.day = 25
    story.when(moved(story, Kind.ACTION, action, events.Closed, 22), story.unit)


def test_a_further_action_stands_open_under_what_it_was_asked_for_and_no_earlier(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    story.day = 10
    story.implement(Kind.RECOMMENDATION, above)
    story.day = 15
    told = {"kind": Kind.RECOMMENDATION, "id": above, "finding": Impact.NOT_EMBEDDED, "measure": "Audit"}
    follow_up = {"reason": "It slipped", "further_action": "Train"}
    decided = story.when(life.VerifyImpact.model_validate(told | {"follow_up": follow_up}), story.body)
    further = next(thing for kind, thing, _ in decided if kind is Kind.ACTION)
    story.refused(refusals.DateOutOfOrder, moved(story, Kind.ACTION, further, Raised, 9), story.unit)
    story.when(moved(story, Kind.ACTION, further, Raised, 10), story.unit)
    story.day = 20
    story.implement(Kind.ACTION, story.assign(Kind.ACTION, further))
    story.day = 25
    story.when(moved(story, Kind.ACTION, further, events.Closed, 22), story.unit)


def test_what_does_not_fit_already_stays_correctable_and_may_not_become_worse(story: Story) -> None:
    _, action = implemented_from_ten_to_twenty(story)
    by = story.facts(Kind.ACTION, action)[0].by
    early = events.Reopened(happened_on=story.on(7), by=by, reason="As it was once told", due_on=story.on(90))
    story.record(Kind.ACTION, action, early)
    story.when(correction(story, Kind.ACTION, action, Raised, "wording", "Train both"), story.unit)
    story.when(moved(story, Kind.ACTION, action, events.Closed, 6), story.unit)
    story.refused(refusals.DateOutOfOrder, moved(story, Kind.ACTION, action, events.Closed, 4), story.unit)
