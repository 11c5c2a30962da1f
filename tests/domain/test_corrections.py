"""A mistake in the record is answered by a new fact; what it amends goes for the mistaken fact's own day."""

from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import pytest

from domain.challenge.commands import IssueChallenge
from domain.challenge.events import Subject
from domain.correction.amending import apply_corrections
from domain.correction.commands import Correct
from domain.correction.events import Corrected
from domain.lifecycle import commands as life
from domain.lifecycle import events
from domain.lifecycle.state import overdue, stage
from domain.recommendation.events import ActionPlanned, CheckCommissioned
from domain.review.events import Commissioned
from domain.shared import refusals
from domain.shared.facts import Decided, Fact
from domain.shared.vocabulary import Kind, Stage
from support.in_memory_register import Story

F = TypeVar("F", bound=Fact)


def position(story: Story, kind: Kind, thing: UUID, fact: type[Fact]) -> int:
    """Where in the log the latest such fact of the thing is."""
    found = [each.position for each in story.streams[kind, thing] if isinstance(each.fact, fact)]
    assert found[-1] is not None
    return found[-1]


def correction(story: Story, kind: Kind, thing: UUID, fact: type[Fact], field: str, value: str | None) -> Correct:
    asked = {"kind": kind, "id": thing, "event_id": position(story, kind, thing, fact), "field": field}
    return Correct.model_validate(asked | {"new_value": value, "reason": "Misread minutes"})


def correct(story: Story, kind: Kind, thing: UUID, fact: type[Fact], field: str, value: str | None) -> list[Decided]:
    return story.when(correction(story, kind, thing, fact, field, value), story.unit)


def test_a_corrected_due_date_is_the_first_one_and_visible_as_corrected(story: Story, kind: Kind) -> None:
    thing, neighbour = story.assigned(kind, due=10), story.assigned(kind, due=10)
    story.day = 20
    ((_, _, fact),) = correct(story, kind, thing, events.Assigned, "dueOn", str(story.on(30)))
    assert isinstance(fact, Corrected)
    assert (fact.happened_on, fact.corrects, fact.old_value, fact.new_value) == (
        story.on(0),
        2,
        str(story.on(10)),
        str(story.on(30)),
    )
    corrected, other = story.state(kind, thing).life, story.state(kind, neighbour).life
    assert (corrected.due_on, corrected.first_due_on, corrected.due_on_corrected) == (story.on(30), story.on(30), True)
    assert not overdue(corrected, story.today)
    assert (overdue(other, story.today), other.due_on_corrected) == (True, False)


