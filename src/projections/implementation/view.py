"""How far each review's plan has been carried out, for the body that monitors it, in one statement."""

from uuid import UUID

from psycopg.rows import class_row

from projections.asking import Asking
from projections.implementation.rows import ImplementationRead
from storage.sql import statements

SQL = statements("projections.implementation")
CUT = ("reviews", "recommendations", "actions")


def _text(cut: bool) -> str:
    text = SQL["implementation"]
    for part in CUT:
        text = text.replace(f"/*{part}*/", SQL[f"seen.{part}" if cut else "seen.all"])
    return text


WHOLE, OF_AN_AGENCY = _text(cut=False), _text(cut=True)


def implementation(
    asking: Asking,
    body: str | None = None,
    review: UUID | None = None,
    limit: int | None = None,
    after: UUID | None = None,
) -> list[ImplementationRead]:
    """The latest commissioned first: the reviews that the body monitors, or the one, as far as the asker sees them.

    All of them, or `limit` of them behind the review `after`; none behind one that is not among them.
    """
    wanted = {"body": body, "review": review, "limit": limit, "after": after}
    with asking.conn.cursor(row_factory=class_row(ImplementationRead)) as cursor:
        text = WHOLE if asking.mine is None else OF_AN_AGENCY
        return cursor.execute(text, asking.values | wanted).fetchall()
