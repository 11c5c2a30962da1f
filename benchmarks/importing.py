"""Rows of real inspection recommendations a second, checked and recorded, and again when all are there already."""

from pathlib import Path
from time import perf_counter
from typing import Any

from api.app.installation import Installation
from importing.mapping import mapping_named
from importing.run import import_file

REAL = Path(__file__).parents[1].parent / "shared" / "data" / "ofsted" / "recommendations.csv"


def measure(conninfo: str) -> dict[str, Any]:
    """Rows a second of the first import and of the second; says so where the real data is not at hand."""
    if not REAL.exists():
        return {"left out": "the real data is not beside the project"}
    with Installation.open(conninfo) as installation:
        installation.create_partnership("importing", "Importing", "knowsley-2020")
        register = installation.register("importing")
        found: dict[str, Any] = {}
        for name in ("first", "second"):
            began = perf_counter()
            result = import_file(register, mapping_named("ofsted"), REAL, lambda *_: None)
            took = perf_counter() - began
            found[name] = {"rows": result.rows, "recorded": result.recorded, "rows/s": result.rows / took}
        return found