def test_an_extension_after_a_correction_is_no_corrected_date(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    correct(story, kind, thing, events.Assigned, "dueOn", str(story.on(12)))
    story.when(life.RequestExtension(kind=kind, id=thing, until=story.on(20), reason="Illness"), story.agency("police"))
    story.when(life.GrantExtension(kind=kind, id=thing), story.body)
    state = story.state(kind, thing).life
    assert (state.due_on, state.first_due_on, state.due_on_corrected) == (story.on(20), story.on(12), False)
    correct(story, kind, thing, events.ExtensionGranted, "until", str(story.on(25)))
    state = story.state(kind, thing).life
    assert (state.due_on, state.due_on_corrected) == (story.on(25), True)


def test_evidence_dated_wrongly_counts_from_its_corrected_day(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    story.day = 15
    story.submit(kind, thing)
    assert overdue(story.state(kind, thing).life, story.today)
    correct(story, kind, thing, events.EvidenceSubmitted, "completedOn", str(story.on(9)))
    correct(story, kind, thing, events.EvidenceSubmitted, "happenedOn", str(story.on(9)))
    assert not overdue(story.state(kind, thing).life, story.today)


def test_evidence_filed_by_mistake_is_struck_out_while_nobody_has_judged_it(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.submit(kind, thing)
    correct(story, kind, thing, events.EvidenceSubmitted, "voided", "true")
    state = story.state(kind, thing).life
    assert (stage(state), state.evidence, state.version) == (Stage.ASSIGNED, (), 4)
    again = correction(story, kind, thing, events.EvidenceSubmitted, "narrative", "Other")
    assert story.refused(refusals.Invalid, again, story.unit).field == ("eventId",)
    story.accept(kind, thing, story.submit(kind, thing))
    judged = correction(story, kind, thing, events.EvidenceSubmitted, "voided", "true")
    refused = story.refused(refusals.EvidenceMissing, judged, story.unit)
    assert f"{kind}.evidence_accepted.v1 of 2024-01-08 (version 6) stands in the way" in refused.message


def test_an_assignment_of_the_wrong_thing_is_struck_out_while_nobody_has_worked_on_it(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    correct(story, kind, thing, events.Assigned, "leadAgency", "health")
    assert story.state(kind, thing).life.lead == "health"
    correct(story, kind, thing, events.Assigned, "voided", "true")
    assert stage(story.state(kind, thing).life) is Stage.RAISED
    built_on = story.assigned(kind)
    story.submit(kind, built_on)
    struck = correction(story, kind, built_on, events.Assigned, "voided", "true")
    assert "evidence_submitted" in story.refused(refusals.NotAssigned, struck, story.unit).message


def test_saying_again_what_is_recorded_corrects_nothing(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    assert correct(story, kind, thing, events.Assigned, "dueOn", str(story.on(10))) == []


def test_a_fact_of_another_thing_or_of_none_is_not_found(story: Story, kind: Kind) -> None:
    thing, neighbour = story.assigned(kind), story.assigned(kind)
    for event_id in (position(story, kind, neighbour, events.Assigned), 10_000, 0):
        asked = Correct(kind=kind, id=thing, event_id=event_id, field="dueOn", new_value="2024-03-01", reason="Wrong")
        assert story.refused(refusals.NotFound, asked, story.unit).field == ("eventId",)


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("subject", "x", "field"),
        ("narrative", "x", "field"),
        ("due_on", "2024-03-01", "field"),
        ("by", "x", "field"),
        ("voided", "yes", "newValue"),
        ("dueOn", "soon", "newValue"),
        ("dueOn", "20240301", "newValue"),
        ("dueOn", None, "newValue"),
        ("leadOfficer", "  ", "newValue"),
        ("leadOfficer", "a\0b", "newValue"),
        ("contributingAgencies", "police", "newValue"),
    ],
)
def test_a_field_that_cannot_be_corrected_or_a_value_that_does_not_fit_is_invalid(
    story: Story, kind: Kind, field: str, value: str | None, where: str
) -> None:
    thing = story.assigned(kind)
    asked = correction(story, kind, thing, events.Assigned, field, value)
    assert story.refused(refusals.Invalid, asked, story.unit).field == (where,)


def test_agencies_and_themes_of_a_correction_are_known(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.refused(
        refusals.UnknownAgency, correction(story, kind, thing, events.Assigned, "leadAgency", "moon"), story.unit
    )
    raised = type(story.facts(kind, thing)[0])
    story.refused(refusals.UnknownTheme, correction(story, kind, thing, raised, "themes", "moon"), story.unit)
    correct(story, kind, thing, raised, "themes", "neglect, supervision")
    (amended_fact, *_) = apply_corrections(story.streams[kind, thing])
    assert getattr(amended_fact.fact, "themes", None) == ("neglect", "supervision")


def test_a_correction_needs_its_reason_and_the_business_unit(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    asked = correction(story, kind, thing, events.Assigned, "dueOn", "2024-03-01")
    story.refused(refusals.ReasonRequired, asked.model_copy(update={"reason": ""}), story.unit)
    for caller in (story.body, story.chair, story.administrator, story.inspector, story.agency("police")):
        story.refused(refusals.NotPermitted, asked, caller)


def test_a_correction_that_would_break_the_order_of_facts_is_refused(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    story.day = 5
    story.accept(kind, thing, story.submit(kind, thing))
    story.day = 8
    cases: list[tuple[type[Fact], str, int, type[refusals.Refusal]]] = [
        (events.Assigned, "happenedOn", 6, refusals.DateOutOfOrder),
        (events.Assigned, "happenedOn", -1, refusals.DateBeforeStart),
        (events.EvidenceSubmitted, "happenedOn", 7, refusals.DateOutOfOrder),
        (events.EvidenceAccepted, "happenedOn", 4, refusals.DateOutOfOrder),
        (events.EvidenceAccepted, "happenedOn", 9, refusals.DateInFuture),
        (events.Completed, "happenedOn", 6, refusals.DateOutOfOrder),
        (events.Completed, "happenedOn", -1, refusals.DateBeforeStart),
        (type(story.facts(kind, thing)[0]), "happenedOn", -1, refusals.DateBeforeStart),
    ]
    for fact, field, day, refusal in cases:
        story.refused(refusal, correction(story, kind, thing, fact, field, str(story.on(day))), story.unit)


def test_an_extension_must_go_on_extending(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    asked = life.RequestExtension(kind=kind, id=thing, until=story.on(20), reason="Illness")
    story.when(asked, story.agency("police"))
    story.when(life.GrantExtension(kind=kind, id=thing), story.body)
    later = correction(story, kind, thing, events.Assigned, "dueOn", str(story.on(20)))
    story.refused(refusals.Invalid, later, story.unit)


def test_an_action_stays_closed_before_the_recommendation_above_it(story: Story) -> None:
    action = story.implemented(Kind.ACTION)
    above = story.action(action).recommendation_id
    story.day = 3
    story.assign(Kind.RECOMMENDATION, above)
    story.implement(Kind.RECOMMENDATION, above)
    story.day = 9
    late = correction(story, Kind.ACTION, action, events.Closed, "happenedOn", str(story.on(5)))
    story.refused(refusals.DateOutOfOrder, late, story.unit)
    correct(story, Kind.ACTION, action, events.Closed, "happenedOn", str(story.on(3)))
    closure = story.action(action).life.closure
    assert closure is not None
    assert closure.closed_on == story.on(3)


def test_reviews_and_challenges_are_corrected_too(story: Story) -> None:
    review = story.a_review()
    commissioned = type(story.facts(Kind.REVIEW, review)[0])
    ((_, _, fact),) = correct(story, Kind.REVIEW, review, commissioned, "title", "Child K")
    assert getattr(fact, "old_value", None) == "Child J"
    action = story.assigned(Kind.ACTION)
    asked: dict[str, Any] = {"agency": "police", "subjects": (Subject(kind=Kind.ACTION, id=action),)}
    challenge = story.create(IssueChallenge.model_validate(asked | {"grounds": "Late"}), story.chair)
    issued = type(story.facts(Kind.CHALLENGE, challenge)[0])
    correct(story, Kind.CHALLENGE, challenge, issued, "responseDueOn", str(story.on(40)))
    assert story.challenge(challenge).response_due_on == story.on(40)
    marks = correction(story, Kind.ACTION, action, events.Challenged, "happenedOn", str(story.on(0)))
    assert story.refused(refusals.Invalid, marks, story.unit).field == ("field",)


def test_a_correction_is_corrected_by_correcting_its_fact_again(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    correct(story, kind, thing, events.Assigned, "dueOn", str(story.on(30)))
    story.refused(
        refusals.Invalid, correction(story, kind, thing, Corrected, "newValue", str(story.on(20))), story.unit
    )
    ((_, _, fact),) = correct(story, kind, thing, events.Assigned, "dueOn", str(story.on(20)))
    assert getattr(fact, "old_value", None) == str(story.on(30))
    assert story.state(kind, thing).life.first_due_on == story.on(20)


def test_what_cannot_be_corrected_is_told_with_what_can(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    asked = correction(story, kind, thing, events.Assigned, "narrative", "x")
    said = story.refused(refusals.Invalid, asked, story.unit).message
    assert "contributingAgencies, dueOn, happenedOn, leadAgency, leadOfficer, voided can be corrected" in said
    above = story.a_recommendation()
    story.an_action(recommendation_id=above)
    mark = correction(story, Kind.RECOMMENDATION, above, ActionPlanned, "reference", "x")
    assert "nothing can be corrected" in story.refused(refusals.Invalid, mark, story.unit).message


def test_what_others_answered_stands_but_its_words_are_corrected(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.accept(kind, thing, story.submit(kind, thing))
    correct(story, kind, thing, events.EvidenceSubmitted, "narrative", "Done, as minuted")
    story.when(life.RequestExtension(kind=kind, id=thing, until=story.on(90), reason="Illness"), story.agency("police"))
    story.when(life.RefuseExtension(kind=kind, id=thing, reason="No plan"), story.body)
    correct(story, kind, thing, events.ExtensionRequested, "reason", "Sick leave")
    answered = correction(story, kind, thing, events.ExtensionRequested, "voided", "true")
    assert "extension_refused" in story.refused(refusals.ConditionsNotMet, answered, story.unit).message


def test_a_request_or_evidence_is_struck_out_though_another_was_answered(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    request = life.RequestExtension(kind=kind, id=thing, until=story.on(90), reason="Illness")
    story.when(request, story.agency("police"))
    story.submit(kind, thing)
    story.accept(kind, thing, story.submit(kind, thing, by="police"))
    correct(story, kind, thing, events.ExtensionRequested, "voided", "true")
    assert story.state(kind, thing).life.extension is None
    first = story.state(kind, thing).life.evidence[0].id
    asked = next(each.position for each in story.streams[kind, thing] if getattr(each.fact, "evidence_id", 0) == first)
    story.when(correction(story, kind, thing, events.Assigned, "voided", "true").model_copy(update={"event_id": asked}))
    assert [each.id for each in story.state(kind, thing).life.evidence] != [first]


def test_a_corrected_day_may_be_today_and_may_be_left_out_where_it_was_not_known(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 5
    correct(story, kind, thing, events.Assigned, "happenedOn", str(story.today))
    tomorrow = correction(story, kind, thing, events.Assigned, "happenedOn", str(story.on(6)))
    assert story.refused(refusals.DateInFuture, tomorrow, story.unit).field == ("newValue",)
    story.submit(kind, thing)
    claimed = correction(story, kind, thing, events.EvidenceSubmitted, "completedOn", str(story.on(6)))
    assert story.refused(refusals.DateInFuture, claimed, story.unit).field == ("newValue",)
    review = story.a_review(aware_on=story.on(-3))
    aware = correction(story, Kind.REVIEW, review, Commissioned, "awareOn", str(story.on(6)))
    assert story.refused(refusals.DateInFuture, aware, story.unit).field == ("newValue",)
    correct(story, Kind.REVIEW, review, Commissioned, "awareOn", None)
    (known, *_) = apply_corrections(story.streams[Kind.REVIEW, review])
    assert getattr(known.fact, "aware_on", "unknown") is None


@pytest.mark.parametrize("field", ["leadAgency", "contributingAgencies"])
def test_a_corrected_party_is_a_known_agency(story: Story, kind: Kind, field: str) -> None:
    thing = story.assigned(kind)
    asked = correction(story, kind, thing, events.Assigned, field, "the-moon")
    assert story.refused(refusals.UnknownAgency, asked, story.unit).field == ("newValue",)


def test_a_merged_agency_may_be_named_for_the_past(story: Story, kind: Kind) -> None:
    """On the day of the merger it goes on with what the agency has become."""
    thing = story.assigned(kind)
    story.day = 3
    story.merge_agencies("housing", into="health")
    correct(story, kind, thing, events.Assigned, "leadAgency", "housing")
    life = story.state(kind, thing).life
    assert (life.lead_on(story.on(2)), life.lead_on(story.on(3)), life.lead) == ("housing", "health", "health")


def test_a_check_of_a_recommendation_does_not_stand_in_the_way_of_correcting_its_lead(story: Story) -> None:
    thing = story.assigned(Kind.RECOMMENDATION)
    story.a_review(checks=(thing,))
    assert isinstance(story.facts(Kind.RECOMMENDATION, thing)[-1], CheckCommissioned)
    correct(story, Kind.RECOMMENDATION, thing, events.Assigned, "leadAgency", "health")
    assert story.recommendation(thing).life.lead == "health"


def test_evidence_that_claims_no_completion_is_given_no_day_of_it(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 5
    story.submit(kind, thing, claims_complete=False)
    asked = correction(story, kind, thing, events.EvidenceSubmitted, "completedOn", str(story.on(4)))
    assert story.refused(refusals.Invalid, asked, story.unit).field == ("field",)
    assert correct(story, kind, thing, events.EvidenceSubmitted, "narrative", "Half of it is done")
    story.submit(kind, thing)
    correct(story, kind, thing, events.EvidenceSubmitted, "completedOn", str(story.on(4)))
    assert [each.completed_on for each in story.state(kind, thing).life.evidence] == [None, story.on(4)]


def test_a_recommendation_is_not_corrected_to_have_arisen_after_its_actions(story: Story) -> None:
    above = story.a_recommendation()
    story.day = 10
    action = story.an_action(recommendation_id=above)
    correct(story, Kind.ACTION, action, type(story.facts(Kind.ACTION, action)[0]), "happenedOn", str(story.on(5)))
    raised = type(story.facts(Kind.RECOMMENDATION, above)[0])
    late = correction(story, Kind.RECOMMENDATION, above, raised, "happenedOn", str(story.on(6)))
    assert story.refused(refusals.DateBeforeStart, late, story.unit).field == ("newValue",)
    correct(story, Kind.RECOMMENDATION, above, raised, "happenedOn", str(story.on(5)))
    assert story.recommendation(above).life.raised_on == story.action(action).life.raised_on == story.on(5)


def test_a_pending_request_is_not_corrected_to_before_what_ended_the_last(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    request = life.RequestExtension(kind=kind, id=thing, until=story.on(90), reason="Illness")
    story.day = 1
    story.when(request, story.agency("police"))
    story.day = 5
    story.when(life.RefuseExtension(kind=kind, id=thing, reason="No plan"), story.body)
    story.day = 6
    story.when(request, story.agency("police"))
    pending = story.state(kind, thing).life.extension
    early = correction(story, kind, thing, events.ExtensionRequested, "happenedOn", str(story.on(4)))
    assert story.refused(refusals.DateOutOfOrder, early, story.unit).field == ("newValue",)
    story.day = 7
    late = correction(story, kind, thing, events.ExtensionRefused, "happenedOn", str(story.on(7)))
    story.refused(refusals.DateOutOfOrder, late, story.unit)
    correct(story, kind, thing, events.ExtensionRequested, "happenedOn", str(story.on(5)))
    assert story.state(kind, thing).life.extension == replace(pending, requested_on=story.on(5))
