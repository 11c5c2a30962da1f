"""The audit programme of a year, and the review that takes a place of it."""

from uuid import UUID

from domain.facts import Fact
from domain.given import Given
from domain.plans.reading import Decided, Read, on, the_perhaps_empty
from domain.programme import decide, rules
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.programme.state import Audit, Programme
from domain.review.commands import CommissionReview
from domain.review.rules import its_kind_exists_in_the_framework
from domain.singles import programme_of
from domain.words import Kind


def agree(command: AgreeProgramme, read: Read, given: Given) -> list[Decided]:
    return _on(command.year, decide.agree(_programme(read, command.year), command, given))


def plan(command: PlanAudit, read: Read, given: Given) -> list[Decided]:
    its_kind_exists_in_the_framework(given, command.kind)
    return _on(command.year, decide.plan(_programme(read, command.year), command, given))


def withdraw(command: WithdrawAudit, read: Read, given: Given) -> list[Decided]:
    return _on(command.year, decide.withdraw(_programme(read, command.year), command, given))


def commissioned(command: CommissionReview, review_id: UUID, read: Read, given: Given) -> list[Decided]:
    """What a commission means for the programme that it names; nothing where it names none."""
    rules.a_planned_audit_belongs_to_a_year(command.programme_year, command.planned_audit)
    rules.what_a_limit_counts_names_its_year(given, command.kind, command.programme_year)
    if command.programme_year is None:
        return []
    programme = _programme(read, command.programme_year)
    audit = _place(programme, command, given)
    year, kind = command.programme_year, command.kind
    return _on(year, decide.commission(programme, year, review_id, kind, audit, given))


def _place(programme: Programme, command: CommissionReview, given: Given) -> Audit | None:
    if command.planned_audit is not None:
        return rules.it_is_planned(programme, command.planned_audit, "plannedAudit")
    themes = [given.themes.current(theme) for theme in command.themes]
    return decide.the_place_of(programme, command.kind, themes, given)


def _programme(read: Read, year: int) -> Programme:
    return the_perhaps_empty(read, Kind.PROGRAMME, programme_of(year), Programme(year=year))


def _on(year: int, facts: list[Fact]) -> list[Decided]:
    return on(Kind.PROGRAMME, programme_of(year), facts)
