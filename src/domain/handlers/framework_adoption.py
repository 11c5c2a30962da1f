"""Bodies are succeeded when their framework is: what is open passes to whoever took over, from that day on.

What was finished follows its review.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from domain.action.state import Action
from domain.frameworks import Framework, successors
from domain.lifecycle.events import BodiesSucceeded, ImpactVerified, Reopened
from domain.lifecycle.reporting_bodies import Reported, Reporting, reported_after, succeeded
from domain.lifecycle.state import finished
from domain.partnership import decide
from domain.partnership.commands import AdoptFramework
from domain.recommendation.state import Recommendation
from domain.review.events import Commissioned
from domain.session import Repository
from domain.shared.dates import later
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, facts_on
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind, ReviewStage


def adopt_framework(command: AdoptFramework, repository: Repository, context: DecisionContext) -> list[Decided]:
    """Every review keeps its framework; what is left to do or to judge passes to the bodies of the one adopted."""
    partnership = repository.partnership()
    adopted = facts_on(Kind.PARTNERSHIP, SINGLE[Kind.PARTNERSHIP], decide.adopt(partnership, command, context))
    return adopted + list(_passed(repository, context)) if adopted else []


def _passed(repository: Repository, context: DecisionContext) -> Iterator[Decided]:
    for kind, id in context.concerned:
        fact = (
            _of_a_review(id, repository, context) if kind is Kind.REVIEW else _of_an_item(kind, id, repository, context)
        )
        if fact is not None:
            yield kind, id, fact


def _of_a_review(id: UUID, repository: Repository, context: DecisionContext) -> BodiesSucceeded | None:
    """Not completed, its agreement passes too, once all that is agreed has been: that stands for whoever took over."""
    review = repository.review(id)
    if not review.reported:
        return None
    awaited = review.agreed_by if review.stage is ReviewStage.COMMISSIONED else ()
    then = replace(context, on=later(review.last_bound_on, context.on)) if awaited else context
    return _passing(review.reporting, review.framework, context.framework, then, awaited)


def _of_an_item(kind: Kind, id: UUID, repository: Repository, context: DecisionContext) -> BodiesSucceeded | None:
    item = repository.item(kind, id)
    if finished(item.life):
        return None
    home = repository.review(item.review_id).framework
    return _passing(item.reporting, home, context.framework, context)


def adopted_since(commissioned: Commissioned, context: DecisionContext) -> Iterator[BodiesSucceeded]:
    """What a review of an earlier day, told of only now, has passed through since."""
    reporting = Reporting(commissioned.happened_on, commissioned.framework, commissioned.monitored_by)
    agreed_by = commissioned.agreed_by
    for term in context.adopted:
        if term.from_day > commissioned.happened_on:
            framework, then = context.frameworks[term.framework], replace(context, on=term.from_day)
            fact = _passing(reporting, commissioned.framework, framework, then, agreed_by)
            if fact is not None:
                reporting, agreed_by = succeeded(fact), fact.agreed_by
                yield fact


def _passing(
    reporting: Reporting, home: str, framework: Framework, context: DecisionContext, agreed_by: tuple[str, ...] = ()
) -> BodiesSucceeded | None:
    held = context.frameworks[reporting.framework or home]
    if held.key == framework.key:
        return None
    return BodiesSucceeded(
        happened_on=max(context.on, reporting.since),
        by=context.by,
        framework=framework.key,
        monitored_by=tuple(dict.fromkeys(_succeeding(reporting.bodies, held, framework, context))),
        agreed_by=_succeeding(agreed_by, held, framework, context),
    )


def _succeeding(
    bodies: Iterable[str], held: Framework, framework: Framework, context: DecisionContext
) -> tuple[str, ...]:
    passes = successors(held, framework, context.frameworks)
    return tuple(passes[body] for body in bodies)


GOES_ON = (Reopened, ImpactVerified)
"""What may leave something to do or to judge of a thing that was finished."""


def reported(item: Recommendation | Action, repository: Repository) -> Reported:
    """What is not finished has passed with its review; the rest would pass now, if it went on."""
    if not finished(item.life):
        return item.reported
    return (*item.reported, *_missed(item, repository))


def _missed(item: Recommendation | Action, repository: Repository) -> Reported:
    review = repository.review(item.review_id)
    last = item.reporting.framework or review.framework
    latest = review.reporting
    return () if latest.framework == last else (latest,)


def passing_on(decided: Iterable[Decided], repository: Repository, context: DecisionContext) -> Iterator[Decided]:
    """What was decided; what is thereby no longer finished goes on reporting through the bodies of today."""
    passed: set[UUID] = set()
    for kind, id, fact in decided:
        yield kind, id, fact
        if isinstance(fact, GOES_ON) and id not in passed:
            passed.add(id)
            item = repository.item(kind, id)
            for each in reported(item, repository)[len(item.reported) :]:
                yield kind, id, bodies_succeeded(each, context)


def since(reported: Reported, context: DecisionContext) -> list[BodiesSucceeded]:
    """What followed the day of effect: a thing of an earlier day, told of only now, has passed through it too."""
    return [bodies_succeeded(each, context) for each in reported_after(reported, context.on)]


def bodies_succeeded(to: Reporting, context: DecisionContext) -> BodiesSucceeded:
    """Never before what is decided: it passes on the day on which it goes on."""
    return BodiesSucceeded(
        happened_on=max(to.since, context.on),
        by=context.by,
        framework=to.framework or context.framework.key,
        monitored_by=to.bodies,
    )
