"""The register for one pair of moments: what every answer below it is read with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from api.graphql.agencies.types import Agency
from api.graphql.directory import Directory
from api.graphql.partnership.types import KnownFrameworks, PartnershipFrameworks
from api.graphql.themes.types import Theme
from domain.shared.cached_property import cached_property
from projections.engine.clock import position_at
from projections.engine.query_context import AsOf, QueryContext
from projections.queries.agencies import query as agencies
from projections.queries.change_feed.query import newest_seen
from projections.queries.partnership import query as partnership
from projections.queries.themes import query as themes

if TYPE_CHECKING:
    from api.context import Context


class Reading:
    """One pair of moments within one request. Directories are read once, on first need, in one statement each."""

    def __init__(self, context: Context, moment: AsOf) -> None:
        self.context = context
        self.moment = moment

    @property
    def known_at(self) -> datetime:
        return self.moment.known

    @property
    def effective_on(self) -> date:
        return self.moment.on

    @property
    def query_context(self) -> QueryContext:
        return QueryContext(self.context.conn, self.moment, self.context.visible_to, self.context.head)

    @property
    def ever(self) -> QueryContext:
        """The same knowledge, judged after the last day: what began later than the day asked about is there too."""
        return replace(self.query_context, moment=AsOf(self.moment.known, date.max))

    @cached_property
    def agencies(self) -> Directory[Agency]:
        return Directory("agency", agencies.every(self.query_context), lambda: agencies.every(self.ever), Agency.of)

    @cached_property
    def themes(self) -> Directory[Theme]:
        return Directory("theme", themes.every(self.query_context), lambda: themes.every(self.ever), Theme.of)

    @cached_property
    def partnership_frameworks(self) -> PartnershipFrameworks:
        read, served = partnership.at(self.query_context), self.context.served
        frameworks = KnownFrameworks(
            served.shipped, served.own, partial(partnership.own_frameworks, self.query_context)
        )
        return PartnershipFrameworks(read, frameworks, self.moment.on, lambda: partnership.at(self.ever))

    @property
    def position(self) -> int:
        """How many facts had been recorded by then; an agency learns nothing of those that it is not shown."""
        if self.context.visible_to is not None:
            return newest_seen(self.query_context)
        head = self.context.head
        return head.position if self.known_at >= head.recorded_at else position_at(self.context.conn, self.known_at)
