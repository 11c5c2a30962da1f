"""The installation's signing key: made once, the same for every process, out of the application role's reach."""

import psycopg

from storage.sql import statements

SQL = statements("storage", "signing_key.sql")


def signing_key(conninfo: str, fresh: str) -> str:
    """The key of the installation; `fresh` becomes it where there is none yet."""
    with psycopg.connect(conninfo) as conn:
        conn.execute(SQL["offer"], (fresh,))
        row = conn.execute(SQL["current"]).fetchone()
    if row is None:
        raise LookupError("the installation has no signing key")
    return str(row[0])


def signing_key_there(conninfo: str) -> str | None:
    """The key of the installation as it is; None where there is none."""
    with psycopg.connect(conninfo) as conn:
        row = conn.execute(SQL["current"]).fetchone()
    return None if row is None else str(row[0])
