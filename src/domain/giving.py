"""Gathering what a decision may know beside the state and the command."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.actor import Caller
from domain.agency.commands import MergeAgencies
from domain.agency.state import Agencies
from domain.authority import actor
from domain.commands import Command
from domain.correction.commands import Correct
from domain.frameworks import Framework
from domain.given import Given
from domain.partnership.commands import AdoptFramework, CreatePartnership
from domain.partnership.state import Partnership
from domain.refusals import Invalid
from domain.review.commands import DisseminateLearning
from domain.review.state import Review
from domain.session import Session
from domain.theme.state import Themes
from domain.words import Kind


def gathered(
    session: Session, command: Command, caller: Caller, shipped: Mapping[str, Framework], new_id: UUID, number: int
) -> Given:
    """Raises Invalid for a framework that nobody knows."""
    on = command.happened_on or session.today
    partnership: Partnership = session.single(Kind.PARTNERSHIP) or Partnership()
    frameworks = {**shipped, **partnership.own}
    return Given(
        caller=caller,
        by=actor(caller),
        today=session.today,
        on=on,
        imported=command.imported,
        new_id=new_id,
        number=number,
        agencies=session.single(Kind.AGENCIES) or Agencies(),
        themes=session.single(Kind.THEMES) or Themes(),
        framework=_framework(frameworks, partnership, command, on),
        frameworks=frameworks,
        passed_over=session.passed_over,
        stream=session.stream(command.id).facts if isinstance(command, Correct) else (),
        concerned=_concerned(session, command),
        adopted=partnership.adopted,
        learned_in=session.learned_in(_learning(session, command)),
    )


def _framework(frameworks: Mapping[str, Framework], partnership: Partnership, command: Command, on: date) -> Framework:
    asked = command.framework if isinstance(command, CreatePartnership | AdoptFramework) else None
    wanted = asked or partnership.framework_on(on)
    if wanted not in frameworks:
        known = ", ".join(sorted(frameworks))
        raise Invalid(f"There is no framework {wanted!r}; there are {known}.", "framework")
    return frameworks[wanted]


def _concerned(session: Session, command: Command) -> tuple[tuple[Kind, UUID], ...]:
    match command:
        case MergeAgencies():
            return session.naming(command.key)
        case AdoptFramework():
            return session.reporting()
    return ()


def _learning(session: Session, command: Command) -> tuple[UUID, ...]:
    """What is disseminated; of a review that is corrected, what others identified and it has disseminated."""
    match command:
        case DisseminateLearning():
            return command.learning
        case Correct(kind=Kind.REVIEW):
            review = session.stream(command.id).state
            return tuple(review.brought.keys() - review.learning.keys()) if isinstance(review, Review) else ()
    return ()
