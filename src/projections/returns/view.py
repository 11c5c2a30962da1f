"""Reading agencies' returns on their standing duties."""

from collections.abc import Sequence

from projections.asking import Asking, Condition
from projections.listing import Listing
from projections.pages import read_rows
from projections.returns.rows import ReturnRead
from storage.sql import statements

PACKAGE = "projections.returns"
returns = Listing(PACKAGE, ReturnRead, {})
SQL = statements(PACKAGE)


def of_year(asking: Asking, year: int, agencies: Sequence[str] | None = None) -> list[ReturnRead]:
    """Every return called for a year, by agency and period."""
    where = [Condition("year", {"year": year})]
    if agencies is not None:
        where.append(Condition("agencies", {"agencies": list(agencies)}))
    return sorted(read_rows(asking, SQL, ReturnRead, where), key=lambda row: (row.agency_key, row.period))
