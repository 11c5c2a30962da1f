"""Whose work a thing is, in one number: what is nobody's whom a member answers for is told without reading more."""

from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import or_
from zlib import crc32

BITS = 63
"""As many as a number of the database has beside its sign."""


def sides(agencies: Iterable[str]) -> int:
    """A bit for each agency. Several share one: no bit in common says that no agency is; one in common says nothing."""
    return reduce(or_, map(_bit, agencies), 0)


@lru_cache(maxsize=1_000)
def _bit(agency: str) -> int:
    return 1 << crc32(agency.encode()) % BITS
