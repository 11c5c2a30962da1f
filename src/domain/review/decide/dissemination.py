"""Learning is disseminated, obliges those who receive it, and is taken up by bodies that are fed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from domain.duties.events import DutyOwed, Obliged
from domain.frameworks import successors
from domain.review.commands import DisseminateLearning, TakeUpLearning
from domain.review.events import LearningDisseminated, LearningTakenUp
from domain.review.rules import dissemination as rules
from domain.review.rules.dissemination import the_learning_is_no_draft
from domain.review.rules.stages import the_review_is_commissioned
from domain.review.state import Review
from domain.shared.dates import a_due_date_is_not_past, nothing_happens_before_it_existed, nothing_happens_in_the_future
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.reference_rules import agencies_are_known
from domain.shared.refusals import ConditionsNotMet, DateBeforeStart, NotFound, NotPermitted

if TYPE_CHECKING:
    from domain.frameworks import Framework

AlreadyObliged: TypeAlias = Mapping[UUID, Set[str | None]]
"""Which agencies have had duties about each point of learning; None stands for the chair and the business unit."""


def disseminate(
    review: Review,
    others: Iterable[Review],
    obliged: AlreadyObliged,
    command: DisseminateLearning,
    context: DecisionContext,
) -> LearningDisseminated:
    """`others` are the reviews whose learning it joins; `obliged` says who has had duties about which learning."""
    the_review_is_commissioned(review)
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, review.commissioned_on)
    framework = context.frameworks[review.framework]
    learning = _learning(review, others, command, context)
    agencies, bodies = _agencies(review, command, context), rules.bodies_are_of_the_framework(context, command.bodies)
    rules.learning_goes_to_somebody(agencies, bodies, public=command.public, media=command.media)
    return LearningDisseminated(
        happened_on=context.on,
        by=context.by,
        dissemination_id=context.new_id,
        method=rules.the_method_is_of_the_framework(framework, command.method, "method"),
        audience=tuple(dict.fromkeys(command.audience)),
        agencies=agencies,
        learning=learning,
        confirm_by=_confirm_by(command, framework, context),
        duties=_duties(framework),
        bodies=bodies,
        bodies_of=context.framework.key if bodies else None,
        public=command.public,
        media=command.media,
        obliges=tuple(_obliges(agencies, learning, obliged, context)),
        due_stated=command.confirm_by is not None,
    )


def _learning(
    review: Review, others: Iterable[Review], command: DisseminateLearning, context: DecisionContext
) -> tuple[UUID, ...]:
    """Each point that is named, by its place where it is refused; or all that the review has identified."""
    reviews = (review, *others)
    named = command.learning or tuple(review.learning)
    rules.there_is_learning_to_disseminate(named)
    identified = {id: day for each in reviews for id, day in each.learning.items()}
    drafts = {id for each in reviews for id in each.draft_learning}
    for nth, point in enumerate(named):
        field = ("learning", str(nth)) if command.learning else ("learning",)
        rules.the_learning_has_been_identified(point, identified, context, *field)
        rules.the_learning_is_no_draft(point, drafts, *field)
    return tuple(dict.fromkeys(named))


def _obliges(
    agencies: Collection[str], learning: Collection[UUID], obliged: AlreadyObliged, context: DecisionContext
) -> Iterator[Obliged]:
    """
    Once for each learning and agency, whatever the methods; what an agency's kin has had it has had. The chair and the
    business unit owe what they owe once the learning goes to any agency.
    """
    for agency in (None, *agencies) if agencies else ():
        kin = {None} if agency is None else context.agencies.kin(agency)
        new = tuple(point for point in learning if not kin & obliged.get(point, frozenset()))
        if new:
            yield Obliged(agency=agency, learning=new)


def _agencies(review: Review, command: DisseminateLearning, context: DecisionContext) -> tuple[str, ...]:
    """As asked, be it none; or all that the review involves, as what they have become."""
    involved = (context.agencies.successor(key) or key for key in review.agencies)
    return agencies_are_known(context, involved if command.agencies is None else command.agencies, "agencies")


def _confirm_by(command: DisseminateLearning, framework: "Framework", context: DecisionContext) -> date:
    a_due_date_is_not_past(context, command.confirm_by, "confirmBy")
    return command.confirm_by or context.on + timedelta(days=framework.duties.confirm_within_days)


def _duties(framework: "Framework") -> tuple[DutyOwed, ...]:
    """As the framework words them now, kept with the fact: a later wording changes nothing about it."""
    duties = framework.duties
    return tuple(
        DutyOwed(
            key=each.key,
            role=each.role,
            wording=each.wording,
            held_by=duties.roles[each.role].held_by,
            conditional=each.conditional,
        )
        for each in duties.on_receipt
    )


def take_up(
    review: Review, homes: Collection[Review], body: str, command: TakeUpLearning, context: DecisionContext
) -> list[Fact]:
    """`homes` are the reviews that its learning was joined to; `body` is of the framework in force."""
    the_review_is_commissioned(review)
    nothing_happens_in_the_future(context)
    point = command.learning_id
    the_learning_was_identified_by_then(review, point, context)
    the_learning_is_no_draft(point, review.draft_learning, "learningId")
    the_learning_reaches_the_body(review, homes, point, body, context)
    the_learning_awaits_the_body(review, point, body, context)
    return [
        LearningTakenUp(
            happened_on=context.on,
            by=context.by,
            learning_id=point,
            body=body,
            framework=context.framework.key,
            what_was_done=command.what_was_done,
        )
    ]


def the_learning_was_identified_by_then(review: Review, point: UUID, context: DecisionContext) -> None:
    if point not in review.learning:
        raise NotFound("The review has no such learning.", "learningId")
    if context.on < review.learning[point]:
        raise DateBeforeStart(f"{context.on} is before {review.learning[point]}, when it was identified.", "happenedOn")


def the_learning_reaches_the_body(
    review: Review, homes: Iterable[Review], point: UUID, body: str, context: DecisionContext
) -> None:
    """Fed by the kind of review, or named when the learning was disseminated; or what succeeded such a body."""
    fed = ((review.framework, each) for each in context.frameworks[review.framework].fed_by(review.kind))
    brought = (each for home in (review, *homes) for each in home.brought_to.get(point, ()))
    if body not in _as_they_go_on((*fed, *brought), context):
        raise NotPermitted(f"A {review.kind} does not feed {body!r}, and the learning was not brought to it.", "body")


def the_learning_awaits_the_body(review: Review, point: UUID, body: str, context: DecisionContext) -> None:
    """What is wrong about the first time is corrected; what was done beside it belongs to the same words."""
    done = ((framework, by) for learning, framework, by in review.taken_up if learning == point)
    if body in _as_they_go_on(done, context):
        raise ConditionsNotMet(f"{body!r} has taken it up already.", "learningId")


def _as_they_go_on(bodies: Iterable[tuple[str, str]], context: DecisionContext) -> set[str]:
    """What these bodies, each after its framework, are in the framework in force."""
    frameworks = context.frameworks
    return {successors(frameworks[of], context.framework, frameworks)[body] for of, body in bodies}
