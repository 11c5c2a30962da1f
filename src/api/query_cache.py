"""One bounded memory of query texts, least recently used first out; safe between threads."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Verdict = TypeVar("Verdict")


class QueryCache(Generic[Verdict]):
    """Remembers one verdict per query text, at most `entries` of them and `size` bytes of text."""

    def __init__(self, entries: int, size: int) -> None:
        self._entries = entries
        self._size = size
        self._held = 0
        self._verdicts: OrderedDict[str, Verdict] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._verdicts)

    @property
    def held_bytes(self) -> int:
        """UTF-8 bytes of the query texts remembered now."""
        return self._held

    def get(self, query: str) -> Verdict | None:
        with self._lock:
            verdict = self._verdicts.get(query)
            if verdict is not None:
                self._verdicts.move_to_end(query)
            return verdict

    def put(self, query: str, verdict: Verdict) -> None:
        with self._lock:
            if query not in self._verdicts:
                self._held += weight(query)
            self._verdicts[query] = verdict
            self._verdicts.move_to_end(query)
            while len(self._verdicts) > self._entries or self._held > self._size:
                oldest, _ = self._verdicts.popitem(last=False)
                self._held -= weight(oldest)


def weight(query: str) -> int:
    """Bytes of a query text; a lone surrogate, which no decoder lets in, still weighs something."""
    return len(query.encode("utf-8", "surrogatepass"))
