"""Reading credentials as they stand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from projections.engine.query_context import QueryContext
from storage.sql import statements

SQL = statements("projections.queries.credentials")


@dataclass(frozen=True, slots=True)
class CredentialRead:
    """A credential that was issued; `revoked_reason` once it is no longer valid."""

    subject: str
    role: str
    agency: str | None
    bodies: list[str]
    independent: bool
    expires_at: datetime
    revoked_reason: str | None
    framework: str | None


def find(conn: Connection[Any], credential: UUID) -> CredentialRead | None:
    """The credential as it stands now; None for one that was never issued here."""
    with conn.cursor(row_factory=class_row(CredentialRead)) as cursor:
        return cursor.execute(SQL["find"], (credential,)).fetchone()


@dataclass(frozen=True, slots=True)
class CredentialListed:
    """A credential among all of them, under the id by which it is revoked."""

    credential: UUID
    subject: str
    role: str
    agency: str | None
    bodies: list[str]
    independent: bool
    expires_at: datetime
    revoked_reason: str | None


def every(conn: Connection[Any]) -> list[CredentialListed]:
    """Every credential that was ever issued, in the order in which they expire."""
    with conn.cursor(row_factory=class_row(CredentialListed)) as cursor:
        return cursor.execute(SQL["every"]).fetchall()


def every_at(query_context: QueryContext) -> list[CredentialListed]:
    """Those that had been issued then, by who holds them."""
    with query_context.conn.cursor(row_factory=class_row(CredentialListed)) as cursor:
        return cursor.execute(SQL["every_at"], query_context.values).fetchall()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who acted for bodies on the day: of an agency, or independent of all."""

    agency: str | None
    bodies: list[str]
    independent: bool


def members(query_context: QueryContext) -> list[Member]:
    """By the credentials that were valid then."""
    with query_context.conn.cursor(row_factory=class_row(Member)) as cursor:
        return cursor.execute(SQL["members"], query_context.values).fetchall()
