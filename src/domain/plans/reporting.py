"""Through which bodies a thing reports today: what was finished when they were succeeded follows its review."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from domain.action.state import Action
from domain.given import Given
from domain.lifecycle.events import BodiesSucceeded, ImpactVerified, Reopened
from domain.lifecycle.questions import finished
from domain.lifecycle.reporting import Reported, Reporting, reported_after
from domain.plans.reading import Decided, Read, living, the
from domain.recommendation.state import Recommendation
from domain.review.state import Review
from domain.words import Kind

GOES_ON = (Reopened, ImpactVerified)
"""What may leave something to do or to judge of a thing that was finished."""


def reported(thing: Recommendation | Action, read: Read) -> Reported:
    """What is not finished has passed with its review; the rest would pass now, if it went on."""
    if not finished(thing.life):
        return thing.reported
    return (*thing.reported, *_missed(thing, read))


def _missed(thing: Recommendation | Action, read: Read) -> Reported:
    review = the(read, Kind.REVIEW, thing.review_id, Review)
    last = thing.reporting.framework or review.framework
    latest = review.reporting
    return () if latest.framework == last else (latest,)


def passing_on(decided: Iterable[Decided], read: Read, given: Given) -> Iterator[Decided]:
    """What was decided; what is thereby no longer finished goes on reporting through the bodies of today."""
    passed: set[UUID] = set()
    for kind, id, fact in decided:
        yield kind, id, fact
        if isinstance(fact, GOES_ON) and id not in passed:
            passed.add(id)
            thing = living(read, kind, id)
            for each in reported(thing, read)[len(thing.reported) :]:
                yield kind, id, bodies_succeeded(each, given)


def since(reported: Reported, given: Given) -> list[BodiesSucceeded]:
    """What followed the day of effect: a thing of an earlier day, told of only now, has passed through it too."""
    return [bodies_succeeded(each, given) for each in reported_after(reported, given.on)]


def bodies_succeeded(to: Reporting, given: Given) -> BodiesSucceeded:
    """Never before what is decided: it passes on the day on which it goes on."""
    return BodiesSucceeded(
        happened_on=max(to.since, given.on),
        by=given.by,
        framework=to.framework or given.framework.key,
        monitored_by=to.bodies,
    )
