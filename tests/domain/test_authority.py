"""Who may do what."""

from typing import Any
from uuid import UUID

import pytest

from domain.action.commands import RaiseAction
from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.authority import actor, own
from domain.catalogue import BY_COMMAND, CATALOGUE, permitted_commands
from domain.lifecycle import commands as life
from domain.programme.commands import ProgrammeCommand
from domain.recommendation.commands import Respond
from domain.recommendation.events import Responded
from domain.shared import refusals
from domain.shared.actor import Actor, Caller
from domain.shared.commands import Command
from domain.shared.vocabulary import Answer, ClosureOutcome, Impact, Kind, Role
from domain.theme.commands import AddTheme
from support.in_memory_register import BODY, Story


def every(command: type[Command]) -> set[type[Command]]:
    return {command}.union(*(every(each) for each in command.__subclasses__()))


def test_every_command_stands_in_the_catalogue() -> None:
    commands = every(Command) - {Command, life.LifecycleCommand, ProgrammeCommand}
    assert commands == BY_COMMAND.keys()


def test_an_inspector_may_read_everything_and_command_nothing() -> None:
    assert permitted_commands(Story.inspector) == []
    assert not any(Role.INSPECTOR in each.roles for each in CATALOGUE)


def test_the_chair_may_everything_that_a_monitoring_body_may() -> None:
    assert set(permitted_commands(Story.body)) < set(permitted_commands(Story.chair))


@pytest.mark.parametrize(
    ("caller", "may", "may_not"),
    [
        (Story.agency("police"), "recommendationRespond", "actionClose"),
        (Story.unit, "actionAssign", "actionAcceptEvidence"),
        (Story.body, "recommendationVerifyImpact", "challengeIssue"),
        (Story.chair, "reviewPublish", "recommendationRaise"),
    ],
)
def test_permitted_commands_are_the_mutations_of_the_role(caller: Caller, may: str, may_not: str) -> None:
    permitted = permitted_commands(caller)
    assert may in permitted
    assert may_not not in permitted


