"""The learning of all reviews at a pair of moments: which of it is on a page, the newest first."""

from functools import lru_cache
from uuid import UUID

from projections.engine.query_context import Conditions, QueryContext, Slice, Window
from storage.sql import compose, statements

SQL = statements("projections.queries.learning")


def learning(query_context: QueryContext, where: Conditions, window: Window) -> Slice[UUID]:
    """Their ids, what was identified last first. An agency finds that of published reviews alone."""
    values = {name: value for condition in where for name, value in condition.values.items()}
    text = _text(
        tuple(condition.name for condition in where),
        query_context.visible_to is not None,
        window.forward,
        window.after is not None,
        window.before is not None,
        window.counted,
    )
    given = query_context.values | values | {"limit": window.limit} | window.bounds("day", "entry")
    found = query_context.conn.execute(text, given).fetchall()
    return Slice([row[1] for row in found if row[1] is not None], found[0][0])


@lru_cache(maxsize=256)
def _text(where: tuple[str, ...], agency: bool, newest: bool, after: bool, before: bool, counted: bool) -> str:
    order = "newest" if newest else "oldest"
    parts = {
        "visible": SQL["visible.agency" if agency else "visible.all"],
        "conditions": "".join(f"\n  AND {SQL[f'where.{name}']}" for name in where),
        "bounds": "\n".join(SQL[name] for name, given in (("after", after), ("before", before)) if given),
        "total": SQL["counted" if counted else "uncounted"],
        "order": SQL[order],
        "again": SQL[f"again.{order}"],
    }
    return compose(SQL, "page", parts)
