"""The virus scanner: clamd, asked by its INSTREAM command over a socket."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from struct import pack

CONNECTING, ANSWERING = 5.0, 60.0
"""Seconds that clamd is waited for."""
PIECE = 1 << 18
LONGEST_ANSWER = 4_096


class ScannerAway(Exception):
    """clamd cannot be reached, or did not say whether the file is clean."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """`address` is the path of a socket, or HOST:PORT."""

    address: str

    async def scan(self, content: AsyncIterator[bytes]) -> str | None:
        """What was found in some content; None where it is clean. Raises `ScannerAway`."""
        try:
            reader, writer = await asyncio.wait_for(self._connected(), CONNECTING)
            try:
                answer = await self._asked(reader, writer, content)
            finally:
                writer.close()
        except (TimeoutError, OSError, asyncio.LimitOverrunError, asyncio.IncompleteReadError) as error:
            raise ScannerAway(f"{type(error).__name__}: {error}") from error
        return _found(answer)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if "/" in self.address:
            return await asyncio.open_unix_connection(self.address, limit=LONGEST_ANSWER)
        host, _, port = self.address.rpartition(":")
        return await asyncio.open_connection(host.strip("[]"), int(port), limit=LONGEST_ANSWER)

    async def _asked(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, content: AsyncIterator[bytes]
    ) -> str:
        writer.write(b"zINSTREAM\0")
        async for whole in content:
            for start in range(0, len(whole), PIECE):
                piece = whole[start : start + PIECE]
                writer.write(pack("!L", len(piece)) + piece)
                await asyncio.wait_for(writer.drain(), ANSWERING)
        writer.write(pack("!L", 0))
        await asyncio.wait_for(writer.drain(), ANSWERING)
        return (await asyncio.wait_for(reader.readuntil(b"\0"), ANSWERING)).decode("utf-8", "replace").rstrip("\0")


def _found(answer: str) -> str | None:
    """Raises `ScannerAway` for an answer that says neither."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return None
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise ScannerAway(f"clamd said: {answer[:200]}")
