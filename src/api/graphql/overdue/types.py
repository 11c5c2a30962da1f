"""What is overdue, per agency."""

from datetime import date
from typing import Any

import strawberry

from api.graphql.actions.types import Action
from api.graphql.agencies.types import Agency
from api.graphql.arguments import After, Before, First, Last
from api.graphql.descriptions import documented
from api.graphql.pages import tied
from api.relay.connection import Connection
from domain.shared.vocabulary import Kind
from projections.queries.overdue_by_agency.query import AgencyOverdueRead


@documented
@strawberry.type
class AgeingBucket:
    """Days overdue: 1 to 30, 31 to 90, 91 to 180, over 180."""

    from_days: int
    """The fewest days overdue that it counts."""
    to_days: int | None
    """The most days overdue that it counts; null for over 180."""
    actions: int
    """How many overdue actions are as late as this."""


def _agency(root: strawberry.Parent[AgencyOverdueRead]) -> Agency:
    shown: Agency = root.batch.reading.agencies[root.agency]
    return shown


def _ageing(root: strawberry.Parent[AgencyOverdueRead]) -> list[AgeingBucket]:
    return [AgeingBucket(**bucket) for bucket in root.ageing]


def _actions(
    root: strawberry.Parent[AgencyOverdueRead],
    info: strawberry.Info,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    page = {"first": first, "after": after, "last": last, "before": before}
    return tied(info, root.batch, Kind.ACTION, "overdue_at", "DUE_ON_ASC", lambda row: row.agency, root, **page)


@documented
@strawberry.type
class AgencyOverdue:
    """Counts are of actions, but for the agency's other late obligations and what says otherwise."""

    agency: Agency = strawberry.field(resolver=_agency)
    """The lead agency."""
    open: int
    """Assigned and not closed on the day asked about."""
    overdue: int
    """Open past the due date, and neither complete nor claimed to be by then."""
    overdue_against_original: int
    """Past the first due date that was set, whatever was granted since."""
    awaiting_review: int
    """Evidence without a verdict yet; the waiting days are the monitoring body's. An item may be overdue as well."""
    challenged: int
    """Open, with an open formal challenge."""
    due_within_30_days: int = strawberry.field(name="dueWithin30Days")
    """Open and due within 30 days of the day asked about; what is accepted as complete is left out."""
    oldest_due_on: date | None
    """The earliest due date of what is overdue."""
    ageing: list[AgeingBucket] = strawberry.field(resolver=_ageing)
    """The overdue actions by how late they are."""
    actions: Connection[Action] = strawberry.field(resolver=_actions)
    """Its overdue actions."""
    recommendations_overdue: int
    """The agency's other late obligations, beside actions."""
    responses_overdue: int
    """Answers to recommendations that are late."""
    challenge_responses_overdue: int
    """Answers to formal challenges that are late."""
    duties_overdue: int
    """Duties that are late."""
    extensions_pending: int
    """Requests of the agency that await an answer, for its actions and for its recommendations."""
    reported_late: int
    """
    Overdue on `effectiveOn` as known at the end of that day, and known at `knownAt` to have been completed by it, or
    claimed by the due date: done in time, reported late. Counted for the lead as known then.
    """

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, AgencyOverdueRead)
