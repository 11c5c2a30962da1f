"""Learning is disseminated, and obliges those who receive it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.dates import a_due_date_is_not_past, nothing_happens_before_it_existed, nothing_happens_in_the_future
from domain.duties.events import DutyOwed
from domain.given import Given
from domain.known import agencies_are_known
from domain.review import rules_of_dissemination as rules
from domain.review.commands import DisseminateLearning
from domain.review.events import LearningDisseminated
from domain.review.rules import it_is_commissioned
from domain.review.state import Review

if TYPE_CHECKING:
    from domain.frameworks import Framework


def disseminate(
    review: Review, others: Iterable[Review], command: DisseminateLearning, given: Given
) -> LearningDisseminated:
    """`others` are the reviews whose learning it joins."""
    it_is_commissioned(review)
    nothing_happens_in_the_future(given)
    nothing_happens_before_it_existed(given, review.commissioned_on)
    framework = given.frameworks[review.framework]
    learning = tuple(dict.fromkeys(command.learning or review.learning))
    rules.there_is_learning_to_disseminate(learning)
    identified = {id: day for each in (review, *others) for id, day in each.learning.items()}
    rules.all_of_it_has_been_identified(learning, identified, given)
    return LearningDisseminated(
        happened_on=given.on,
        by=given.by,
        dissemination_id=given.new_id,
        method=rules.the_method_is_of_the_framework(framework, command.method),
        audience=tuple(dict.fromkeys(command.audience)),
        agencies=_agencies(review, command, given),
        learning=learning,
        confirm_by=_confirm_by(command, framework, given),
        duties=_duties(framework),
    )


def _agencies(review: Review, command: DisseminateLearning, given: Given) -> tuple[str, ...]:
    """As asked; or all that the review involves, as what they have become."""
    involved = (given.agencies.successor(key) or key for key in review.agencies)
    agencies = agencies_are_known(given, command.agencies or involved, "agencies")
    rules.it_goes_to_some_agency(agencies)
    return agencies


def _confirm_by(command: DisseminateLearning, framework: "Framework", given: Given) -> date:
    a_due_date_is_not_past(given, command.confirm_by, "confirmBy")
    return command.confirm_by or given.on + timedelta(days=framework.duties.confirm_within_days)


def _duties(framework: "Framework") -> tuple[DutyOwed, ...]:
    """As the framework words them now, kept with the fact: a later wording changes nothing about it."""
    asked = framework.duties
    return tuple(
        DutyOwed(
            key=each.key,
            role=each.role,
            wording=each.wording,
            held_by=asked.roles[each.role].held_by,
            conditional=each.conditional,
        )
        for each in asked.on_receipt
    )
