"""Requests that are not looked at: of tokens that were refused many times and come again at once, and, while very many
ask who are nobody, of all who are nobody. Each is judged by its head alone, on the event loop."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from threading import Lock
from time import monotonic

SHUT_FOR = 2.0
"""Seconds in which a token's requests are refused by their head alone."""
PATIENCE = 8
"""How often a token that is none is refused properly before it is shut out, each time within `SHUT_FOR` of the last."""
NOBODIES, AT_ONCE = 50.0, 50.0
"""Requests without a token that are answered properly, a second and in one go: of those who open a page."""
STRANGERS, STRANGERS_AT_ONCE = 5.0, 20.0
"""Likewise of tokens that are none, which cost more to look at, and are told the same when they are not."""
KEPT, LONGEST = 1_000, 4_096
OPEN = (b"/health/", b"/metrics")
"""What a supervisor and a watcher ask, who have no token of ours."""
HERE = b"/graphql"
"""Where cookies say nothing of who asks."""


class Reason(Enum):
    """Why a request is not looked at."""

    BUSY = "its caller has too many requests, and sends more"
    UNKNOWN = "its token is none, and is sent again and again, or with very many others that are none"
    CROWD = "it has no token, and very many have none"


@dataclass(slots=True)
class _Entry:
    reason: Reason
    refused: int
    until: float


@dataclass(slots=True)
class _Meter:
    """So many a second, and so many at once."""

    rate: float
    at_once: float
    counted: float = 0.0
    since: float = 0.0

    def full(self, now: float) -> bool:
        self.counted, self.since = max(0.0, self.counted - (now - self.since) * self.rate), now
        return self.counted >= self.at_once

    def count(self, now: float) -> bool:
        """Whether it was full, and this one is not counted."""
        full = self.full(now)
        self.counted += not full
        return full


def _none(_: object) -> bool:
    return False


class Door:
    """Of one application; safe between threads.

    Attributes:
        visitor: whether a `Cookie` header holds what the pages gave to somebody; set by whoever adds pages.
    """

    def __init__(self, signed: Callable[[str], bool] = _none, clock: Callable[[], float] = monotonic) -> None:
        """`signed`: whether a token was signed here, asked while there is a crowd; `clock`: seconds."""
        self.visitor: Callable[[bytes], bool] = _none
        self._signed = signed
        self._clock = clock
        self._entries: OrderedDict[bytes, _Entry] = OrderedDict()
        self._nobodies, self._strangers = _Meter(NOBODIES, AT_ONCE), _Meter(STRANGERS, STRANGERS_AT_ONCE)
        self._lock = Lock()

    def shut(self, token: str) -> None:
        """Its caller has been told to come later, many times."""
        self._note(token, Reason.BUSY, PATIENCE + 1)

    def note_unknown(self, token: str) -> None:
        """It has been refused as none, once more."""
        self._note(token, Reason.UNKNOWN, 1)
        with self._lock:
            self._strangers.count(self._clock())

    def note_nobody(self) -> bool:
        """One more without a token; whether there were too many before, so that this one is not to be looked at."""
        with self._lock:
            return self._nobodies.count(self._clock())

    def refusal(self, target: bytes, authorization: bytes | None, cookies: bytes | None = None) -> Reason | None:
        """Why a request with this target and these headers is not looked at; None where it is."""
        if target.startswith(OPEN):
            return None
        if cookies and not target.startswith(HERE) and self.visitor(cookies):
            return None
        token = _bearer(authorization)
        if token is None:
            return Reason.CROWD if self.note_nobody() else None
        entry = self._entries.get(token)
        if entry and entry.refused > PATIENCE and self._clock() <= entry.until:
            return entry.reason
        with self._lock:
            crowded = self._strangers.full(self._clock())
        return Reason.UNKNOWN if crowded and not self._signed(token.decode("latin-1")) else None

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


def _bearer(authorization: bytes | None) -> bytes | None:
    """As `api.http.endpoint.bearer_token` reads it."""
    scheme, _, token = (authorization or b"").strip().partition(b" ")
    return token.strip() or None if scheme.lower() == b"bearer" else None
