"""Through which bodies a thing reports today: what was finished when they were succeeded follows its review."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from domain.action.state import Action
from domain.lifecycle.events import BodiesSucceeded, ImpactVerified, Reopened
from domain.lifecycle.reporting_bodies import Reported, Reporting, reported_after
from domain.lifecycle.state import finished
from domain.recommendation.state import Recommendation
from domain.session import Repository
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided

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
