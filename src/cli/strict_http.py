"""HTTP/1.1 as everybody reads it: what one server takes for the end of a request and another does not is refused.

A proxy and this server that disagree where a request ends let one caller's bytes be read as the next caller's request.
"""

import re
from collections import Counter
from collections.abc import Callable

import h11

END_OF_HEAD = re.compile(rb"\n\r?\n")
"""Where h11 takes a head to end, be it by carriage returns or not."""
LAX = re.compile(rb"(?<!\r)\n|\r(?!\n)|\n[ \t]")
"""A line that ends in one character alone, or goes on in the next."""
ONCE = (b"authorization", b"content-type", b"host", b"transfer-encoding")
"""Headers of which readers take the first, the last, or all."""


class StrictConnection(h11.Connection):
    """A server's side of one connection.

    Attributes:
        judge: is shown each request by its head, and raises `h11.RemoteProtocolError` where it is not to be answered.
    """

    def __init__(self, judge: Callable[[h11.Request], None]) -> None:
        super().__init__(h11.SERVER)
        self.judge = judge

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """Raises `h11.RemoteProtocolError` for a head that could be read in two ways."""
        if self.their_state is h11.IDLE:
            _require_plain_lines(self.trailing_data[0])
        event = super().next_event()
        if isinstance(event, h11.Request):
            _require_one_reading(event)
            self.judge(event)
        return event


def _require_plain_lines(received: bytes) -> None:
    end = END_OF_HEAD.search(received)
    if end and LAX.search(received, 0, end.end()):
        raise h11.RemoteProtocolError("a line of the head does not end as lines do")


def _require_one_reading(request: h11.Request) -> None:
    names = Counter(name for name, _ in request.headers)
    if b"transfer-encoding" in names and (b"content-length" in names or request.http_version < b"1.1"):
        raise h11.RemoteProtocolError("the length of the body is told in two ways")
    if any(names[name] > 1 for name in ONCE):
        raise h11.RemoteProtocolError("a header is given twice")
