"""The audit programme of a year, the review that takes a place of it, and what a review of follow-up checks."""

from uuid import UUID

from domain.lifecycle.commands import VerifyImpact
from domain.lifecycle.rules import another_review_gives_the_evidence
from domain.programme import decide, rules
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.programme.state import Audit, Programme
from domain.recommendation.events import CheckCommissioned
from domain.recommendation.rules import the_recommendation_arose_from_what_is_followed_up
from domain.review.commands import CommissionReview
from domain.review.events import Commissioned
from domain.review.rules.stages import the_kind_exists_in_the_framework, the_review_was_completed_by_then
from domain.session import Repository
from domain.shared.dates import nothing_happens_before_it_existed
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, Fact, facts_on
from domain.shared.identifiers import programme_of
from domain.shared.refusals import within
from domain.shared.vocabulary import Kind


def agree(command: AgreeProgramme, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _on(command.year, decide.agree(_programme(repository, command.year), command, context))


def plan(command: PlanAudit, repository: Repository, context: DecisionContext) -> list[Decided]:
    the_kind_exists_in_the_framework(context, command.kind)
    return _on(command.year, decide.plan(_programme(repository, command.year), command, context))


def withdraw(command: WithdrawAudit, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _on(command.year, decide.withdraw(_programme(repository, command.year), command, context))


def commissioned(
    command: CommissionReview, review_id: UUID, repository: Repository, context: DecisionContext
) -> list[Decided]:
    """What a commission means for the programme that it names; nothing where it names none."""
    rules.a_planned_audit_belongs_to_a_year(command.programme_year, command.planned_audit)
    rules.what_a_limit_counts_names_its_year(context, command.kind, command.programme_year)
    if command.programme_year is None:
        return []
    programme = _programme(repository, command.programme_year)
    audit = _place(programme, command, context)
    year, kind = command.programme_year, command.kind
    return _on(year, decide.commission(programme, year, review_id, kind, audit, context))


def _place(programme: Programme, command: CommissionReview, context: DecisionContext) -> Audit | None:
    if command.planned_audit is not None:
        return rules.the_audit_is_planned(programme, command.planned_audit, "plannedAudit")
    themes = [context.themes.current(theme) for theme in command.themes]
    return decide.the_place_of(programme, command.kind, themes, context)


def _programme(repository: Repository, year: int) -> Programme:
    return repository.programme(year)


def _on(year: int, facts: list[Fact]) -> list[Decided]:
    return facts_on(Kind.PROGRAMME, programme_of(year), facts)


# A review that checks what became of recommendations, and the finding for which a review gives the evidence.


def checks_commissioned(
    command: CommissionReview, review: Commissioned, review_id: UUID, repository: Repository, context: DecisionContext
) -> list[Decided]:
    """The mark on every recommendation that a commission names."""
    marks: dict[UUID, Decided] = {}
    for nth, checked in enumerate(command.checks):
        with within("checks", nth):
            marks[checked] = _mark_of_check(checked, review, review_id, repository, context)
    return list(marks.values())


def _mark_of_check(
    checked: UUID, fact: Commissioned, review_id: UUID, repository: Repository, context: DecisionContext
) -> Decided:
    recommendation = repository.recommendation(checked, "checks")
    the_recommendation_arose_from_what_is_followed_up(recommendation, fact.follows_up)
    nothing_happens_before_it_existed(context, recommendation.life.raised_on)
    mark = CheckCommissioned(happened_on=context.on, by=context.by, checked_by=review_id, reference=fact.reference)
    return Kind.RECOMMENDATION, checked, mark


def the_evidence_stands(
    command: VerifyImpact, arose_from: UUID, repository: Repository, context: DecisionContext
) -> None:
    """The review that a finding names, if it names one."""
    another_review_gives_the_evidence(arose_from, command.evidenced_by)
    if command.evidenced_by is not None:
        review = repository.review(command.evidenced_by, "evidencedBy")
        the_review_was_completed_by_then(review, context, "evidencedBy")
