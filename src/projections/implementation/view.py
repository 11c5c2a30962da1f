"""How far each review's plan has been carried out, for the body that monitors it, in one statement."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from psycopg.rows import class_row

from projections.asking import Asking
from projections.implementation.rows import COLUMNS, ImplementationRead
from storage.sql import statements

SQL = statements("projections.implementation")
CUT = ("reviews", "recommendations", "actions")
KINDS = ("recommendation", "action")


@lru_cache(maxsize=256)
def _text(cut: bool, few: bool, columns: tuple[str, ...]) -> str:
    """`few`: for some reviews, below which things are looked for; else for all, and everything is read."""
    size = "few" if few else "every"
    theirs = SQL["seen.recommendations.few" if few else "seen.recommendations"]
    fills = {
        "their recommendations": theirs if cut else SQL["seen.all"],
        "challenged": SQL[f"challenged.{size}"],
        "columns": ", ".join(f"plan.{column}" for column in columns),
    }
    fills |= {part: SQL[f"seen.{part}" if cut else "seen.all"] for part in CUT}
    fills |= {f"{kind}s of them": SQL[f"of.{size}"].replace("{history}", f"{kind}_history") for kind in KINDS}
    text = SQL["implementation"]
    for name, fill in fills.items():
        text = text.replace(f"/*{name}*/", fill)
    return text


def implementation(
    asking: Asking,
    body: str | None = None,
    review: UUID | None = None,
    limit: int | None = None,
    after: UUID | None = None,
    columns: Iterable[str] = COLUMNS,
) -> list[ImplementationRead]:
    """The latest commissioned first: the reviews that the body monitors, or the one, as far as the asker sees them.

    All of them, or `limit` of them behind the review `after`; none behind one that is not among them. Only the
    `columns` are counted.
    """
    wanted = {"body": body, "review": review, "limit": limit, "after": after}
    read = frozenset(columns)
    shown = tuple(name for name in COLUMNS if name in read) or COLUMNS[:1]
    with asking.conn.cursor(row_factory=class_row(ImplementationRead)) as cursor:
        text = _text(asking.mine is not None, limit is not None or review is not None, shown)
        return cursor.execute(text, asking.values | wanted).fetchall()
