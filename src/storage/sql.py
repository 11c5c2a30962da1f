"""Named SQL statements: every statement lives in a `.sql` file under a line `-- name: …`."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_NAME = re.compile(r"^-- name: (\S+)[^\n]*\n", re.MULTILINE)


@cache
def statements(package: str, file: str = "query.sql") -> Mapping[str, str]:
    """The statements of one file by name, e.g. `statements("projections.queries.actions")["page"]`."""
    parts = _NAME.split(files(package).joinpath(file).read_text(encoding="utf-8"))[1:]
    return MappingProxyType(
        {name: text.strip().rstrip(";") for name, text in zip(parts[::2], parts[1::2], strict=True)}
    )
