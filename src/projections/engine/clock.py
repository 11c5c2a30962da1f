"""Reading the register's clock and the end of its log."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from psycopg import Connection
from psycopg.rows import class_row

from domain.shared.facts import Epoch
from storage.sql import statements

SQL = statements("projections.engine", "clock.sql")


@dataclass(frozen=True, slots=True)
class Head:
    """The instant by the register's clock, when the newest fact was recorded, and how many there are.

    `last_day`: the latest on which a row of any history begins or ends; on it and afterwards what is open holds.
    """

    now: datetime
    recorded_at: datetime
    position: int
    last_day: date
    epoch_name: str
    epoch_is_first: bool

    @property
    def epoch(self) -> Epoch:
        """The one in which positions hold."""
        return Epoch(self.epoch_name, self.epoch_is_first)


def head(conn: Connection[Any]) -> Head:
    with conn.cursor(row_factory=class_row(Head)) as cursor:
        return cast(Head, cursor.execute(SQL["head"]).fetchone())


def position_at(conn: Connection[Any], known: datetime) -> int:
    """How many facts had been recorded by an instant."""
    return int(cast(tuple[int], conn.execute(SQL["position_at"], {"known": known}).fetchone())[0])
