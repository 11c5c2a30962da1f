"""Learning is disseminated and obliges those who receive it; each duty is confirmed with an assurance."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError

from domain.agency.commands import MergeAgencies
from domain.correction.commands import Correct
from domain.duties.state import Duty
from domain.frameworks import shipped_frameworks
from domain.review.commands import ConfirmLearning, DeclineReview, DisseminateLearning, ReferReview
from domain.review.events import LearningDisseminated, LearningJoined
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.dates import overdue
from domain.shared.vocabulary import DutyHolder, Kind, Role
from support.in_memory_register import Story


def disseminating(review: UUID, **fields: Any) -> DisseminateLearning:
    asked = {"review_id": review, "method": "newsletter", "audience": ("social workers",)} | fields
    return DisseminateLearning.model_validate(asked)


def confirming(review: UUID, **fields: Any) -> ConfirmLearning:
    return ConfirmLearning.model_validate({"review_id": review, "assurance": "Every team was briefed"} | fields)


def disseminated(story: Story, command: DisseminateLearning) -> LearningDisseminated:
    fact = story.when(command)[0][2]
    assert isinstance(fact, LearningDisseminated)
    return fact


def duties(story: Story, review: UUID) -> list[Duty]:
    return list(story.review(review).duties.values())


def done(story: Story, review: UUID) -> set[str | None]:
    """Who has confirmed everything."""
    every = duties(story, review)
    return {duty.agency for duty in every} - {duty.agency for duty in every if duty.done_on is None}


def of(held: Iterable[Duty], holder: DutyHolder) -> UUID:
    return next(duty.id for duty in held if duty.held_by is holder)


@pytest.fixture
def sunderland(story: Story) -> Story:
    story.framework = shipped_frameworks()["sunderland-2015"]
    return story


def a_sunderland_review(story: Story) -> UUID:
    return story.disseminated(story.a_review(kind="participation", mandated_by="board"))


def test_learning_goes_to_the_reviews_agencies_unless_others_are_named(story: Story) -> None:
    review = story.a_review()
    points = [story.learning(review) for _ in range(2)]
    fact = disseminated(story, disseminating(review))
    assert (fact.agencies, fact.learning) == (("police", "health"), tuple(points))
    fact = disseminated(story, disseminating(review, agencies=("schools",), learning=(points[1],)))
    assert (fact.agencies, fact.learning) == (("schools",), (points[1],))


def test_it_is_to_be_confirmed_by_the_frameworks_days_unless_a_day_is_named(story: Story) -> None:
    review = story.disseminated()
    fact = story.facts(Kind.REVIEW, review)[-1]
    assert isinstance(fact, LearningDisseminated)
    assert fact.confirm_by == story.on(28)
    assert disseminated(story, disseminating(review, confirm_by=story.on(0))).confirm_by == story.on(0)
    late = disseminating(review, confirm_by=story.on(-1))
    assert story.refused(refusals.DueDateInPast, late).field == ("confirmBy",)


def test_each_agency_has_each_duty_of_an_agency_and_the_chair_and_the_unit_have_theirs(sunderland: Story) -> None:
    review = a_sunderland_review(sunderland)
    held = Counter((duty.held_by, duty.agency) for duty in duties(sunderland, review))
    assert held == {
        (DutyHolder.AGENCY, "police"): 17,
        (DutyHolder.AGENCY, "health"): 17,
        (DutyHolder.CHAIR, None): 3,
        (DutyHolder.BUSINESS_UNIT, None): 5,
    }


def test_the_method_is_of_the_framework_that_the_review_runs_under(story: Story) -> None:
    review = story.a_review()
    story.learning(review)
    story.framework = shipped_frameworks()["hull-2015"]
    assert story.refused(refusals.UnknownMethod, disseminating(review, method="bulletin")).field == ("method",)
    assert len(disseminated(story, disseminating(review)).duties) == 2


def test_any_words_name_a_method_where_those_of_the_framework_are_examples(story: Story) -> None:
    story.framework = shipped_frameworks()["hull-2015"]
    review = story.a_review(kind="practice-review")
    story.learning(review)
    assert (
        disseminated(story, disseminating(review, method="A visit to every school")).method == "A visit to every school"
    )


def test_learning_may_be_disseminated_as_soon_as_it_is_identified_and_no_earlier(story: Story) -> None:
    review = story.a_review()
    none_yet = story.refused(refusals.ConditionsNotMet, disseminating(review))
    assert none_yet.field == ("learning",)
    story.day = 5
    story.learning(review)
    early = story.refused(refusals.DateBeforeStart, disseminating(review, happened_on=story.on(4)))
    assert early.field == ("happenedOn",)
    story.refused(refusals.DateInFuture, disseminating(review, happened_on=story.on(6)))
    story.when(disseminating(review, happened_on=story.on(5)))


def test_a_case_that_is_not_reviewed_disseminates_nothing(story: Story) -> None:
    case = story.create(ReferReview(title="Child L", kind="single-agency-review", agencies=("police",)))
    story.when(DeclineReview(id=case, reason="No concern"), story.chair)
    anothers = story.learning(story.a_review())
    for learning in ((), (anothers,)):
        story.refused(refusals.ConditionsNotMet, disseminating(case, learning=learning, agencies=("police",)))


def test_another_reviews_learning_is_not_disseminated_before_its_own_commission(story: Story) -> None:
    anothers = story.learning(story.a_review())
    story.day = 5
    review = story.a_review()
    early = disseminating(review, learning=(anothers,), happened_on=story.on(4))
    assert story.refused(refusals.DateBeforeStart, early).field == ("happenedOn",)
    story.when(disseminating(review, learning=(anothers,), happened_on=story.on(5)))


def test_learning_and_an_audience_named_twice_are_told_once(story: Story) -> None:
    review = story.a_review()
    point = story.learning(review)
    fact = disseminated(story, disseminating(review, learning=(point, point), audience=("nurses", "nurses")))
    assert (fact.learning, fact.audience) == ((point,), ("nurses",))


def owed(story: Story, review: UUID) -> Counter[str | None]:
    return Counter(duty.agency for duty in duties(story, review))


def test_the_same_learning_told_again_by_another_method_obliges_nobody_a_second_time(sunderland: Story) -> None:
    review = a_sunderland_review(sunderland)
    before = owed(sunderland, review)
    fact = disseminated(sunderland, disseminating(review, method="training"))
    assert (fact.obliged, fact.agencies, owed(sunderland, review)) == ((), ("police", "health"), before)
    sunderland.when(disseminating(review, method="website", agencies=("police", "schools")))
    assert owed(sunderland, review) == before + Counter({"schools": 17})


def test_new_learning_told_with_old_obliges_about_what_is_new(story: Story) -> None:
    review = story.a_review()
    old = story.learning(review)
    story.when(disseminating(review, agencies=("police",)))
    new = story.learning(review)
    fact = disseminated(story, disseminating(review, agencies=("police", "health")))
    assert {each.agency: each.learning for each in fact.obliged} == {
        None: (new,),
        "police": (new,),
        "health": (old, new),
    }
    assert owed(story, review) == {"police": 4, "health": 2}


def test_learning_that_was_joined_elsewhere_is_not_told_for_the_first_time(story: Story) -> None:
    home, other = story.a_review(), story.a_review()
    joined = story.learning(other)
    story.learning(home)
    story.when(disseminating(home, learning=(joined,), agencies=("police",)))
    story.when(disseminating(other, agencies=("police", "health")))
    assert (owed(story, home), owed(story, other)) == ({"police": 2}, {"health": 2})
    story.when(disseminating(home, learning=(joined,), agencies=("health",)))
    assert owed(story, home) == {"police": 2}


def test_what_an_agency_has_become_is_not_obliged_again_by_what_it_was_told_before(story: Story) -> None:
    review = story.disseminated()
    story.when(MergeAgencies(key="health", into="schools"), story.administrator)
    story.when(disseminating(review, method="briefings", agencies=("schools", "police")))
    assert owed(story, review) == {"police": 2, "schools": 2}


def test_learning_goes_to_bodies_the_public_and_the_media_which_owe_nothing(story: Story) -> None:
    review = story.a_review()
    story.learning(review)
    fact = disseminated(story, disseminating(review, agencies=(), bodies=("training", "training"), media=True))
    assert (fact.agencies, fact.bodies, fact.bodies_of, fact.public, fact.media) == (
        (),
        ("training",),
        "knowsley-2015",
        False,
        True,
    )
    assert duties(story, review) == []
    assert disseminated(story, disseminating(review, public=True)).agencies == ("police", "health")


def test_an_empty_list_of_agencies_is_none_and_learning_goes_to_somebody(story: Story) -> None:
    review = story.a_review()
    story.learning(review)
    assert story.refused(refusals.Invalid, disseminating(review, agencies=())).field == ("agencies",)
    unknown = disseminating(review, bodies=("training", "the-pub"))
    refusal = story.refused(refusals.UnknownBody, unknown)
    assert (refusal.field, "'the-pub'" in refusal.message) == (("bodies", "1"), True)


def test_a_fact_of_before_obliges_every_agency_about_all_of_it(story: Story) -> None:
    review = story.disseminated()
    fact = story.facts(Kind.REVIEW, review)[-1]
    assert isinstance(fact, LearningDisseminated)
    stored = fact.model_dump(exclude={"obliges", "bodies", "bodies_of", "public", "media"})
    assert LearningDisseminated.model_validate(stored).obliged == fact.obliged


def test_one_assurance_names_the_duties_that_it_is_about(story: Story) -> None:
    review = story.disseminated()
    first, second = (duty.id for duty in duties(story, review) if duty.agency == "police")
    healths = next(duty.id for duty in duties(story, review) if duty.agency == "health")
    police = Story.agency("police")
    for others in ((first, healths), (first, uuid4())):
        assert story.refused(refusals.NotFound, confirming(review, duty_ids=others), police).field == ("dutyIds", "1")
    both = confirming(review, duty_id=first, duty_ids=(second,))
    assert story.refused(refusals.Invalid, both, police).field == ("dutyIds",)
    none = confirming(review, duty_ids=())
    assert story.refused(refusals.ConditionsNotMet, none, police).field == ("dutyIds",)
    ((_, _, fact),) = story.when(confirming(review, duty_ids=(first, second, first)), police)
    assert getattr(fact, "duties", ()) == (first, second)
    again = confirming(review, duty_ids=(second,))
    assert story.refused(refusals.ConditionsNotMet, again, police).field == ("dutyIds", "0")
    assert done(story, review) == {"police"}


def test_what_makes_no_sense_is_refused_by_name(story: Story) -> None:
    review, nobody = story.a_review(), story.a_review(kind="section-11-audit", agencies=())
    story.learning(review)
    story.learning(nobody)
    assert story.refused(refusals.NotFound, disseminating(review, learning=(uuid4(),))).field == ("learning", "0")
    assert story.refused(refusals.UnknownAgency, disseminating(review, agencies=("moon",))).field == ("agencies", "0")
    assert story.refused(refusals.Invalid, disseminating(nobody)).field == ("agencies",)
    for audience in ((), ("",), ("  ",)):
        with pytest.raises(ValidationError, match="audience"):
            disseminating(review, audience=audience)
    with pytest.raises(ValidationError, match="assurance"):
        confirming(review, assurance=" ")


def test_only_the_business_unit_disseminates(story: Story) -> None:
    review = story.disseminated()
    for caller in (story.chair, story.body, story.agency("police"), story.inspector, story.administrator):
        story.refused(refusals.NotPermitted, disseminating(review), caller)


def test_a_presentation_joins_the_learning_of_several_reviews(story: Story) -> None:
    home, other, neighbour = (story.a_review() for _ in range(3))
    points = tuple(story.learning(review) for review in (home, other))
    decided = story.when(disseminating(home, learning=points, agencies=("schools",)))
    assert [(thing, type(fact)) for _, thing, fact in decided] == [
        (home, LearningDisseminated),
        (other, LearningJoined),
    ]
    assert story.review(other).informed_agencies == story.review(home).informed_agencies == {"schools"}
    assert story.review(neighbour).informed_agencies == frozenset()
    story.when(confirming(other), story.agency("schools"))
    assert done(story, home) == {"schools"}


def test_what_is_confirmed_of_joined_learning_is_what_was_joined(story: Story) -> None:
    home, other = (story.a_review() for _ in range(2))
    points = tuple(story.learning(review) for review in (home, other))
    joined = disseminated(story, disseminating(home, learning=points, agencies=("schools",)))
    later = story.learning(home)
    disseminated(story, disseminating(home, learning=(later,), agencies=("schools",)))
    story.when(confirming(other), story.agency("schools"))
    confirmed = {duty.origin for duty in duties(story, home) if duty.done_on}
    assert confirmed == {joined.dissemination_id}
    assert done(story, home) == set()


def test_learning_joined_elsewhere_a_second_time_leaves_the_duties_of_the_first(story: Story) -> None:
    home, second, other = (story.a_review() for _ in range(3))
    point = story.learning(other)
    for review, agency in ((home, "schools"), (second, "housing")):
        story.when(disseminating(review, learning=(point,), agencies=(agency,)))
    assert story.review(other).informed_agencies == {"schools", "housing"}
    story.when(confirming(other), story.agency("schools"))
    assert (done(story, home), done(story, second)) == ({"schools"}, set())


def test_an_agency_confirms_all_of_its_own_or_the_one_that_it_names(story: Story) -> None:
    review = story.disseminated()
    first, second = (duty.id for duty in duties(story, review) if duty.agency == "police")
    story.day = 3
    story.when(confirming(review, duty_id=first), story.agency("police"))
    held = story.review(review).duties
    assert (held[first].done_on, held[second].done_on) == (story.on(3), None)
    story.day = 4
    story.when(confirming(review), story.agency("police"))
    held = story.review(review).duties
    assert (held[first].done_on, held[second].done_on) == (story.on(3), story.on(4))
    assert done(story, review) == {"police"}


def test_a_duty_is_confirmed_once(story: Story) -> None:
    review = story.disseminated()
    duty = next(each.id for each in duties(story, review) if each.agency == "police")
    story.when(confirming(review), story.agency("police"))
    again = story.refused(refusals.ConditionsNotMet, confirming(review, duty_id=duty), story.agency("police"))
    assert again.field == ("dutyId",)
    story.refused(refusals.ConditionsNotMet, confirming(review), story.agency("police"))


def test_somebody_elses_duty_does_not_exist_for_an_agency(story: Story) -> None:
    review = story.disseminated()
    duty = next(each.id for each in duties(story, review) if each.agency == "police")
    for unseen in (duty, uuid4()):
        found = story.refused(refusals.NotFound, confirming(review, duty_id=unseen), story.agency("health"))
        assert (found.message, found.field) == ("There is no such duty.", ("dutyId",))
    story.refused(refusals.ConditionsNotMet, confirming(review), story.agency("schools"))
    spoken_for = story.refused(refusals.NotPermitted, confirming(review, agency="police"), story.agency("health"))
    assert spoken_for.field == ("agency",)
    versioned = story.refused(refusals.NotPermitted, confirming(review, expected_version=3), story.agency("police"))
    assert versioned.field == ("expectedVersion",)


def test_an_agency_may_say_that_it_speaks_for_itself(story: Story) -> None:
    review = story.disseminated()
    story.when(confirming(review, agency="police"), story.agency("police"))
    assert done(story, review) == {"police"}


def test_a_chair_speaks_for_no_agency_not_even_their_own(story: Story) -> None:
    review = story.disseminated()
    of_the_police = Caller("chair", Role.CHAIR, agency="police")
    refusal = story.refused(refusals.NotPermitted, confirming(review, agency="police"), of_the_police)
    assert refusal.field == ("agency",)


def test_a_second_dissemination_leaves_the_duties_of_the_first(story: Story) -> None:
    review = story.disseminated()
    first = duties(story, review)
    story.disseminated(review, agencies=("schools",))
    assert duties(story, review)[: len(first)] == first
    assert story.review(review).informed_agencies == {"police", "health", "schools"}
    assert {duty.agency for duty in duties(story, review)[len(first) :]} == {"schools"}


def test_the_chairs_are_the_chairs_and_the_units_the_units(sunderland: Story) -> None:
    review = a_sunderland_review(sunderland)
    held = duties(sunderland, review)
    chairs, units, agencys = (
        of(held, holder) for holder in (DutyHolder.CHAIR, DutyHolder.BUSINESS_UNIT, DutyHolder.AGENCY)
    )
    asked = [(units, None, sunderland.chair), (agencys, None, sunderland.chair)]
    for duty, agency, caller in (*asked, (chairs, None, sunderland.unit), (units, "police", sunderland.unit)):
        anothers = confirming(review, duty_id=duty, agency=agency)
        assert sunderland.refused(refusals.NotPermitted, anothers, caller).field == ("dutyId",)
    sunderland.refused(refusals.NotFound, confirming(review, duty_id=chairs), sunderland.agency("police"))
    for duty, caller in ((chairs, sunderland.chair), (units, sunderland.unit)):
        sunderland.when(confirming(review, duty_id=duty), caller)
        assert sunderland.review(review).duties[duty].done_on == sunderland.today
        sunderland.when(confirming(review), caller)
    open_still = {duty.held_by for duty in duties(sunderland, review) if duty.done_on is None}
    assert open_still == {DutyHolder.AGENCY}


def test_the_business_unit_records_an_agencys_assurance_received_on_paper(story: Story) -> None:
    review = story.disseminated()
    mine = next(each for each in duties(story, review) if each.agency == "health")
    story.day = 9
    story.refused(refusals.ConditionsNotMet, confirming(review), story.unit)
    story.refused(refusals.NotPermitted, confirming(review, duty_id=mine.id, agency="police"), story.unit)
    story.refused(refusals.UnknownAgency, confirming(review, agency="moon"), story.unit)
    paper = confirming(review, duty_id=mine.id, happened_on=story.on(2))
    assert [getattr(fact, "agency", None) for _, _, fact in story.when(paper, story.unit)] == ["health"]
    assert story.review(review).duties[mine.id].done_on == story.on(2)
    story.when(confirming(review, agency="police"), story.unit)
    assert done(story, review) == {"police"}


def test_an_assurance_is_given_after_the_duty_arose_and_never_in_the_future(story: Story) -> None:
    review = story.a_review()
    story.day = 5
    story.disseminated(review)
    asked = {"agency": "police"}
    story.refused(refusals.DateBeforeStart, confirming(review, **asked, happened_on=story.on(4)), story.unit)
    story.refused(refusals.DateInFuture, confirming(review, **asked, happened_on=story.on(6)), story.unit)
    story.refused(refusals.Invalid, confirming(review, happened_on=story.on(5)), story.agency("police"))
    story.when(confirming(review, **asked, happened_on=story.on(5)), story.unit)


def test_who_holds_no_duty_confirms_none(story: Story) -> None:
    review = story.disseminated()
    for caller in (story.body, story.inspector, story.administrator):
        story.refused(refusals.NotPermitted, confirming(review), caller)
    story.refused(refusals.ConditionsNotMet, confirming(review), story.chair)


def merge(story: Story, **fields: Any) -> None:
    asked = {"key": "police", "into": "schools"} | fields
    story.when(MergeAgencies.model_validate(asked), story.administrator)


def test_a_merger_moves_open_duties_and_the_past_keeps_the_old_name(story: Story) -> None:
    review, untouched = story.disseminated(), story.disseminated(story.a_review(agencies=("health",)))
    first, second = (duty.id for duty in duties(story, review) if duty.agency == "police")
    story.when(confirming(review, duty_id=first), story.agency("police"))
    story.day = 3
    merge(story)
    held = story.review(review).duties
    assert (held[first].agency, held[second].agency) == ("police", "schools")
    assert Counter(duty.agency for duty in held.values()) == {"police": 1, "schools": 1, "health": 2}
    assert [type(fact).__name__ for fact in story.facts(Kind.REVIEW, untouched)][-1] == "LearningDisseminated"


def test_the_new_agency_confirms_what_moved_and_the_old_one_records_nothing(story: Story) -> None:
    review = story.disseminated()
    merge(story)
    story.refused(refusals.NotPermitted, confirming(review), story.agency("police"))
    story.when(confirming(review), story.agency("schools"))
    assert done(story, review) == {"schools"}


def test_what_is_confirmed_for_an_agency_that_ended_is_what_was_asked_of_it(story: Story) -> None:
    """And not what its successor was asked beside that, be it on paper or by the successor, all or one."""
    review = story.disseminated(story.a_review(agencies=("police", "schools")))
    merge(story)
    both = {duty.id: duty.asked_of for duty in duties(story, review)}
    own = next(id for id, asked_of in both.items() if asked_of == "schools")
    named = confirming(review, agency="police", duty_id=own)
    story.refused(refusals.NotPermitted, named, story.unit)
    for by in (story.unit, story.agency("schools")):
        before = {duty.id for duty in duties(story, review) if duty.done_on is None}
        story.when(confirming(review, agency="police", duty_id=min(b for b in before if both[b] == "police")), by)
    story.refused(refusals.ConditionsNotMet, confirming(review, agency="police"), story.unit)
    open_still = {duty.id for duty in duties(story, review) if duty.done_on is None}
    assert open_still == {id for id, asked_of in both.items() if asked_of == "schools"}
    story.when(confirming(review, agency="schools"), story.unit)
    assert done(story, review) == {"schools"}


def test_all_that_was_asked_of_an_agency_that_ended_is_confirmed_at_once(story: Story) -> None:
    review = story.disseminated(story.a_review(agencies=("police", "schools")))
    merge(story)
    story.when(confirming(review, agency="police"), story.unit)
    assert {duty.asked_of for duty in duties(story, review) if duty.done_on} == {"police"}


def test_a_paper_from_before_the_merger_is_out_of_order(story: Story) -> None:
    review = story.disseminated()
    story.day = 5
    merge(story)
    story.refused(refusals.DateOutOfOrder, confirming(review, agency="schools", happened_on=story.on(4)), story.unit)


@pytest.mark.parametrize(("merged_on", "holder"), [(3, "schools"), (5, "police"), (7, "police")])
def test_a_merger_dated_back_keeps_what_was_confirmed_by_then_under_the_old_name(
    story: Story, merged_on: int, holder: str
) -> None:
    review = story.disseminated()
    story.day = 5
    story.when(confirming(review), story.agency("police"))
    story.day = 9
    merge(story, happened_on=story.on(merged_on))
    assert {duty.agency for duty in duties(story, review)} == {holder, "health"}


def test_an_assurance_struck_out_after_a_merger_leaves_the_duty_to_the_successor(story: Story) -> None:
    review = story.disseminated()
    story.day = 2
    story.when(confirming(review), story.agency("police"))
    confirmed = story.streams[Kind.REVIEW, review][-1]
    story.day = 4
    merge(story)
    assert confirmed.position is not None
    struck = {"kind": Kind.REVIEW, "id": review, "event_id": confirmed.position, "field": "voided"}
    story.when(Correct.model_validate(struck | {"new_value": "true", "reason": "Another review's"}), story.unit)
    assert {(duty.agency, duty.done_on) for duty in duties(story, review)} == {("schools", None), ("health", None)}


def test_an_assurance_is_not_corrected_to_before_the_duty_moved(story: Story) -> None:
    review = story.disseminated()
    story.day = 3
    merge(story)
    story.day = 5
    story.when(confirming(review), story.agency("schools"))
    asked = {"kind": Kind.REVIEW, "id": review, "event_id": story.streams[Kind.REVIEW, review][-1].position}
    asked |= {"field": "happenedOn", "reason": "Misread"}
    for day, fits in ((2, False), (3, True)):
        command = Correct.model_validate(asked | {"new_value": story.on(day).isoformat()})
        if fits:
            story.when(command, story.unit)
        else:
            story.refused(refusals.DateOutOfOrder, command, story.unit)
    assert {duty.done_on for duty in duties(story, review) if duty.agency == "schools"} == {story.on(3)}


def test_learning_goes_to_what_an_agency_of_the_review_has_become(story: Story) -> None:
    review = story.a_review()
    merge(story)
    story.disseminated(review)
    assert story.review(review).informed_agencies == {"schools", "health"}
    story.refused(refusals.UnknownAgency, disseminating(review, agencies=("police",)))


def test_a_chair_of_an_agency_confirms_none_of_the_agencys_duties(sunderland: Story) -> None:
    review = a_sunderland_review(sunderland)
    chair = Caller("chair", Role.CHAIR, agency="police")
    refusal = sunderland.refused(refusals.NotPermitted, confirming(review, agency="police"), chair)
    assert refusal.field == ("agency",)
    sunderland.when(confirming(review), chair)
    assert {duty.held_by for duty in duties(sunderland, review) if duty.done_on} == {DutyHolder.CHAIR}
    sunderland.when(confirming(review, agency="police"), sunderland.agency("police"))
    assert "police" in done(sunderland, review)


def test_a_conditional_duty_says_so_in_the_fact_and_is_overdue_on_no_day(sunderland: Story) -> None:
    review = a_sunderland_review(sunderland)
    fact = next(each for each in sunderland.facts(Kind.REVIEW, review) if isinstance(each, LearningDisseminated))
    assert [duty.key for duty in fact.duties if duty.conditional] == ["chair-challenges"]
    assert not overdue(None, None, sunderland.on(4_000))
    assert overdue(sunderland.on(1), None, sunderland.on(2))
    assert not overdue(sunderland.on(1), sunderland.on(2), sunderland.on(2))
