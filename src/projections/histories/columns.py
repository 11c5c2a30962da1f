"""Columns that are made for statements: how references sort, and whose work a thing is in one number."""

import re
from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import or_
from zlib import crc32

# How references sort: as people count, the second before the tenth.
_NUMBER = re.compile(r"[0-9]+")


def reference_key(reference: str) -> str:
    """What a reference sorts as, compared byte by byte: of each number first how many digits it has, then these."""
    return _NUMBER.sub(_counted, reference.lower())


def _counted(number: re.Match[str]) -> str:
    digits = number[0].lstrip("0")
    return f"{len(digits):03}{digits}"


# Whose work a thing is, in one number: what is nobody's whom a member answers for is told without reading more.
BITS = 63
"""As many as a number of the database has beside its sign."""


def sides(agencies: Iterable[str]) -> int:
    """A bit for each agency. Several share one: no bit in common says that no agency is; one in common says nothing."""
    return reduce(or_, map(_bit, agencies), 0)


@lru_cache(maxsize=1_000)
def _bit(agency: str) -> int:
    return 1 << crc32(agency.encode()) % BITS
