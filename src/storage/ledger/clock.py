"""Whether the clock by which facts are stamped can be right: no instant in the log is ever corrected."""

import logging
from threading import Lock
from time import monotonic

from psycopg import errors

from domain.shared.refusals import ReadOnly

logger = logging.getLogger("goldenthread.clock")

AHEAD, APART = "GT005", "GT006"
"""What `record` raises; the detail is how far, in seconds."""
WORTH_A_WORD = 5.0
"""Seconds by which a clock may be off without a word."""
SAID_EVERY = 60.0
LEAST_WAIT, LONGEST_WAIT = 60, 3600


class ClockWatch:
    """What the clocks were last seen to say, of one partnership; safe between threads."""

    def __init__(self, schema: str) -> None:
        self._schema = schema
        self._lock = Lock()
        self._seen_at = self._ahead = self._apart = 0.0
        self._said_at = float("-inf")

    def note(self, ahead: float, apart: float) -> None:
        """Says it in the log now and then where it is worth a word.

        `ahead`: how far the newest fact is ahead of the database's clock, in seconds; `apart`: how far that clock is
        ahead of this machine's.
        """
        with self._lock:
            self._seen_at, self._ahead, self._apart = monotonic(), ahead, apart
        warning = self.warning()
        if warning and monotonic() - self._said_at > SAID_EVERY:
            self._said_at = monotonic()
            logger.warning("%s: %s", self._schema, warning)

    def warning(self) -> str | None:
        """What is wrong by what was last seen; None where nothing is worth a word."""
        with self._lock:
            ahead, apart = self._ahead - (monotonic() - self._seen_at), self._apart
        if ahead > WORTH_A_WORD:
            return f"the newest fact is stamped {in_words(ahead)} ahead of the database's clock"
        if abs(apart) > WORTH_A_WORD:
            return (
                f"the database's clock is {in_words(abs(apart))} {'ahead of' if apart > 0 else 'behind'} this machine's"
            )
        return None


def wrong_clock(error: errors.DatabaseError) -> ReadOnly:
    """The refusal of a save that the database refused for a clock."""
    off = float(error.diag.message_detail or 0)
    what = (
        f"the newest fact is stamped {in_words(off)} ahead of the database's clock"
        if error.sqlstate == AHEAD
        else f"the database's clock and this server's are {in_words(abs(off))} apart"
    )
    refusal = ReadOnly(
        f"Nothing was recorded: {what}, so a clock is or was wrong. Queries go on; tell whoever runs the register, and "
        "send this again afterwards, unchanged and with the same idempotencyKey."
    )
    refusal.retry_after = round(min(max(abs(off), LEAST_WAIT), LONGEST_WAIT))
    return refusal


def in_words(seconds: float) -> str:
    """The largest unit of which there are at least two."""
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} seconds"
