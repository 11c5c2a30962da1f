"""Of every fact it is said what can be corrected, or why nothing can; and what each such correction does."""

from collections.abc import Iterator
from typing import Any, get_args
from uuid import UUID

import pytest
from pydantic import BaseModel

from domain.challenge import events as challenge
from domain.challenge.commands import EscalateChallenge, IssueChallenge, TransferChallenge
from domain.correction.amending import apply_corrections
from domain.correction.commands import Correct
from domain.correction.events import Corrected
from domain.correction.fields import DAY_OF_EFFECT, FIELDS, FOLLOWING, VOIDABLE, VOIDED
from domain.correction.reasons import BESIDE, OF_EVERY_FACT, UNCORRECTED
from domain.correction.values import Parts, as_partners_say
from domain.event_names import CLASSES
from domain.frameworks import Framework
from domain.lifecycle import events as life
from domain.lifecycle.commands import Transfer
from domain.recommendation import events as recommendation
from domain.review import events as review
from domain.review.commands import (
    AdviseReview,
    AgreeReview,
    CommissionReview,
    DeclineReview,
    ReferReview,
    StartClock,
    StopClock,
)
from domain.shared import refusals
from domain.shared.actor import Actor
from domain.shared.facts import Decided, Fact
from domain.shared.vocabulary import Kind
from support.in_memory_register import BODY, LED, Story

EVERY = sorted({fact for _, fact in CLASSES.values()}, key=lambda fact: (fact.__module__, fact.__name__))


def query_context(story: Story, kind: Kind, thing: UUID, fact: type[Fact], field: str, value: str | None) -> Correct:
    places = [each.position for each in story.streams[kind, thing] if isinstance(each.fact, fact)]
    asked = {"kind": kind, "id": thing, "event_id": places[-1], "field": field, "new_value": value}
    return Correct.model_validate(asked | {"reason": "Misread minutes"})


def correct(story: Story, kind: Kind, thing: UUID, fact: type[Fact], field: str, value: str | None) -> list[Decided]:
    return story.when(query_context(story, kind, thing, fact, field, value), story.unit)


def told(story: Story, kind: Kind, thing: UUID, fact: type[Fact]) -> Any:
    """The latest such fact as corrections left it."""
    return [each.fact for each in apply_corrections(story.streams[kind, thing]) if isinstance(each.fact, fact)][-1]


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: f"{fact.__module__}.{fact.__name__}")
def test_a_fact_has_fields_to_correct_or_a_reason_why_not(fact: type[Fact]) -> None:
    assert (fact in FIELDS) != (fact in UNCORRECTED)
    assert FIELDS.get(fact, {}).keys() <= fact.model_fields.keys()
    assert fact in FIELDS or UNCORRECTED[fact].endswith(".")


def test_only_facts_that_are_stored_are_spoken_of() -> None:
    known = set(EVERY)
    assert FIELDS.keys() | UNCORRECTED.keys() == known
    assert FIELDS.keys() >= VOIDABLE
    assert all(DAY_OF_EFFECT[fact] in FIELDS[fact] for fact in DAY_OF_EFFECT)
    assert VOIDED not in {as_partners_say(name) for fields in FIELDS.values() for name in fields}


