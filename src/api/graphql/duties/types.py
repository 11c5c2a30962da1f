"""A duty: what somebody owes who has received learning, or what every agency owes each year."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from api.graphql.agencies.types import Actor, Agency
from api.graphql.descriptions import documented
from api.graphql.learning.types import LearningPoint, learning_by_id
from api.graphql.node import Node, opaque
from api.loaders.records import all_under
from domain.challenge.state import ENDED
from domain.shared.vocabulary import Compliance, DutyHolder, Kind
from projections.queries.duties.query import DutyRead

if TYPE_CHECKING:
    from api.graphql.challenges.types import Challenge


def duty_id(root: strawberry.Parent[DutyRead]) -> strawberry.ID:
    return opaque("duty", root.entry)


def _agency(root: strawberry.Parent[DutyRead]) -> Agency | None:
    shown: Agency | None = root.batch.reading.agencies.named(root.agency_key)
    return shown


def _by(root: strawberry.Parent[DutyRead]) -> Actor | None:
    return Actor.of(root.confirmed_by, root.batch.reading) if root.confirmed_by else None


def _learning(root: strawberry.Parent[DutyRead]) -> list[LearningPoint]:
    points = root.batch.once("learning", lambda: learning_by_id(root.batch, lambda each: each.learning_ids))
    return [points[id] for id in root.learning_ids if id in points]


def _compliance(root: strawberry.Parent[DutyRead]) -> Compliance | None:
    return Compliance(root.compliance) if root.compliance else None


def _judged(root: strawberry.Parent[DutyRead]) -> Compliance | None:
    return Compliance(root.judged_compliance) if root.judged_compliance else None


def _challenges(root: strawberry.Parent[DutyRead]) -> Any:
    batch = root.batch
    ids = batch.ids(lambda each: [each.entry])
    return batch.once("challenges", lambda: all_under(batch, Kind.CHALLENGE, "about", ids, "ISSUED_DESC"))[root.entry]


def _challenged(root: strawberry.Parent[DutyRead]) -> bool:
    return any(challenge.stage not in ENDED for challenge in _challenges(root))


@documented
@strawberry.type
class Duty(Node):
    """Something to be done and confirmed: on receipt of learning, or standing, by statute."""

    id: strawberry.ID = strawberry.field(resolver=duty_id)
    key: str
    """The framework's key for the duty."""
    role: str
    """The role that has it, as the framework names it; `heldBy` says who confirms it."""
    wording: str
    """What is to be done, in the framework's words."""
    held_by: DutyHolder
    """Who has it, and confirms it."""
    agency: Agency | None = strawberry.field(resolver=_agency)
    """The agency that has it; null for the chair's and the business unit's."""
    arisen_on: date
    """The day on which it arose."""
    due_on: date | None
    """Null of a duty that depends on a condition: it is never overdue, and outstanding until it is confirmed."""
    done_on: date | None
    """
    The day on which it was confirmed, with the assurance, or a standing duty first assessed, however far it is met;
    null while it is outstanding.
    """
    by: Actor | None = strawberry.field(resolver=_by)
    """Who confirmed it."""
    assurance: str | None
    """What whoever confirmed it said was done; null while it is outstanding."""
    overdue: bool
    """Due before the day asked about and not done on or before it."""
    challenged: bool = strawberry.field(resolver=_challenged)
    """A formal challenge about it is open; it is confirmed as before."""
    challenges: list[Annotated["Challenge", strawberry.lazy("api.graphql.challenges.types")]] = strawberry.field(
        resolver=_challenges
    )
    """The formal challenges about it, the latest first."""
    learning: list[LearningPoint] = strawberry.field(resolver=_learning)
    """The learning that it is about, which the agency had no duty about before; none for a standing duty."""
    compliance: Compliance | None = strawberry.field(resolver=_compliance)
    """Of a standing duty: how far it is met, by the agency's own assessment; null where it only confirmed it."""
    judged_compliance: Compliance | None = strawberry.field(resolver=_judged)
    """How far it is met by the verdict of the body that judges returns; null where that stands as assessed."""
    judgement: str | None
    """The judge's words on this standard."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, DutyRead)
