"""Tokens whose requests are not looked at for a moment: they were refused many times, and came again at once."""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from threading import Lock
from time import monotonic

AUTHORIZATION = re.compile(rb"\r\nauthorization:[ \t]*bearer[ \t]+([^\r\n]*?)[ \t]*\r\n", re.IGNORECASE)
END_OF_HEAD = b"\r\n\r\n"

SHUT_FOR = 2.0
"""Seconds in which a token's requests are refused by their head alone."""
PATIENCE = 8
"""How often a token that is none is refused properly before it is shut out, each time within `SHUT_FOR` of the last."""
KEPT, LONGEST = 1_000, 4_096


class Reason(Enum):
    """Why a token is shut out."""

    BUSY = "its caller has too many requests, and sends more"
    UNKNOWN = "it is none, and is sent again and again"


@dataclass(slots=True)
class _Entry:
    reason: Reason
    refused: int
    until: float


class Door:
    """Of one application; safe between threads. `clock`: seconds, that never go back."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._entries: OrderedDict[bytes, _Entry] = OrderedDict()
        self._lock = Lock()

    def shut(self, token: str) -> None:
        """Its caller has been told to come later, many times."""
        self._note(token, Reason.BUSY, PATIENCE + 1)

    def note_unknown(self, token: str) -> None:
        """It has been refused as none, once more."""
        self._note(token, Reason.UNKNOWN, 1)

    def refusal(self, sent: bytes) -> Reason | None:
        """Why the request that begins here is not looked at; None where it is, or where its head is not whole."""
        if not self._entries:
            return None
        head, end, _ = sent.partition(END_OF_HEAD)
        found = AUTHORIZATION.search(head + b"\r\n") if end else None
        entry = self._entries.get(found[1]) if found else None
        if entry is None or entry.refused <= PATIENCE or self._clock() > entry.until:
            return None
        return entry.reason

    def _note(self, token: str, reason: Reason, refused: int) -> None:
        if len(token) > LONGEST:
            return
        key, now = token.encode("latin-1", "replace"), self._clock()
        with self._lock:
            known = self._entries.pop(key, None)
            before = known.refused if known and now <= known.until and known.reason is reason else 0
            self._entries[key] = _Entry(reason, before + refused, now + SHUT_FOR)
            while self._entries and (len(self._entries) > KEPT or next(iter(self._entries.values())).until < now):
                self._entries.popitem(last=False)
