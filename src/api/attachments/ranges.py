"""The part of a file that a request asks for (RFC 9110, section 14), and whether the caller has the file already."""

import re
from collections.abc import Mapping
from typing import NamedTuple

ONE = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE)
LONGEST_NUMBER = 18


class Span(NamedTuple):
    """From `start` up to `end`, which is the first byte that does not belong to it."""

    start: int
    end: int


class NoSuchRange(Exception):
    """The file has no byte of what was asked for."""


def asked_range(headers: Mapping[str, str], size: int, etag: str) -> Span | None:
    """None where all is to be sent: no range was asked for, several were, one that is none, or one of another file.

    Raises `NoSuchRange`.
    """
    match = ONE.fullmatch(headers.get("range", ""))
    if match is None or headers.get("if-range", etag) != etag:
        return None
    first, last = match[1], match[2]
    if (not first and not last) or max(len(first), len(last)) > LONGEST_NUMBER:
        return None
    if not first:
        start, end = max(0, size - int(last)), size
        if not int(last):
            raise NoSuchRange
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return None
    if start >= size:
        raise NoSuchRange
    return Span(start, end)


def has_it(headers: Mapping[str, str], etag: str) -> bool:
    """Whether `If-None-Match` names the file as it is."""
    named = [each.strip().removeprefix("W/") for each in headers.get("if-none-match", "").split(",")]
    return etag in named or named == ["*"]
