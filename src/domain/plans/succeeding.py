"""Bodies are succeeded when their framework is: what is open passes to whoever took over, from that day on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from domain.dates import later
from domain.frameworks import Framework, successors
from domain.given import Given
from domain.lifecycle.events import BodiesSucceeded
from domain.lifecycle.questions import finished
from domain.lifecycle.reporting import Reporting, succeeded
from domain.partnership import decide
from domain.partnership.commands import AdoptFramework
from domain.partnership.state import Partnership
from domain.plans.reading import Decided, Read, living, on, the, the_one
from domain.review.events import Commissioned
from domain.review.state import Review
from domain.singles import SINGLE
from domain.words import Kind, ReviewStage


def adopt_framework(command: AdoptFramework, read: Read, given: Given) -> list[Decided]:
    """Every review keeps its framework; what is left to do or to judge passes to the bodies of the one adopted."""
    partnership = the_one(read, Kind.PARTNERSHIP, Partnership())
    adopted = on(Kind.PARTNERSHIP, SINGLE[Kind.PARTNERSHIP], decide.adopt(partnership, command, given))
    return adopted + list(_passed(read, given)) if adopted else []


def _passed(read: Read, given: Given) -> Iterator[Decided]:
    for kind, id in given.concerned:
        fact = _of_a_review(id, read, given) if kind is Kind.REVIEW else _of_an_item(kind, id, read, given)
        if fact is not None:
            yield kind, id, fact


def _of_a_review(id: UUID, read: Read, given: Given) -> BodiesSucceeded | None:
    """Not completed, its agreement passes too, once all that is agreed has been: that stands for whoever took over."""
    review = the(read, Kind.REVIEW, id, Review)
    if not review.reported:
        return None
    awaited = review.agreed_by if review.stage is ReviewStage.COMMISSIONED else ()
    then = replace(given, on=later(review.last_bound_on, given.on)) if awaited else given
    return _passing(review.reporting, review.framework, given.framework, then, awaited)


def _of_an_item(kind: Kind, id: UUID, read: Read, given: Given) -> BodiesSucceeded | None:
    thing = living(read, kind, id)
    if finished(thing.life):
        return None
    home = the(read, Kind.REVIEW, thing.review_id, Review).framework
    return _passing(thing.reporting, home, given.framework, given)


def adopted_since(commissioned: Commissioned, given: Given) -> Iterator[BodiesSucceeded]:
    """What a review of an earlier day, told of only now, has passed through since."""
    reporting = Reporting(commissioned.happened_on, commissioned.framework, commissioned.monitored_by)
    agreed_by = commissioned.agreed_by
    for term in given.adopted:
        if term.from_day > commissioned.happened_on:
            framework, then = given.frameworks[term.framework], replace(given, on=term.from_day)
            fact = _passing(reporting, commissioned.framework, framework, then, agreed_by)
            if fact is not None:
                reporting, agreed_by = succeeded(fact), fact.agreed_by
                yield fact


def _passing(
    reporting: Reporting, home: str, framework: Framework, given: Given, agreed_by: tuple[str, ...] = ()
) -> BodiesSucceeded | None:
    held = given.frameworks[reporting.framework or home]
    if held.key == framework.key:
        return None
    return BodiesSucceeded(
        happened_on=max(given.on, reporting.since),
        by=given.by,
        framework=framework.key,
        monitored_by=tuple(dict.fromkeys(_succeeding(reporting.bodies, held, framework, given))),
        agreed_by=_succeeding(agreed_by, held, framework, given),
    )


def _succeeding(bodies: Iterable[str], held: Framework, framework: Framework, given: Given) -> tuple[str, ...]:
    passes = successors(held, framework, given.frameworks)
    return tuple(passes[body] for body in bodies)
