"""Reading audit programmes by id; the year gives the id."""

from projections.listing import Listing
from projections.programmes.rows import ProgrammeRead

programmes = Listing("projections.programmes", ProgrammeRead, {})
