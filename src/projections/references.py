"""How references sort: as people count, the second before the tenth."""

import re

_NUMBER = re.compile(r"[0-9]+")


def reference_key(reference: str) -> str:
    """What a reference sorts as, compared byte by byte: of each number first how many digits it has, then these."""
    return _NUMBER.sub(_counted, reference.lower())


def _counted(number: re.Match[str]) -> str:
    digits = number[0].lstrip("0")
    return f"{len(digits):03}{digits}"
