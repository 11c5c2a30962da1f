"""What systemd is told by a service of Type=notify: that it is ready, that it still answers, that it ends.

https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
"""

import logging
import os
import socket

logger = logging.getLogger("goldenthread.systemd")

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"
SELDOM = 3600


class Supervisor:
    """Whoever started this process and asked to be told; where nobody did, nobody is.

    What asked for it leaves the environment, so that no process that is started from here speaks in our name.

    Attributes:
        every: whole seconds between two signs of life, half of what systemd waits for.
    """

    def __init__(self) -> None:
        self._address = os.environ.pop("NOTIFY_SOCKET", "")
        microseconds = os.environ.pop("WATCHDOG_USEC", "")
        asked_us = os.environ.pop("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        self._watched = asked_us and microseconds.isdecimal()
        self.every = max(1, int(microseconds) // 2_000_000) if self._watched else SELDOM

    def tell(self, what: str) -> None:
        """One message; a supervisor that is away is no reason to stop."""
        if not self._address:
            return
        place = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as speaker:
            speaker.settimeout(1)
            try:
                speaker.sendto(what.encode(), place)
            except OSError as error:
                logger.warning("systemd could not be told %s: %s", what, error)

    async def alive(self) -> None:
        """A sign of life, given by the loop that answers requests: where that stands still, nothing is said."""
        if self._watched:
            self.tell(ALIVE)
