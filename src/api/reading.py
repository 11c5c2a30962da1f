"""The register for one pair of moments: what every answer below it is read with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from api.known_frameworks import KnownFrameworks
from api.types.agency import Agency
from api.types.directory import Directory
from api.types.partnership import Framing
from api.types.theme import Theme
from domain.cached import cached_property
from projections.agencies import view as agencies
from projections.asking import Asking, Moment
from projections.change_feed.view import newest_seen
from projections.clock.view import position_at
from projections.partnership import view as partnership
from projections.themes import view as themes

if TYPE_CHECKING:
    from api.context import Context


class Reading:
    """One pair of moments within one request. Directories are read once, on first need, in one statement each."""

    def __init__(self, context: Context, moment: Moment) -> None:
        self.context = context
        self.moment = moment

    @property
    def known_at(self) -> datetime:
        return self.moment.known

    @property
    def effective_on(self) -> date:
        return self.moment.on

    @property
    def asking(self) -> Asking:
        return Asking(self.context.conn, self.moment, self.context.mine, self.context.head)

    @property
    def ever(self) -> Asking:
        """The same knowledge, judged after the last day: what began later than the day asked about is there too."""
        return replace(self.asking, moment=Moment(self.moment.known, date.max))

    @cached_property
    def agencies(self) -> Directory[Agency]:
        return Directory("agency", agencies.every(self.asking), lambda: agencies.every(self.ever), Agency.of)

    @cached_property
    def themes(self) -> Directory[Theme]:
        return Directory("theme", themes.every(self.asking), lambda: themes.every(self.ever), Theme.of)

    @cached_property
    def framing(self) -> Framing:
        read, served = partnership.at(self.asking), self.context.served
        frameworks = KnownFrameworks(served.shipped, served.own, partial(partnership.own_frameworks, self.asking))
        return Framing(read, frameworks, self.moment.on, lambda: partnership.at(self.ever))

    @property
    def position(self) -> int:
        """How many facts had been recorded by then; an agency learns nothing of those that it is not shown."""
        if self.context.mine is not None:
            return newest_seen(self.asking)
        head = self.context.head
        return head.position if self.known_at >= head.recorded_at else position_at(self.context.conn, self.known_at)
