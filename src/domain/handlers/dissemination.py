"""Learning is disseminated; whoever holds a duty says that it is done."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from domain.authority import (
    an_agency_names_no_version,
    the_body_that_takes_up,
    the_callers_own,
    the_duty_is_the_callers,
    whoever_is_spoken_for_may_be,
)
from domain.duties.events import DutiesConfirmed
from domain.duties.rules import (
    a_duty_is_confirmed_in_its_time,
    duties_are_named_in_one_field,
    the_duty_awaits_confirmation,
    there_is_something_to_confirm,
)
from domain.duties.state import Duty
from domain.returns.commands import ConfirmReturn
from domain.review.commands import ConfirmLearning, DisseminateLearning, TakeUpLearning
from domain.review.decide.dissemination import disseminate, take_up
from domain.review.events import LearningDisseminated, LearningJoined
from domain.review.state import Review
from domain.session import Repository
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, facts_on
from domain.shared.refusals import NotFound
from domain.shared.vocabulary import Kind, Role

Standing = tuple[Kind, UUID, Duty]
"""A duty with the stream on which it stands."""


def disseminate_learning(
    command: DisseminateLearning, repository: Repository, context: DecisionContext
) -> list[Decided]:
    """Recorded on the review that is named, and marked on every other whose learning it joins."""
    review = repository.review(command.review_id)
    named = (context.learned_in[point] for point in command.learning if point in context.learned_in)
    others = {id: repository.review(id) for id in named if id != command.review_id}
    obliged = _already_obliged((review, *others.values()), repository)
    fact = disseminate(review, others.values(), obliged, command, context)
    marks = ((Kind.REVIEW, id, _joined(fact, command.review_id, context)) for id in others)
    return [(Kind.REVIEW, command.review_id, fact), *marks]


def _already_obliged(reviews: Collection[Review], repository: Repository) -> dict[UUID, frozenset[str | None]]:
    """By these reviews, and by those that their learning was joined to."""
    homes = dict.fromkeys(home for each in reviews for home in each.joined.values())
    found: dict[UUID, frozenset[str | None]] = {}
    for each in (*reviews, *(repository.review(home) for home in homes)):
        for point, holders in each.obliged.items():
            found[point] = found.get(point, frozenset()) | holders
    return found


def _joined(fact: LearningDisseminated, review: UUID, context: DecisionContext) -> LearningJoined:
    return LearningJoined(
        happened_on=context.on,
        by=context.by,
        dissemination_id=fact.dissemination_id,
        review_id=review,
        agencies=fact.agencies,
    )


def confirm_learning(command: ConfirmLearning, repository: Repository, context: DecisionContext) -> list[Decided]:
    an_agency_names_no_version(command, context)
    whoever_is_spoken_for_may_be(command.agency, context)
    review = repository.review(command.review_id)
    standing = {duty.id: (Kind.REVIEW, id, duty) for id, duty in _of_the_review(command.review_id, review, repository)}
    return duties_confirmed(chosen_duties(standing, command, context), command.assurance, context)


def _of_the_review(id: UUID, review: Review, repository: Repository) -> Iterator[tuple[UUID, Duty]]:
    """Its own duties, and those that its learning joined elsewhere."""
    yield from ((id, duty) for duty in review.duties.values())
    for dissemination, home in review.joined.items():
        elsewhere = repository.review(home).duties.values()
        yield from ((home, duty) for duty in elsewhere if duty.origin == dissemination)


def take_up_learning(command: TakeUpLearning, repository: Repository, context: DecisionContext) -> list[Decided]:
    body = the_body_that_takes_up(command.body, context)
    if context.caller.role is Role.MONITORING_BODY:
        context = replace(context, by=context.by.model_copy(update={"body": body}))
    review = repository.review(command.review_id)
    homes = [repository.review(home) for home in dict.fromkeys(review.joined.values())]
    return facts_on(Kind.REVIEW, command.review_id, take_up(review, homes, body, command, context))


def chosen_duties(
    standing: Mapping[UUID, Standing], command: ConfirmLearning | ConfirmReturn, context: DecisionContext
) -> list[Standing]:
    """The duties that are named, or whatever is open for the caller."""
    duties_are_named_in_one_field(command.duty_id, command.duty_ids)
    if command.duty_id is not None:
        return [_named(standing, command.duty_id, command, context, "dutyId")]
    if command.duty_ids is None:
        own = the_callers_own((duty for _, _, duty in standing.values()), command.agency, context)
        there_is_something_to_confirm(own)
        return [standing[duty.id] for duty in own]
    there_is_something_to_confirm(command.duty_ids, "dutyIds")
    named = {id: _named(standing, id, command, context, "dutyIds", str(nth)) for nth, id in enumerate(command.duty_ids)}
    return list(named.values())


def _named(
    standing: Mapping[UUID, Standing],
    id: UUID,
    command: ConfirmLearning | ConfirmReturn,
    context: DecisionContext,
    *field: str,
) -> Standing:
    if id not in standing:
        raise NotFound("There is no such duty.", *field)
    _, _, duty = standing[id]
    the_duty_is_the_callers(duty, command.agency, context, *field)
    the_duty_awaits_confirmation(duty, *field)
    return standing[id]


def duties_confirmed(chosen: Iterable[Standing], assurance: str, context: DecisionContext) -> list[Decided]:
    """One fact for each stream and agency."""
    by_fact: dict[tuple[Kind, UUID, str | None], list[UUID]] = defaultdict(list)
    for kind, stream, duty in chosen:
        a_duty_is_confirmed_in_its_time(duty, context)
        by_fact[kind, stream, duty.agency].append(duty.id)
    return [
        (
            kind,
            stream,
            DutiesConfirmed(
                happened_on=context.on, by=context.by, duties=tuple(ids), agency=agency, assurance=assurance
            ),
        )
        for (kind, stream, agency), ids in by_fact.items()
    ]
