"""Who may judge whose work (language.md, "Nobody marks their own homework")."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from domain.words import AgencyKind

if TYPE_CHECKING:
    from domain.agency.state import Agencies


def answers_for(agency: str | None, agencies: "Agencies") -> frozenset[str]:
    """The agencies whose work is somebody's own: the one they belong to, and what has become the same as it."""
    if agency is None:
        return frozenset()
    concerned = {*agencies.merged, *agencies.merged.values()}
    return frozenset({agency, *(each for each in concerned if agencies.are_kin(agency, each))})


def of_the_board(agencies: "Agencies") -> frozenset[str]:
    """The agencies that are a board, with what became or had been one: its groups do not judge its work."""
    boards = [each.key for each in agencies.all if each.kind is AgencyKind.BOARD]
    return frozenset(key for board in boards for key in agencies.kin(board))


def is_of_no_known_side(agency: str | None, independent: bool) -> bool:
    """A member of a body who names no agency, nor is said to be independent of all, judges nothing."""
    return agency is None and not independent


def is_their_own_work(agency: str | None, parties: Iterable[str], agencies: "Agencies") -> bool:
    return not answers_for(agency, agencies).isdisjoint(parties)
