"""The audit programme of a year, and the review that takes a place of it."""

from uuid import UUID

from domain.programme import decide, rules
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.programme.state import Audit, Programme
from domain.review.commands import CommissionReview
from domain.review.rules.stages import the_kind_exists_in_the_framework
from domain.session import Repository
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, Fact, facts_on
from domain.shared.identifiers import programme_of
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
