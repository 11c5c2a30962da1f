"""The circumstances of one request: who asks, of which partnership, in one read transaction, at which moments."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from types import TracebackType
from typing import Any, Self

from api.graphql.agencies.types import Agency
from api.graphql.directory import Directory
from api.graphql.partnership.types import KnownFrameworks, PartnershipFrameworks
from api.graphql.themes.types import Theme
from api.http.row_budget import Ration
from api.served import Served
from domain.shared.actor import Caller
from domain.shared.cached_property import cached_property
from domain.shared.refusals import Invalid
from projections.engine.query_context import AsOf, Head, QueryContext, head, position_at
from projections.queries.agencies import query as agencies
from projections.queries.change_feed.query import newest_seen
from projections.queries.partnership import query as partnership
from projections.queries.themes import query as themes
from storage.work import CURRENT


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
        context = self.context
        kept = context.served.kept
        return QueryContext(context.conn, self.moment, context.visible_to, context.head, context.read, kept)

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


class Context(AbstractContextManager["Context"]):
    """One request. Its reading transaction is given back before a command runs, so that nobody holds two."""

    def __init__(self, caller: Caller, served: Served) -> None:
        self.caller = caller
        self.served = served
        self._transaction = ExitStack()
        self._conn: Any = None
        self._head: Head | None = None
        self._readings: dict[AsOf, Reading] = {}
        self._awaited: datetime | None = None
        self._cited: datetime | None = None
        self._ration = Ration()
        self.retry_after: int | None = None
        """Seconds, where something was refused that may succeed by then."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def ration(self, rows: int | None, texts: int) -> None:
        """From here on so many rows, and so many characters of text, may be read."""
        self._ration.allow(rows, texts)

    def read(self, rows: Sequence[Any]) -> None:
        """These were read. Raises as `Ration.take`, or `Stopped` where nobody waits for them any more."""
        if work := CURRENT.get():
            work.check()
        self._ration.take(rows)

    @cached_property
    def visible_to(self) -> tuple[str, ...] | None:
        """The caller's agency with its predecessors; None for who reads everything."""
        if self.caller.role != "AGENCY":
            return None
        agency = self.caller.agency
        return tuple(sorted(self.served.register.agencies().with_predecessors(agency))) if agency else ()

    @cached_property
    def gone_on_in(self) -> tuple[str, ...]:
        """What the caller's agency has become by mergers; nothing for one that has not ended, or for another role."""
        agency = self.caller.agency
        if self.visible_to is None or agency is None:
            return ()
        return tuple(sorted(self.served.register.agencies().kin(agency) - set(self.visible_to)))

    @property
    def conn(self) -> Any:
        """The request's reading transaction."""
        if self._conn is None:
            _ = self.visible_to, self.gone_on_in, self.served.zone  # each may need a connection of their own
            self._conn = self._transaction.enter_context(self.served.transaction())
        return self._conn

    @property
    def head(self) -> Head:
        if self._head is None:
            self._head = head(self.conn)
        return self._head

    def release(self) -> None:
        """Give the reading transaction back; what is read afterwards is read anew."""
        self._conn, self._head = None, None
        self._readings.clear()
        self._transaction.close()

    def now(self) -> Reading:
        """The register as it is known now, judged today."""
        return self.at(None, None)

    def at(self, known_at: datetime | None, effective_on: date | None, *, cited: bool = False) -> Reading:
        """The register as it was known at `known_at`, judged on `effective_on`; raises Invalid for a moment to come.

        `cited`: the answer says as of when it is. That is when the newest fact was recorded; to an agency it is the
        moment itself, or now, for it learns nothing of when others record.
        """
        if known_at is None and cited and self.visible_to is not None:
            known_at = self._cited = self._cited or self._settled()
        if known_at is not None and known_at > max(self.head.now, self.head.recorded_at):
            raise Invalid(f"{known_at.isoformat()} has not come yet.", "knownAt")
        if known_at is not None and known_at > self.head.recorded_at:
            self._await_saves(known_at)
        known = min(known_at or self.head.recorded_at, self.head.recorded_at)
        if known_at is not None and self.visible_to is not None:
            known = known_at
        return self._reading(AsOf(known, effective_on or self._day(known_at or self.head.now)))

    def _await_saves(self, known_at: datetime) -> None:
        """A save under way may have an instant up to `known_at` already: it is waited for, and the register read anew.

        Asked again at any later time, the moment is then answered alike.
        """
        if self._awaited is None or known_at > self._awaited:
            self._settled()

    def _settled(self) -> datetime:
        """An instant up to which everything has been saved, and is read from here on."""
        self.release()
        self._awaited = self.served.register.ledger.await_saves()
        return self._awaited

    def _reading(self, moment: AsOf) -> Reading:
        if moment not in self._readings:
            self._readings[moment] = Reading(self, moment)
        return self._readings[moment]

    def _day(self, instant: datetime) -> date:
        try:
            return instant.astimezone(self.served.zone).date()
        except OverflowError:
            raise Invalid("knownAt lies outside the calendar of the partnership's time zone.", "knownAt") from None
