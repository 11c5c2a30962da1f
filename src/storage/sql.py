"""Named SQL statements: every statement lives in a `.sql` file under a line `-- name: …`."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_NAME = re.compile(r"^-- name: (\S+)[^\n]*\n", re.MULTILINE)
_SLOT = re.compile(r"/\*(.+?)\*/")

NOTHING: Mapping[str, str] = MappingProxyType({})


@cache
def statements(package: str, file: str = "query.sql") -> Mapping[str, str]:
    """The statements of one file by name, e.g. `statements("projections.queries.actions")["page"]`."""
    parts = _NAME.split(files(package).joinpath(file).read_text(encoding="utf-8"))[1:]
    return MappingProxyType(
        {name: text.strip().rstrip(";") for name, text in zip(parts[::2], parts[1::2], strict=True)}
    )


def compose(parts: Mapping[str, str], name: str, filled: Mapping[str, str] = NOTHING) -> str:
    """The statement of that name with each of its slots, such as `/*order*/`, filled, and the slots of what fills them.

    A slot takes its text from `filled`, else from the part that has its name. Raises KeyError where there is none.
    """

    def fill(slot: re.Match[str]) -> str:
        text = filled[slot[1]] if slot[1] in filled else parts[slot[1]]
        return _SLOT.sub(fill, text)

    return _SLOT.sub(fill, parts[name])
