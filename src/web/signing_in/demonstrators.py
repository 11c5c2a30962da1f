"""The people of demonstrations, of whom a visitor chooses who to be."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

from api.served import Served
from projections.queries.credentials import query as credentials
from projections.queries.credentials.query import CredentialListed

KEPT_S = 5.0
"""Seconds for which they are remembered: anybody may ask, as often as they like."""

People = list[tuple[str, list[CredentialListed]]]


class Demonstrators:
    """Of one installation; safe between threads."""

    def __init__(self, partnerships: Callable[[], list[str]], served: Callable[[str], Served]) -> None:
        self._partnerships, self._served = partnerships, served
        self._read: tuple[float, People] = (-KEPT_S, [])

    def listed(self) -> People:
        """By the partnership's key; nothing of partnerships that are no demonstrations."""
        read_at, found = self._read
        if monotonic() - read_at > KEPT_S:
            found = self._people()
            self._read = (monotonic(), found)
        return found

    def _people(self) -> People:
        found = []
        for key in self._partnerships():
            served = self._served(key)
            if served.register.partnership().demonstration:
                with served.transaction() as conn:
                    found.append((key, _in_force(credentials.every(conn))))
        return found


def _in_force(listed: list[CredentialListed]) -> list[CredentialListed]:
    """One a person, that which holds longest."""
    now = datetime.now(UTC)
    valid = [each for each in listed if each.revoked_reason is None and each.expires_at > now]
    return list({(each.subject, each.role, each.agency): each for each in valid}.values())