def test_an_agency_states_no_day_of_effect(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    dated = life.ReportProgress(kind=kind, id=thing, narrative="Begun", happened_on=story.today)
    assert story.refused(refusals.Invalid, dated, story.agency("police")).field == ("happenedOn",)


@pytest.mark.parametrize("who", [Story.inspector, Story.agency("police"), Story.administrator])
def test_another_role_is_refused_before_anything_is_read(story: Story, kind: Kind, who: Caller) -> None:
    nowhere = life.Close(kind=kind, id=UUID(int=7), outcome=ClosureOutcome.SUPERSEDED)
    story.refused(refusals.NotPermitted, nowhere, who)


def test_an_agency_reports_only_on_what_it_leads_or_contributes_to(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("health",))
    progress = life.ReportProgress(kind=kind, id=thing, narrative="Begun")
    evidence = life.SubmitEvidence(kind=kind, id=thing, narrative="The first team is trained")
    for report in (progress, evidence):
        for key in ("police", "health"):
            story.when(report, story.agency(key))
        story.refused(refusals.NotPermitted, report, story.agency("schools"))


def test_only_the_lead_asks_for_an_extension(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("health",))
    request = life.RequestExtension(kind=kind, id=thing, until=story.on(90), reason="Staff changes")
    story.refused(refusals.NotPermitted, request, story.agency("health"))
    story.when(request, story.agency("police"))


def test_an_agency_raises_actions_on_what_it_leads_and_has_accepted(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    raising = RaiseAction(recommendation_id=above, wording="Train the team")
    story.refused(refusals.NotPermitted, raising, story.agency("police"))
    story.when(Respond(id=above, answer=Answer.ACCEPTED_IN_PRINCIPLE), story.agency("police"))
    story.refused(refusals.NotPermitted, raising, story.agency("health"))
    story.when(raising, story.agency("police"))
    story.when(Respond(id=above, answer=Answer.NOT_ACCEPTED, reason="No funds"), story.agency("police"))
    story.refused(refusals.NotPermitted, raising, story.agency("police"))
    story.when(raising, story.unit)


def test_an_agency_answers_only_what_is_addressed_to_it(story: Story) -> None:
    asked = story.a_recommendation(addressed_to=("police",))
    story.refused(refusals.NotPermitted, Respond(id=asked, answer=Answer.ACCEPTED), story.agency("health"))
    reasonless = Respond(id=asked, answer=Answer.NOT_ACCEPTED)
    story.refused(refusals.ReasonRequired, reasonless, story.agency("police"))
    story.when(Respond(id=asked, answer=Answer.ACCEPTED), story.agency("police"))
    assert story.recommendation(asked).life.responses == {"police": Answer.ACCEPTED}


def test_a_later_answer_supersedes_and_both_are_kept(story: Story) -> None:
    asked = story.a_recommendation(addressed_to=("police", "health"))
    for answer in (Answer.ACCEPTED, Answer.NOT_ACCEPTED):
        story.when(Respond(id=asked, answer=answer, reason="As the board decided"), story.agency("police"))
    assert story.recommendation(asked).life.responses == {"police": Answer.NOT_ACCEPTED}
    assert sum(isinstance(fact, Responded) for fact in story.facts(Kind.RECOMMENDATION, asked)) == 2


def test_a_body_decides_only_what_reports_through_it_first(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    superseded = life.Close(kind=kind, id=thing, outcome=ClosureOutcome.SUPERSEDED)
    reader = Caller("member", Role.MONITORING_BODY, bodies=("training",), independent=True)
    story.refused(refusals.NotPermitted, superseded, reader)
    both = Caller("member", Role.MONITORING_BODY, bodies=("training", story.body.bodies[0]), independent=True)
    (closed,) = story.when(superseded, both)
    assert closed[2].by.body == story.body.bodies[0]


def saying(command: type[Command], kind: Kind, thing: UUID) -> Command:
    asked: dict[str, Any] = {"kind": kind, "id": thing, "evidence_id": UUID(int=1), "reason": "It is so"}
    asked |= {"outcome": ClosureOutcome.SUPERSEDED, "finding": Impact.EMBEDDED, "measure": "Audit"}
    asked |= {"due_on": Story.on(90)}
    return command.model_validate({name: value for name, value in asked.items() if name in command.model_fields})


DECIDED_BY_BODIES = [
    command
    for command, entry in BY_COMMAND.items()
    if issubclass(command, life.LifecycleCommand) and Role.MONITORING_BODY in entry.roles
]


@pytest.mark.parametrize("command", DECIDED_BY_BODIES)
def test_whatever_a_body_decides_it_decides_only_of_what_reports_through_it(
    story: Story, kind: Kind, command: type[life.LifecycleCommand]
) -> None:
    reader = Caller("member", Role.MONITORING_BODY, bodies=("training",), independent=True)
    story.refused(refusals.NotPermitted, saying(command, kind, story.assigned(kind)), reader)


def judgements(story: Story, kind: Kind, thing: UUID) -> list[Command]:
    judging: list[type[Command]] = [
        life.AcceptEvidence,
        life.ReturnEvidence,
        life.GrantExtension,
        life.Close,
        life.VerifyImpact,
    ]
    return [saying(command, kind, thing) for command in judging]


@pytest.mark.parametrize("own", ["police", "health", "housing"])
def test_nobody_marks_their_own_homework(story: Story, kind: Kind, own: str) -> None:
    thing = story.assigned(kind, contributing_agencies=("health",))
    story.merge_agencies("housing", into="police")
    for command in judgements(story, kind, thing):
        story.refused(refusals.NotIndependent, command, story.member_from(own))
    chair = Caller("chair", Role.CHAIR, agency=own)
    story.refused(refusals.NotIndependent, judgements(story, kind, thing)[0], chair)


def test_a_member_from_another_agency_may_judge(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    claim = story.submit(kind, thing)
    accept = life.AcceptEvidence(kind=kind, id=thing, evidence_id=claim)
    nameless = Caller("member", Role.MONITORING_BODY, bodies=story.body.bodies)
    story.refused(refusals.NotIndependent, accept, nameless)
    story.when(accept, story.member_from("schools"))


@pytest.mark.parametrize(
    "declared",
    [
        AddAgency(key="probation", name="Probation"),
        AddAlias(key="police", alias="Constabulary"),
        AddTheme(key="parental-mental-health", name="Parental mental health"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_an_import_may_create_the_agencies_aliases_and_themes_that_its_mapping_declares(
    story: Story, declared: Command
) -> None:
    story.refused(refusals.NotPermitted, declared, story.unit)
    story.when(declared, Caller("importer", Role.BUSINESS_UNIT, on_paper=True))


@pytest.mark.parametrize(
    ("caller", "body"),
    [
        (Story.body, BODY),
        (Caller("member", Role.MONITORING_BODY, agency="police", bodies=(BODY, "training")), None),
        (Caller("member", Role.MONITORING_BODY), None),
        (Caller("chair", Role.CHAIR, bodies=(BODY,)), None),
        (Story.agency("police"), None),
    ],
)
def test_a_fact_names_its_recorder_and_the_one_body_that_a_member_acts_for(caller: Caller, body: str | None) -> None:
    assert actor(caller) == Actor(subject=caller.subject, role=caller.role, agency=caller.agency, body=body)


def test_only_an_import_of_the_business_units_adds_agencies_on_paper(story: Story) -> None:
    fire = AddAgency(key="fire", name="Fire")
    story.refused(refusals.NotPermitted, fire, story.unit)
    story.refused(refusals.NotPermitted, fire, Caller("chair", Role.CHAIR, on_paper=True))
    story.when(fire, Caller("import", Role.BUSINESS_UNIT, on_paper=True))
    story.refused(
        refusals.NotPermitted, RenameAgency(key="fire", name="F"), Caller("import", Role.BUSINESS_UNIT, on_paper=True)
    )


def test_nobody_is_of_an_agency_without_one(story: Story) -> None:
    asked = AddAgency(key="fire", name="Fire")
    assert own(story.context(asked)) == frozenset()
    story.caller = story.agency("police")
    assert own(story.context(asked)) == {"police"}


def test_of_two_bodies_that_it_reports_through_the_first_decides(story: Story, kind: Kind) -> None:
    reviewed = story.framework.kinds["practice-learning-review"].model_copy(update={"monitored_by": (BODY, "training")})
    kinds = story.framework.kinds | {"practice-learning-review": reviewed}
    story.framework = story.framework.model_copy(update={"kinds": kinds})
    thing = story.assigned(kind)
    close = life.Close(kind=kind, id=thing, outcome=ClosureOutcome.SUPERSEDED)
    second = Caller("member", Role.MONITORING_BODY, bodies=("training",), independent=True)
    story.refused(refusals.NotPermitted, close, second)
    of_both = Caller("member", Role.MONITORING_BODY, bodies=("training", BODY), independent=True)
    ((_, _, closed),) = story.when(close, of_both)
    assert closed.by.body == BODY


def test_a_party_withdraws_its_own_evidence_and_no_others(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("health",))
    evidence = story.submit(kind, thing)
    withdraw = life.WithdrawEvidence(kind=kind, id=thing, evidence_id=evidence, reason="The wrong file")
    assert story.refused(refusals.NotPermitted, withdraw, story.agency("health")).field == ("evidenceId",)


def test_evidence_is_not_withdrawn_by_who_has_no_part_in_the_thing_any_more(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, "housing")
    evidence = story.submit(kind, thing)
    moved(story, kind, thing)
    withdraw = life.WithdrawEvidence(kind=kind, id=thing, evidence_id=evidence, reason="The wrong file")
    story.refused(refusals.NotPermitted, withdraw, story.agency("housing"))


# ---- work stays whose it was, after the thing has moved to another agency ----


def moved(story: Story, kind: Kind, thing: UUID) -> None:
    """From housing to police."""
    story.when(life.Transfer(kind=kind, id=thing, to_agency="police", reason="The team moved"), story.unit)


def accepting(kind: Kind, thing: UUID, evidence: UUID) -> life.AcceptEvidence:
    return life.AcceptEvidence(kind=kind, id=thing, evidence_id=evidence)


@pytest.mark.parametrize("reassigned", [True, False])
def test_whoever_filed_evidence_judges_neither_it_nor_what_rests_on_it(
    story: Story, kind: Kind, reassigned: bool
) -> None:
    thing = story.assigned(kind, "housing")
    evidence = story.submit(kind, thing)
    if reassigned:
        story.assign(kind, thing, "police")
    else:
        moved(story, kind, thing)
    housing, chair = story.member_from("housing"), Caller("chair", Role.CHAIR, agency="housing")
    schools = story.member_from("schools")
    returning = life.ReturnEvidence(kind=kind, id=thing, evidence_id=evidence, reason="Not signed")
    closing = life.Close(kind=kind, id=thing, outcome=ClosureOutcome.IMPLEMENTED)
    verifying = life.VerifyImpact(kind=kind, id=thing, finding=Impact.EMBEDDED, measure="Audit")
    story.refused(refusals.NotIndependent, returning, housing)
    for command in (accepting(kind, thing, evidence), closing, verifying):
        story.refused(refusals.NotIndependent, command, housing)
        story.refused(refusals.NotIndependent, command, chair)
        story.when(command, schools)


def test_whoever_asked_for_an_extension_does_not_grant_it(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, "housing")
    asked = life.RequestExtension(kind=kind, id=thing, until=story.on(90), reason="Illness")
    story.when(asked, story.agency("housing"))
    story.when(MergeAgencies(key="housing", into="health"), story.administrator)
    grant = life.GrantExtension(kind=kind, id=thing)
    story.refused(refusals.NotIndependent, grant, story.member_from("housing"))
    story.refused(refusals.NotIndependent, grant, story.member_from("health"))
    story.when(grant, story.member_from("schools"))


def test_work_that_moved_is_looked_at_through_a_merger(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, "housing")
    evidence = story.submit(kind, thing)
    moved(story, kind, thing)
    story.merge_agencies("housing", into="health")
    accept = accepting(kind, thing, evidence)
    story.refused(refusals.NotIndependent, accept, story.member_from("health"))
    story.when(accept, story.member_from("schools"))


def test_evidence_that_came_on_paper_is_its_agencys_own(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("housing",))
    paper = life.SubmitEvidence(kind=kind, id=thing, narrative="Signed", agency="housing")
    fact = story.when(paper, story.unit)[0][2]
    story.assign(kind, thing)
    accept = accepting(kind, thing, getattr(fact, "evidence_id"))  # noqa: B009 - a Fact has no such field for mypy
    story.refused(refusals.NotIndependent, accept, story.member_from("housing"))
    story.when(accept, story.member_from("schools"))


def test_each_piece_of_evidence_is_judged_by_itself(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, "housing")
    first = story.submit(kind, thing)
    moved(story, kind, thing)
    second = story.submit(kind, thing)
    housing = story.member_from("housing")
    story.refused(refusals.NotIndependent, accepting(kind, thing, first), housing)
    story.when(accepting(kind, thing, second), housing)


@pytest.mark.parametrize("reopened", [True, False])
def test_what_no_longer_counts_leaves_others_to_close_it(story: Story, kind: Kind, reopened: bool) -> None:
    thing = story.assigned(kind, "housing")
    if reopened:
        story.implement(kind, thing)
        story.when(life.Reopen(kind=kind, id=thing, reason="Again", due_on=story.on(90)), story.body)
    else:
        evidence = story.submit(kind, thing)
        story.when(life.ReturnEvidence(kind=kind, id=thing, evidence_id=evidence, reason="Not signed"), story.body)
    moved(story, kind, thing)
    story.accept(kind, thing, story.submit(kind, thing))
    housing = story.member_from("housing")
    story.when(life.Close(kind=kind, id=thing, outcome=ClosureOutcome.IMPLEMENTED), housing)
    story.when(life.VerifyImpact(kind=kind, id=thing, finding=Impact.EMBEDDED, measure="Audit"), housing)
