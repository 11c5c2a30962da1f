"""Whether children, families and professionals were invited to contribute to a review, and did."""

from typing import Any
from uuid import UUID

import pytest

from domain.correction.commands import Correct
from domain.review.commands import CompleteReview, DeclineReview, RecordParticipation, ReferReview
from domain.review.events import ParticipationRecorded
from domain.shared import refusals
from domain.shared.vocabulary import Kind, Participant, TookPart
from support.in_memory_register import Story


def recording(review: UUID, **fields: Any) -> RecordParticipation:
    return RecordParticipation.model_validate({"id": review, "participant": Participant.PARENT} | fields)


def test_it_is_recorded_at_any_time_of_the_review_and_the_latest_answer_stands(story: Story) -> None:
    review = story.a_review()
    story.when(recording(review, invited=True))
    story.when(CompleteReview(id=review))
    met = recording(review, invited=True, took_part=TookPart.YES, how="Two meetings", happened_on=story.on(0))
    ((_, _, fact),) = story.when(met)
    assert isinstance(fact, ParticipationRecorded)
    assert story.review(review).participation == {(Participant.PARENT, None): fact.answer}
    assert story.when(met) == []
    story.when(recording(review, who="The stepfather", invited=False, why_not="He could not be found"))
    assert len(story.review(review).participation) == 2


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"invited": False}, refusals.ReasonRequired, "whyNot"),
        ({"invited": False, "took_part": "NO"}, refusals.ReasonRequired, "whyNot"),
        ({"invited": False, "took_part": "DECLINED", "why_not": "x"}, refusals.Invalid, "tookPart"),
        ({"invited": True, "took_part": "NO", "how": "By letter"}, refusals.Invalid, "how"),
        ({"invited": True, "how": "By letter"}, refusals.Invalid, "how"),
        ({"invited": True, "took_part": "YES", "why_not": "x"}, refusals.Invalid, "whyNot"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_by_name(
    story: Story, said: dict[str, Any], refusal: type[refusals.Refusal], field: str
) -> None:
    assert story.refused(refusal, recording(story.a_review(), **said)).field == (field,)


@pytest.mark.parametrize(
    "said",
    [
        {"invited": False, "took_part": "YES", "how": "She wrote to the board herself"},
        {"invited": True, "took_part": "DECLINED"},
        {"invited": True, "took_part": "NO", "why_not": "Too soon after the death"},
        {"invited": True, "took_part": "YES"},
    ],
)
def test_an_answer_that_makes_sense_is_recorded(story: Story, said: dict[str, Any]) -> None:
    assert len(story.when(recording(story.a_review(), **said))) == 1


def test_only_of_a_review_that_was_commissioned_and_on_a_day_since_then(story: Story) -> None:
    case = story.create(ReferReview(title="Child L", kind="single-agency-review", agencies=("police",)))
    story.when(DeclineReview(id=case, reason="No concern"), story.chair)
    story.refused(refusals.ConditionsNotMet, recording(case, invited=True))
    review = story.a_review()
    early = recording(review, invited=True, happened_on=story.on(-1))
    assert story.refused(refusals.DateBeforeStart, early).field == ("happenedOn",)
    story.refused(refusals.DateInFuture, recording(review, invited=True, happened_on=story.on(1)))


def test_a_corrected_answer_still_makes_sense_and_a_mistaken_one_is_struck_out(story: Story) -> None:
    review = story.a_review()
    story.when(recording(review, invited=True, took_part=TookPart.DECLINED))
    position = story.streams[Kind.REVIEW, review][-1].position
    wrong = {"kind": Kind.REVIEW, "id": review, "event_id": position, "reason": "Misread"}

    def correcting(field: str, value: str | None) -> Correct:
        return Correct.model_validate(wrong | {"field": field, "new_value": value})

    assert story.refused(refusals.ReasonRequired, correcting("invited", "false")).field == ("newValue",)
    assert story.refused(refusals.Invalid, correcting("how", "By letter")).field == ("newValue",)
    story.when(correcting("tookPart", "YES"))
    assert story.review(review).participation == {(Participant.PARENT, None): (True, TookPart.YES, None, None)}
    story.when(correcting("participant", "CARER"))
    assert list(story.review(review).participation) == [(Participant.CARER, None)]
    story.when(correcting("voided", "true"))
    assert story.review(review).participation == {}
