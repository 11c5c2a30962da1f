"""How far each review's plan has been carried out, for the body that monitors it, in one statement."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from psycopg.rows import class_row

from projections.asking import Asking
from projections.implementation.rows import ImplementationRead
from storage.sql import statements

SQL = statements("projections.implementation")
CUT = ("reviews", "recommendations", "actions")
KINDS = ("recommendation", "action")


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a plan is counted beside its actions: the recommendations by themselves, and the actions by agency."""

    recommendations: bool = True
    agencies: bool = True


WHOLE = Parts()


@cache
def _text(cut: bool, few: bool, parts: Parts) -> str:
    """`few`: for some reviews, below which things are looked for; else for all, and everything is read."""
    size = "few" if few else "every"
    theirs = SQL["seen.recommendations.few" if few else "seen.recommendations"]
    fills = {
        "their recommendations": theirs if cut else SQL["seen.all"],
        "challenged": SQL[f"challenged.{size}"],
        "recommendation columns": SQL["recommendations.columns"] if parts.recommendations else "",
        "agency column": SQL["agencies.column"] if parts.agencies else "'[]'::json AS agencies",
        "joined": "\n".join(SQL[f"{part}.joined"] for part in ("recommendations", "agencies") if getattr(parts, part)),
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
    parts: Parts = WHOLE,
) -> list[ImplementationRead]:
    """The latest commissioned first: the reviews that the body monitors, or the one, as far as the asker sees them.

    All of them, or `limit` of them behind the review `after`; none behind one that is not among them.
    """
    wanted = {"body": body, "review": review, "limit": limit, "after": after}
    with asking.conn.cursor(row_factory=class_row(ImplementationRead)) as cursor:
        text = _text(asking.mine is not None, limit is not None or review is not None, parts)
        return cursor.execute(text, asking.values | wanted).fetchall()
