"""What every benchmark stands on: an embedded server of its own and fresh schemas."""

import psycopg
from psycopg import sql

from storage.migrate import migrate, prepare_cluster
from storage.sql import statements

SQL = statements("benchmarks", "dataset.sql")


def fresh_schema(conninfo: str, name: str) -> str:
    """An empty partnership's schema."""
    schema = f"gt_{name}"
    with psycopg.connect(conninfo, autocommit=True) as conn:
        conn.execute(sql.SQL(SQL["drop"]).format(schema=sql.Identifier(schema)))
    prepare_cluster(conninfo)
    migrate(conninfo, schema)
    return schema
