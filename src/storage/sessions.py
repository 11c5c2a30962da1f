"""Who is signed in on the pages, and the links that sign a person in: kept by the digests of their secrets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from storage.database import Database
from storage.migrate import INSTALLATION
from storage.sql import statements

SQL = statements("storage", "sessions.sql")
BROWSER_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which a person is signed in.

    Attributes:
        credential: as whom, by the recorded credential, which may be revoked.
        person: the same for every session of one person in one role.
        browser: what it calls itself.
    """

    id: UUID
    partnership: str
    credential: UUID
    person: str
    browser: str
    began_at: datetime
    used_at: datetime
    ends_at: datetime


class Link(NamedTuple):
    """Whom a link signs in, and where."""

    partnership: str
    credential: UUID


class Sessions:
    """Of one installation; safe between threads. A session ends after `lasts`, or after `idle` without a request."""

    def __init__(self, database: Database, idle: timedelta, lasts: timedelta) -> None:
        self._database = database
        self.idle = idle
        self.lasts = lasts

    def begin(self, partnership: str, credential: UUID, person: str, browser: str) -> str:
        """The secret of a new session."""
        secret = token_urlsafe(32)
        values = {
            "digest": _digest(secret),
            "partnership": partnership,
            "credential": credential,
            "person": person,
            "browser": browser[:BROWSER_SHOWN],
            "lasts": self.lasts,
        }
        with self._database.transaction(INSTALLATION) as conn:
            for statement in SQL["sweep"].split(";"):
                conn.execute(statement)
            conn.execute(SQL["begin"], values)
        return secret

    def find(self, secret: str) -> Session | None:
        """The session of a secret, which is in use from here; None where there is none, or it has ended."""
        found = self._read("find", {"digest": _digest(secret), "idle": self.idle})
        if found:
            self._do("use", {"digest": _digest(secret)})
        return found[0] if found else None

    def of_person(self, partnership: str, person: str) -> list[Session]:
        """All sessions of one person, the last used first."""
        return self._read("of_person", {"partnership": partnership, "person": person, "idle": self.idle})

    def end(self, secret: str) -> None:
        self._do("end", {"digest": _digest(secret)})

    def end_one(self, session: Session, id: UUID) -> None:
        """Of the same person only."""
        self._do("end_one", {"id": id, "partnership": session.partnership, "person": session.person})

    def end_all(self, session: Session) -> None:
        """Every session of the person, this one too."""
        self._do("end_all", {"partnership": session.partnership, "person": session.person})

    def offer(self, partnership: str, credential: UUID, lasts: timedelta) -> str:
        """The secret of a link that signs a person in once."""
        secret = token_urlsafe(32)
        values = {
            "digest": _digest(secret),
            "partnership": partnership,
            "credential": credential,
            "lasts": lasts,
        }
        self._do("offer", values)
        return secret

    def link(self, secret: str) -> Link | None:
        """None for a link that was never offered, has expired or was used."""
        return self._link("link", secret)

    def use_link(self, secret: str) -> Link | None:
        """As `link`; of several at once, one gets it."""
        return self._link("use_link", secret)

    def _link(self, statement: str, secret: str) -> Link | None:
        with self._database.connection(INSTALLATION) as conn:
            row = conn.execute(SQL[statement], {"digest": _digest(secret)}).fetchone()
        return Link(*row) if row else None

    def _read(self, statement: str, values: Mapping[str, Any]) -> list[Session]:
        with self._database.connection(INSTALLATION) as conn, conn.cursor(row_factory=class_row(Session)) as cursor:
            return cursor.execute(SQL[statement], values).fetchall()

    def _do(self, statement: str, values: Mapping[str, Any]) -> None:
        with self._database.connection(INSTALLATION) as conn:
            conn.execute(SQL[statement], values)


def _digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
