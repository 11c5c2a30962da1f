"""Evidence: claimed by agencies, judged by the body."""

from typing import Any
from uuid import UUID

import pytest

from domain.agency.commands import MergeAgencies
from domain.correction.commands import Correct
from domain.lifecycle.commands import (
    AcceptEvidence,
    Reopen,
    ReportProgress,
    ReturnEvidence,
    SubmitEvidence,
    Transfer,
    WithdrawEvidence,
)
from domain.lifecycle.events import Completed, EvidenceAccepted, EvidenceReturned, EvidenceSubmitted
from domain.lifecycle.state import awaiting_review, overdue, stage
from domain.shared import refusals
from domain.shared.vocabulary import Kind, Stage
from support.in_memory_register import Story


def evidence(kind: Kind, thing: UUID, **fields: Any) -> SubmitEvidence:
    return SubmitEvidence.model_validate({"kind": kind, "id": thing, "narrative": "Minutes attached"} | fields)


def test_accepting_a_claim_records_completion_on_the_day_claimed(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 20
    claim = story.submit(kind, thing, completed_on=story.on(3))
    story.day = 30
    decided = story.when(AcceptEvidence(kind=kind, id=thing, evidence_id=claim), story.body)
    assert [type(fact) for _, _, fact in decided] == [EvidenceAccepted, Completed]
    assert [fact.happened_on for _, _, fact in decided] == [story.on(30), story.on(3)]
    assert story.state(kind, thing).life.completed_on == story.on(3)


def test_accepting_evidence_that_claims_nothing_completes_nothing(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.accept(kind, thing, story.submit(kind, thing, claims_complete=False))
    life = story.state(kind, thing).life
    assert (stage(life), life.completed_on) == (Stage.EVIDENCED, None)


def test_the_day_of_completion_defaults_to_the_evidences_own(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 7
    story.submit(kind, thing)
    assert story.state(kind, thing).life.evidence[0].completed_on == story.on(7)


def a_claim_without_a_day(story: Story, kind: Kind, thing: UUID, **fields: Any) -> UUID:
    decided = story.when(evidence(kind, thing, claims_complete=True, imported=True, **fields), story.unit)
    submitted = decided[0][2]
    assert isinstance(submitted, EvidenceSubmitted)
    assert submitted.completed_on is None
    return submitted.evidence_id


def test_an_imported_claim_without_a_day_is_given_none(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=5)
    story.day = 9
    a_claim_without_a_day(story, kind, thing, happened_on=story.on(4))
    life = story.state(kind, thing).life
    assert [(each.submitted_on, each.completed_on) for each in life.evidence] == [(story.on(4), None)]
    assert not overdue(life, story.on(9))


def test_what_was_claimed_without_a_day_was_done_by_the_day_of_the_claim_and_when_is_not_known(
    story: Story, kind: Kind
) -> None:
    thing = story.assigned(kind, due=5)
    story.day = 9
    claim = a_claim_without_a_day(story, kind, thing)
    story.day = 12
    decided = story.when(AcceptEvidence(kind=kind, id=thing, evidence_id=claim), story.body)
    completed = decided[1][2]
    assert isinstance(completed, Completed)
    assert (completed.happened_on, completed.day_known) == (story.on(9), False)
    life = story.state(kind, thing).life
    assert not overdue(life, story.on(9))
    story.close(kind, thing)
    assert story.state(kind, thing).life.closure.completed_on is None


def test_of_two_accepted_claims_the_one_that_gives_the_earlier_day_tells_it(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 9
    claims = [a_claim_without_a_day(story, kind, thing), story.submit(kind, thing, completed_on=story.on(9))]
    for claim in claims:
        story.accept(kind, thing, claim)
    life = story.state(kind, thing).life
    assert (life.completed_on, life.completion_day_known) == (story.on(9), True)
    story.accept(kind, thing, story.submit(kind, thing, completed_on=story.on(2)))
    story.close(kind, thing)
    assert story.state(kind, thing).life.closure.completed_on == story.on(2)


def correct_the_claim(story: Story, kind: Kind, thing: UUID, day: int | None) -> None:
    places = [each.position for each in story.streams[kind, thing] if isinstance(each.fact, EvidenceSubmitted)]
    asked = {"kind": kind, "id": thing, "event_id": places[0], "field": "completedOn"}
    said = {"new_value": None if day is None else str(story.on(day)), "reason": "The letter says so"}
    story.when(Correct.model_validate(asked | said), story.unit)


def test_a_claim_without_a_day_that_was_accepted_is_given_one_by_correcting_the_evidence(
    story: Story, kind: Kind
) -> None:
    things = thing, neighbour = story.assigned(kind, due=5), story.assigned(kind, due=5)
    story.day = 9
    for each in things:
        story.accept(kind, each, a_claim_without_a_day(story, kind, each))
    told = {}
    for day in (3, 7, None):
        correct_the_claim(story, kind, thing, day)
        life = story.state(kind, thing).life
        told[day] = (life.evidence[0].completed_on, life.completed_on, life.completion_day_known)
        assert overdue(life, story.on(6)) == (day != 3)
    assert told == {
        3: (story.on(3), story.on(3), True),
        7: (story.on(7), story.on(7), True),
        None: (None, story.on(9), False),
    }
    untouched = story.state(kind, neighbour).life
    assert (untouched.completed_on, untouched.completion_day_known) == (story.on(9), False)


def test_a_claim_without_a_day_is_given_one_before_it_is_accepted_and_after_it_is_closed(
    story: Story, kind: Kind
) -> None:
    thing = story.assigned(kind, due=5)
    story.day = 9
    claim = a_claim_without_a_day(story, kind, thing)
    correct_the_claim(story, kind, thing, 3)
    story.accept(kind, thing, claim)
    life = story.state(kind, thing).life
    assert (life.completed_on, life.completion_day_known) == (story.on(3), True)
    story.close(kind, thing)
    for day in (2, None, 4):
        correct_the_claim(story, kind, thing, day)
        assert story.state(kind, thing).life.closure.completed_on == (None if day is None else story.on(day))


def test_once_the_day_of_completion_is_corrected_it_is_known(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 9
    story.accept(kind, thing, a_claim_without_a_day(story, kind, thing))
    position = max(each.position or 0 for each in story.streams[kind, thing])
    asked = {"kind": kind, "id": thing, "event_id": position, "field": "happenedOn", "new_value": str(story.on(3))}
    story.when(Correct.model_validate(asked | {"reason": "The letter says so"}), story.unit)
    life = story.state(kind, thing).life
    assert (life.completed_on, life.completion_day_known) == (story.on(3), True)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"claims_complete": True, "completed_on": Story.on(11)}, refusals.DateInFuture),
        ({"claims_complete": True, "completed_on": Story.on(-1)}, refusals.DateBeforeStart),
        ({"completed_on": Story.on(5)}, refusals.Invalid),
    ],
)
def test_a_day_of_completion_lies_between_raising_and_the_evidence(
    story: Story, kind: Kind, fields: dict[str, Any], refusal: type[refusals.Refusal]
) -> None:
    thing = story.assigned(kind)
    story.day = 10
    assert story.refused(refusal, evidence(kind, thing, **fields)).field == ("completedOn",)


def test_only_the_lead_claims_completion(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("health",))
    claim = evidence(kind, thing, claims_complete=True)
    story.refused(refusals.NotPermitted, claim, story.agency("health"))
    story.refused(refusals.NotPermitted, claim.model_copy(update={"agency": "health"}))
    fact = story.when(evidence(kind, thing), story.agency("health"))[0][2]
    assert isinstance(fact, EvidenceSubmitted)
    assert (fact.agency, fact.by_lead) == ("health", False)


def test_evidence_recorded_on_paper_is_the_leads(story: Story, kind: Kind) -> None:
    fact = story.when(evidence(kind, story.assigned(kind), claims_complete=True))[0][2]
    assert isinstance(fact, EvidenceSubmitted)
    assert (fact.agency, fact.by_lead, fact.by.role) == ("police", True, "BUSINESS_UNIT")


def told_of(story: Story, kind: Kind, thing: UUID, day: int, **fields: Any) -> EvidenceSubmitted:
    fact = story.when(evidence(kind, thing, happened_on=story.on(day), **fields))[0][2]
    assert isinstance(fact, EvidenceSubmitted)
    return fact


def test_evidence_on_paper_is_of_whoever_led_on_the_papers_day(story: Story, kind: Kind) -> None:
    story.day = 2
    thing = story.assigned(kind)
    story.day = 10
    story.when(Transfer(kind=kind, id=thing, to_agency="health", reason="The team moved"))
    story.day = 12
    led = {day: told_of(story, kind, thing, day, claims_complete=True) for day in (2, 9, 10, 12)}
    assert {day: fact.agency for day, fact in led.items()} == {2: "police", 9: "police", 10: "health", 12: "health"}
    assert all(fact.by_lead for fact in led.values())
    assert told_of(story, kind, thing, 9, agency="police").by_lead
    early = evidence(kind, thing, happened_on=story.on(9), agency="health", claims_complete=True)
    story.refused(refusals.NotPermitted, early)
    story.refused(refusals.Invalid, evidence(kind, thing, agency="police"))


def test_evidence_on_paper_from_before_a_merger_keeps_the_old_name(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 10
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    story.day = 12
    assert [told_of(story, kind, thing, day).agency for day in (9, 10)] == ["police", "health"]
    assert told_of(story, kind, thing, 9, agency="police").agency == "police"


def test_what_a_lead_became_may_speak_for_the_days_on_which_it_led(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 10
    story.when(Transfer(kind=kind, id=thing, to_agency="schools", reason="The team moved"))
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    claim = told_of(story, kind, thing, 9, agency="health", claims_complete=True)
    assert (claim.agency, claim.by_lead) == ("health", True)
    story.refused(refusals.Invalid, evidence(kind, thing, agency="health"))


def test_an_agency_speaks_for_itself_only(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("health",))
    story.refused(refusals.NotPermitted, evidence(kind, thing, agency="police"), story.agency("health"))


def test_evidence_needs_a_lead_and_an_open_item(story: Story, kind: Kind) -> None:
    raised = story.an_action() if kind is Kind.ACTION else story.a_recommendation()
    story.refused(refusals.NotAssigned, evidence(kind, raised))
    story.refused(refusals.AlreadyClosed, evidence(kind, story.implemented(kind)))


def test_evidence_is_judged_once(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    claim = story.submit(kind, thing)
    story.accept(kind, thing, claim)
    again = AcceptEvidence(kind=kind, id=thing, evidence_id=claim)
    story.refused(refusals.EvidenceAlreadyJudged, again, story.body)
    back = ReturnEvidence(kind=kind, id=thing, evidence_id=claim, reason="Too late")
    story.refused(refusals.EvidenceAlreadyJudged, back, story.body)
    own = WithdrawEvidence(kind=kind, id=thing, evidence_id=claim, reason="Ours")
    story.refused(refusals.EvidenceAlreadyJudged, own, story.agency("police"))


def test_evidence_of_another_thing_is_not_found(story: Story, kind: Kind) -> None:
    thing, neighbour = story.assigned(kind), story.assigned(kind)
    claim = story.submit(kind, neighbour)
    for command in (AcceptEvidence, WithdrawEvidence):
        asked = {"kind": kind, "id": thing, "evidence_id": claim, "reason": "Wrong one"}
        who = story.body if command is AcceptEvidence else story.agency("police")
        fields = {name: value for name, value in asked.items() if name in command.model_fields}
        story.refused(refusals.NotFound, command.model_validate(fields), who)
    assert awaiting_review(story.state(kind, neighbour).life)


def test_returned_evidence_leads_back_to_assigned_and_fix_by_moves_nothing(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=60)
    claim = story.submit(kind, thing)
    assert stage(story.state(kind, thing).life) is Stage.EVIDENCED
    back = ReturnEvidence(kind=kind, id=thing, evidence_id=claim, reason="No minutes", fix_by=story.on(90))
    fact = story.when(back, story.body)[0][2]
    assert isinstance(fact, EvidenceReturned)
    life = story.state(kind, thing).life
    assert (stage(life), life.due_on, awaiting_review(life)) == (Stage.ASSIGNED, story.on(60), False)


def test_what_is_to_be_put_right_is_not_asked_for_before_the_verdict(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 10
    claim = story.submit(kind, thing)
    back = ReturnEvidence(kind=kind, id=thing, evidence_id=claim, reason="No minutes", fix_by=story.on(9))
    assert story.refused(refusals.DueDateInPast, back, story.body).field == ("fixBy",)
    story.when(back.model_copy(update={"fix_by": story.on(10)}), story.body)


def test_returning_needs_a_reason(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    back = ReturnEvidence(kind=kind, id=thing, evidence_id=story.submit(kind, thing), reason=" ")
    assert story.refused(refusals.ReasonRequired, back, story.body).field == ("reason",)


def test_an_agency_withdraws_its_own_unjudged_evidence_only(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("health",))
    claim = story.submit(kind, thing)
    own = WithdrawEvidence(kind=kind, id=thing, evidence_id=claim, reason="Wrong file")
    story.refused(refusals.NotPermitted, own, story.agency("health"))
    story.when(own, story.agency("police"))
    assert stage(story.state(kind, thing).life) is Stage.ASSIGNED
    story.refused(refusals.EvidenceMissing, own, story.agency("police"))


def test_a_verdict_is_never_dated_before_the_evidence(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 10
    claim = story.submit(kind, thing)
    early = AcceptEvidence(kind=kind, id=thing, evidence_id=claim, happened_on=story.on(9))
    story.refused(refusals.DateOutOfOrder, early, story.body)


def reopened_on_day_eight(story: Story, kind: Kind) -> UUID:
    """Closed on the fifth day."""
    thing = story.assigned(kind)
    story.day = 5
    story.implement(kind, thing)
    story.day = 8
    story.when(Reopen(kind=kind, id=thing, reason="It happened again", due_on=story.on(60)), story.body)
    story.day = 9
    return thing


@pytest.mark.parametrize(("day", "open_then"), [(4, True), (5, False), (7, False), (8, True)])
def test_nothing_is_told_of_a_day_on_which_it_was_closed(story: Story, kind: Kind, day: int, open_then: bool) -> None:
    thing = reopened_on_day_eight(story, kind)
    about = {"kind": kind, "id": thing, "narrative": "Begun", "happened_on": story.on(day)}
    for command in (SubmitEvidence.model_validate(about), ReportProgress.model_validate(about)):
        if open_then:
            story.when(command, story.unit)
        else:
            refused = story.refused(refusals.AlreadyClosed, command, story.unit)
            assert (refused.field, str(story.on(8)) in refused.message) == (("happenedOn",), True)
