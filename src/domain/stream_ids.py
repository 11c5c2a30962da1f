"""The streams of which each partnership has exactly one, or one a year; their ids are the same in every partnership."""

from uuid import UUID, uuid5

from domain.words import Kind

SINGLE = {kind: uuid5(UUID(int=0), kind.value) for kind in (Kind.AGENCIES, Kind.THEMES, Kind.PARTNERSHIP)}


def programme_of(year: int) -> UUID:
    """The stream of a year's audit programme."""
    return uuid5(UUID(int=0), f"{Kind.PROGRAMME.value} {year}")
