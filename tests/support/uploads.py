"""Files sent to the edge and fetched from it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
from httpx import ASGITransport, AsyncClient, Response

from api.app.serving import create_app
from api.app.settings import Settings
from support.partnership_world import World

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
BOUNDARY = "golden-thread-boundary"


@dataclass
class Desk:
    """Where the people of a world upload and fetch files; `folder` is where their content is kept."""

    world: World
    folder: Path

    @classmethod
    def of(cls, world: World, data: Path, **settings: Any) -> "Desk":
        world.app = create_app(world.installation, Settings(data=data, **settings))
        return cls(world, data / "attachments")

    def exchange(self, method: str, path: str, who: str | None, **given: Any) -> Response:
        async def exchanged() -> Response:
            headers = {
                **({"Authorization": f"Bearer {self.world.tokens[who]}"} if who else {}),
                **given.pop("headers", {}),
            }
            transport = ASGITransport(self.world.app, raise_app_exceptions=False)
            async with AsyncClient(transport=transport, base_url="http://register.test") as client:
                return await client.request(method, path, headers=headers, **given)

        return anyio.run(exchanged)

    def send(self, who: str = "police", content: bytes = PDF, name: str = "Minutes.pdf", kind: str = "") -> Response:
        """What comes of an upload; `kind` is the content type that its sender says, by default none."""
        return self.send_raw(body(part(content, name, kind)), who)

    def send_raw(self, sent: bytes | AsyncIterator[bytes], who: str | None = "police", **headers: str) -> Response:
        given = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **headers}
        return self.exchange("POST", "/attachments", who, content=sent, headers=given)

    def uploaded(self, who: str = "police", content: bytes = PDF, name: str = "Minutes.pdf", kind: str = "") -> str:
        """The id of an upload that must not be refused."""
        answer = self.send(who, content, name, kind)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def get(self, url: str, who: str | None = "police", **headers: str) -> Response:
        return self.exchange("GET", url, who, headers=headers)

    def attached(
        self, who: str = "police", content: bytes = PDF, name: str = "Minutes.pdf", **given: Any
    ) -> dict[str, Any]:
        """The file of evidence on an action that police leads, as its uploader sees it."""
        action = given.pop("action", None) or self.world.assigned("police", **given)
        shown = "evidence { attachments { id name mediaType bytes sha256 url redacted } }"
        asked = {"id": action, "narrative": "Done", "attachments": [self.uploaded("police", content, name)]}
        file: dict[str, Any] = self.world.do(who, "actionSubmitEvidence", shown, **asked)["evidence"][-1][
            "attachments"
        ][0]
        return file

    def kept(self) -> list[Path]:
        """The files that are on the disk, half-written ones too."""
        return sorted(each for each in self.folder.rglob("*") if each.is_file())

    def rows(self) -> int:
        """The uploads that the database knows."""
        with self.world.installation.database.connection(f"gt_{self.world.key}") as conn:
            return len(conn.execute("SELECT FROM upload").fetchall())


def part(content: bytes, name: str | bytes | None, kind: str = "", field: str = "file") -> bytes:
    """One part of a form."""
    called = name.encode() if isinstance(name, str) else name
    named = b"" if called is None else b'; filename="' + called + b'"'
    typed = f"Content-Type: {kind}\r\n".encode() if kind else b""
    return (
        b'Content-Disposition: form-data; name="' + field.encode() + b'"' + named + b"\r\n" + typed + b"\r\n" + content
    )


def body(*parts: bytes) -> bytes:
    between = f"--{BOUNDARY}".encode()
    return b"".join(between + b"\r\n" + each + b"\r\n" for each in parts) + between + b"--\r\n"