def parts_of(fact: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models within a fact, at whatever depth."""
    for field in fact.model_fields.values():
        for each in _models(field.annotation):
            if each is not Actor and each is not Framework:
                yield from (each, *parts_of(each))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from _models(each)


def unspoken(model: type[BaseModel], known: set[str]) -> set[str]:
    """The fields that neither can be corrected, nor follow, nor have a reason why not."""
    reasons = BESIDE.get(model, {}).keys() | (OF_EVERY_FACT.keys() if issubclass(model, Fact) else set())
    return model.model_fields.keys() - known - reasons


def correctable_parts(fact: type[Fact]) -> dict[type[BaseModel], set[str]]:
    kinds = (kind for kind in FIELDS.get(fact, {}).values() if isinstance(kind, Parts))
    return {kind.of: set(kind.values) for kind in kinds}


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: f"{fact.__module__}.{fact.__name__}")
def test_every_field_of_every_fact_can_be_corrected_or_follows_or_has_a_reason_why_not(fact: type[Fact]) -> None:
    if fact in UNCORRECTED:
        return
    assert unspoken(fact, FIELDS[fact].keys() | FOLLOWING.get(fact, {}).keys()) == set()
    able = correctable_parts(fact)
    for part in parts_of(fact):
        assert unspoken(part, able.get(part, set())) == set(), part


def test_a_reason_is_of_a_field_that_there_is_and_cannot_be_corrected() -> None:
    facts = [fact for fact in EVERY if fact not in UNCORRECTED]
    models: dict[type[BaseModel], set[str]] = {fact: set(FIELDS[fact]) for fact in facts}
    for fact in facts:
        models |= {part: models.get(part, set()) for part in parts_of(fact)}
    for fact in facts:
        models |= correctable_parts(fact)
    assert BESIDE.keys() <= models.keys()
    for model, reasons in BESIDE.items():
        assert reasons.keys() <= model.model_fields.keys() - models.get(model, set()), model
        assert all(reason.endswith(".") for reason in reasons.values())


def test_whoever_asks_for_what_is_not_corrected_is_told_why(story: Story) -> None:
    thing = story.a_recommendation()
    asked = query_context(story, Kind.RECOMMENDATION, thing, recommendation.Raised, "reviewId", str(thing))
    refusal = story.refused(refusals.Invalid, asked, story.unit)
    assert (refusal.field, refusal.message.endswith(BESIDE[recommendation.Raised]["review_id"])) == (("field",), True)


def test_a_mark_says_where_it_is_corrected(story: Story) -> None:
    recommendation = story.a_recommendation()
    review_id = story.recommendation(recommendation).review_id
    asked = query_context(story, Kind.REVIEW, review_id, review.RecommendationArisen, "happenedOn", str(story.on(0)))
    refusal = story.refused(refusals.Invalid, asked, story.unit)
    assert (refusal.field, "another thing's fact" in refusal.message) == (("field",), True)


def referred(story: Story) -> UUID:
    return story.create(ReferReview(title="Child L", agencies=("police",), aware_on=story.on(-3)), story.unit)


def test_a_referral_its_advice_and_its_declining_are_corrected(story: Story) -> None:
    case, neighbour = referred(story), referred(story)
    story.day = 4
    advice = AdviseReview(id=case, body=BODY, kind="serious-case-review", advice="The criteria are met")
    story.when(advice, story.body)
    story.day = 6
    story.when(DeclineReview(id=case, reason="Not met"), story.chair)
    for fact, field, value in (
        (review.Referred, "title", "Child M"),
        (review.Referred, "referredBy", "A nurse"),
        (review.Referred, "awareOn", str(story.on(-5))),
        (review.Advised, "advice", "They are not"),
        (review.Advised, "happenedOn", str(story.on(3))),
        (review.Declined, "reason", "A sister review does it"),
        (review.Declined, "happenedOn", str(story.on(5))),
    ):
        assert len(correct(story, Kind.REVIEW, case, fact, field, value)) == 1
    case_told = told(story, Kind.REVIEW, case, review.Referred)
    assert (case_told.title, case_told.referred_by, case_told.aware_on) == ("Child M", "A nurse", story.on(-5))
    advised, declined = (told(story, Kind.REVIEW, case, fact) for fact in (review.Advised, review.Declined))
    assert (advised.advice, advised.happened_on) == ("They are not", story.on(3))
    assert (declined.reason, declined.happened_on) == ("A sister review does it", story.on(5))
    early = query_context(story, Kind.REVIEW, case, review.Declined, "happenedOn", str(story.on(2)))
    story.refused(refusals.DateOutOfOrder, early, story.unit)
    assert told(story, Kind.REVIEW, neighbour, review.Referred).title == "Child L"


def test_the_day_of_an_agreement_is_corrected_within_the_order_of_facts(story: Story) -> None:
    thing = story.a_review()
    story.day = 5
    story.when(AgreeReview(id=thing), story.chair)
    correct(story, Kind.REVIEW, thing, review.Agreed, "happenedOn", str(story.on(3)))
    assert told(story, Kind.REVIEW, thing, review.Agreed).happened_on == story.on(3)
    for day, refusal in ((-1, refusals.DateBeforeStart), (6, refusals.DateInFuture)):
        asked = query_context(story, Kind.REVIEW, thing, review.Agreed, "happenedOn", str(story.on(day)))
        story.refused(refusal, asked, story.unit)


def with_a_clock(story: Story) -> UUID:
    thing = story.a_review()
    story.day = 10
    story.when(StartClock(review_id=thing, clock="statement", started_on=story.on(2), due_on=story.on(20)))
    story.when(StopClock(review_id=thing, clock="statement", stopped_on=story.on(8)))
    return thing


def test_a_corrected_clock_takes_effect_on_its_corrected_day(story: Story) -> None:
    thing = with_a_clock(story)
    ((_, _, fact),) = correct(story, Kind.REVIEW, thing, review.ClockStarted, "startedOn", str(story.on(4)))
    started = told(story, Kind.REVIEW, thing, review.ClockStarted)
    assert (started.started_on, started.happened_on, fact.happened_on) == (story.on(4), story.on(4), story.on(2))
    assert told(story, Kind.REVIEW, thing, Corrected).happened_on == story.on(4)
    correct(story, Kind.REVIEW, thing, review.ClockStarted, "startedOn", str(story.on(-4)))
    started = told(story, Kind.REVIEW, thing, review.ClockStarted)
    assert (started.started_on, started.happened_on) == (story.on(-4), story.on(0))
    correct(story, Kind.REVIEW, thing, review.ClockStarted, "dueOn", str(story.on(30)))
    correct(story, Kind.REVIEW, thing, review.ClockStopped, "stoppedOn", str(story.on(9)))
    assert told(story, Kind.REVIEW, thing, review.ClockStarted).due_on == story.on(30)
    assert told(story, Kind.REVIEW, thing, review.ClockStopped).happened_on == story.on(9)
    run = story.review(thing).clocks["statement"]
    assert (run.started_on, run.stopped_on) == (story.on(-4), story.on(9))


def test_a_corrected_clock_runs_forward_and_not_into_another_run(story: Story) -> None:
    thing = with_a_clock(story)
    story.when(StartClock(review_id=thing, clock="statement", started_on=story.on(9), due_on=story.on(30)))
    cases: list[tuple[type[Fact], str, int, type[refusals.Refusal]]] = [
        (review.ClockStopped, "stoppedOn", 1, refusals.DateOutOfOrder),
        (review.ClockStopped, "stoppedOn", 10, refusals.DateOutOfOrder),
        (review.ClockStopped, "stoppedOn", 11, refusals.DateInFuture),
        (review.ClockStarted, "startedOn", 7, refusals.DateOutOfOrder),
        (review.ClockStarted, "startedOn", 11, refusals.DateInFuture),
        (review.ClockStarted, "dueOn", 8, refusals.DateOutOfOrder),
    ]
    for fact, field, day, refusal in cases:
        asked = query_context(story, Kind.REVIEW, thing, fact, field, str(story.on(day)))
        assert story.refused(refusal, asked, story.unit).field == ("newValue",), (field, day)


def test_when_a_challenge_climbed_and_moved_is_corrected(story: Story) -> None:
    action = story.assigned(Kind.ACTION)
    subject = {"kind": Kind.ACTION, "id": action}
    asked = {"agency": "police", "grounds": "Late", "subjects": [subject]}
    thing = story.create(IssueChallenge.model_validate(asked), story.chair)
    story.day = 8
    story.when(EscalateChallenge(id=thing, reason="Silence"), story.chair)
    story.day = 9
    story.when(Transfer(kind=Kind.ACTION, id=action, to_agency="health", reason="The team moved"))
    story.when(TransferChallenge(id=thing, to_agency="health", reason="The team moved"))
    correct(story, Kind.CHALLENGE, thing, challenge.Escalated, "happenedOn", str(story.on(6)))
    correct(story, Kind.CHALLENGE, thing, challenge.Transferred, "happenedOn", str(story.on(7)))
    correct(story, Kind.ACTION, action, life.Transferred, "happenedOn", str(story.on(7)))
    assert told(story, Kind.CHALLENGE, thing, challenge.Escalated).happened_on == story.on(6)
    assert told(story, Kind.CHALLENGE, thing, challenge.Transferred).happened_on == story.on(7)
    assert [story.action(action).life.lead_on(story.on(day)) for day in (6, 7)] == ["police", "health"]
    early = query_context(story, Kind.CHALLENGE, thing, challenge.Transferred, "happenedOn", str(story.on(5)))
    story.refused(refusals.DateOutOfOrder, early, story.unit)


def test_learning_is_not_corrected_to_before_the_commission_of_what_was_referred(story: Story) -> None:
    case, other = referred(story), story.a_review()
    point = story.learning(other)
    story.day = 4
    story.when(AdviseReview(id=case, body=BODY, kind="serious-case-review", advice="The criteria are met"), story.body)
    decided = {"kind": "serious-case-review", "title": "Child L", "agencies": ("police",), "referral_id": case, **LED}
    story.when(CommissionReview.model_validate(decided), story.chair)
    story.day = 7
    story.disseminated(case, learning=(point,))
    for fact in (review.LearningIdentified, review.LearningDisseminated):
        early = query_context(story, Kind.REVIEW, case, fact, "happenedOn", str(story.on(3)))
        assert story.refused(refusals.DateBeforeStart, early, story.unit).field == ("newValue",)
        correct(story, Kind.REVIEW, case, fact, "happenedOn", str(story.on(4)))
        assert told(story, Kind.REVIEW, case, fact).happened_on == story.on(4)


def test_a_review_that_is_not_there_or_is_none_is_not_corrected(story: Story) -> None:
    for thing in (UUID(int=7), story.an_action()):
        told = {"kind": Kind.REVIEW, "id": thing, "event_id": 1, "field": "happenedOn", "reason": "Misread"}
        asked = Correct.model_validate(told | {"new_value": str(story.on(0))})
        story.refused(refusals.NotFound, asked, story.unit)


def moving_the_first(story: Story, thing: UUID, fact: type[Fact], day: int) -> Correct:
    place = next(each.position for each in story.streams[Kind.REVIEW, thing] if isinstance(each.fact, fact))
    moved = query_context(story, Kind.REVIEW, thing, fact, "happenedOn", str(story.on(day)))
    return moved.model_copy(update={"event_id": place})


def test_learning_that_was_joined_elsewhere_stays_identified_before_it_was_brought(story: Story) -> None:
    home, other = story.a_review(), story.a_review()
    story.learning(home)
    story.day = 3
    point = story.learning(other)
    story.day = 5
    story.disseminated(home, learning=(point,))
    story.day = 7
    later = story.learning(other, wording="Nobody asked the father")
    story.disseminated(home, learning=(point, later))
    story.day = 9
    for thing, fact, wrong in ((other, review.LearningIdentified, 6), (home, review.LearningDisseminated, 2)):
        refusal = story.refused(refusals.DateOutOfOrder, moving_the_first(story, thing, fact, wrong), story.unit)
        assert refusal.field == ("newValue",)
        assert story.when(moving_the_first(story, thing, fact, 4), story.unit)
    assert correct(story, Kind.REVIEW, other, review.LearningIdentified, "happenedOn", str(story.on(6)))


def test_of_joined_learning_only_what_was_brought_together_is_compared(story: Story) -> None:
    """Each review has learning of its own that the other neither identified nor brought."""
    home, other = story.a_review(), story.a_review()
    own, point = story.learning(home), story.learning(other)
    story.learning(other, wording="Nobody asked the father")
    story.day = 5
    story.disseminated(home, learning=(own, point))
    for thing, fact in ((other, review.LearningIdentified), (home, review.LearningDisseminated)):
        assert correct(story, Kind.REVIEW, thing, fact, "happenedOn", str(story.on(3)))


@pytest.mark.parametrize("day", [-4, 3, 5, 79, 81])
def test_a_due_day_counted_in_working_days_is_counted_from_the_corrected_start(story: Story, day: int) -> None:
    """79 and 81 stand before and in an Easter with two bank holidays."""
    thing, neighbour = story.a_review(), story.a_review()
    story.day = 82
    for each, start in ((thing, 2), (neighbour, day)):
        story.when(StartClock(review_id=each, clock="rapid-review", started_on=story.on(start)))
    correct(story, Kind.REVIEW, thing, review.ClockStarted, "startedOn", str(story.on(day)))
    mine, other = (told(story, Kind.REVIEW, each, review.ClockStarted) for each in (thing, neighbour))
    assert (mine.started_on, mine.due_on, mine.working_days) == (story.on(day), other.due_on, True)
    correct(story, Kind.REVIEW, thing, review.ClockStarted, "dueOn", str(story.on(90)))
    correct(story, Kind.REVIEW, thing, review.ClockStarted, "startedOn", str(story.on(4)))
    assert told(story, Kind.REVIEW, thing, review.ClockStarted).due_on == story.on(90)
