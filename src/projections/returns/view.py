"""Reading agencies' returns on their standing duties."""

from collections.abc import Sequence

from psycopg.rows import class_row

from projections.asking import Asking, Condition
from projections.listing import Listing
from projections.pages import read_rows
from projections.returns.rows import ReturnRead, RoundRead
from storage.sql import statements

PACKAGE = "projections.returns"
returns = Listing(PACKAGE, ReturnRead, {})
SQL = statements(PACKAGE)
ROUNDS = {
    cut: SQL["rounds"].replace("/*visible*/", SQL["visible.agency" if cut else "visible.all"]) for cut in (False, True)
}


def of_year(asking: Asking, year: int, agencies: Sequence[str] | None = None) -> list[ReturnRead]:
    """Every return called for a year, by agency and period."""
    where = [Condition("year", {"year": year})]
    if agencies is not None:
        where.append(Condition("agencies", {"agencies": list(agencies)}))
    return sorted(read_rows(asking, SQL, ReturnRead, where), key=lambda row: (row.agency_key, row.period))


def rounds(asking: Asking, first_year: int, last_year: int) -> list[RoundRead]:
    """Every period of these years for which anybody was called, in order of time."""
    values = asking.values | {"first_year": first_year, "last_year": last_year}
    with asking.conn.cursor(row_factory=class_row(RoundRead)) as cursor:
        return cursor.execute(ROUNDS[asking.mine is not None], values).fetchall()
