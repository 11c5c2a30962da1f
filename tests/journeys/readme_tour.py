"""The README's tour: asked of a freshly made Fellmoor, and written back with `python tests/journeys/readme_tour.py`."""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

import anyio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from typer.testing import CliRunner

from api.app.installation import Installation
from api.app.serving import create_app
from api.app.settings import Settings
from cli.demo.founding import found
from cli.demo.holders import tokens
from cli.main import app
from domain.shared.vocabulary import Role
from storage.embedded import temporary_server

README = Path(__file__).resolve().parents[2] / "README.md"
OFSTED = README.parents[1] / "shared" / "data" / "ofsted" / "recommendations.csv"
STOP = re.compile(
    r"<!-- tour (?P<who>[A-Z]+)(?P<captures>(?: [A-Z]+=/\S+)*) -->\n```graphql\n(?P<query>.*?)```\n"
    r"<!-- answer -->\n```json\n(?P<answer>.*?)```\n",
    re.DOTALL,
)
IMPORT = re.compile(r"(<!-- import -->\n```console\n.*?```\n<!-- answer -->\n```\n)(.*?)(```\n)", re.DOTALL)
UPLOAD = re.compile(r'<!-- upload (?P<who>[A-Z]+) -->\n```console\n\$ echo "(?P<text>.*?)" > (?P<name>\S+)\n')
WIDTH = 136


@dataclass(slots=True)
class Tour:
    """Asks as the reader does; remembers the ids that the reader would copy."""

    app: FastAPI
    tokens: dict[str, str]
    ids: dict[str, str] = field(default_factory=dict)

    def answers(self, stop: re.Match[str]) -> str:
        if "$FILE" in stop["query"]:
            self.ids["FILE"] = anyio.run(self._uploaded)
        query = re.sub(r"\$([A-Z]+)", lambda name: self.ids[name[1]], stop["query"])
        data = anyio.run(self._asked, query, self.tokens[stop["who"]])
        for capture in stop["captures"].split():
            name, _, path = capture.partition("=")
            self.ids[name] = pointed(data, path)
        named = {id: f"${name}" for name, id in self.ids.items()}
        return shown(renamed(data, named)) + "\n"

    async def _uploaded(self) -> str:
        """The file that the README uploads, by the id that its reader is answered with."""
        said = UPLOAD.search(README.read_text(encoding="utf-8"))
        assert said is not None
        headers, file = {"Authorization": f"Bearer {self.tokens[said['who']]}"}, (said["name"], f"{said['text']}\n")
        async with AsyncClient(transport=ASGITransport(self.app), base_url="http://fellmoor.test") as client:
            answer = await client.post("/attachments", files={"file": file}, headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def _asked(self, query: str, token: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        async with AsyncClient(transport=ASGITransport(self.app), base_url="http://fellmoor.test") as client:
            answer = (await client.post("/graphql", json={"query": query}, headers=headers, timeout=60)).json()
        if "errors" in answer:
            raise AssertionError(f"{query}\n{answer['errors']}")
        return answer["data"]


def pointed(data: Any, path: str) -> str:
    """What stands at a path such as /register/actions/nodes/0/id."""
    steps = [int(step) if step.isdigit() else step for step in path.strip("/").split("/")]
    return str(reduce(lambda found, step: found[step], steps, data))


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The same with the names of the ids that vary."""
    match value:
        case dict():
            return {key: renamed(each, names) for key, each in value.items()}
        case list():
            return [renamed(each, names) for each in value]
        case _:
            return names.get(value, value) if isinstance(value, str) else value


def shown(value: Any, indent: int = 0) -> str:
    """JSON as a person would write it: on one line whatever fits."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= WIDTH or not isinstance(value, dict | list) or not value:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        parts = [f"{inner}{json.dumps(key)}: {shown(each, indent + 2)}" for key, each in value.items()]
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(inner + shown(each, indent + 2) for each in value) + "\n" + " " * indent + "]"


@contextmanager
def fellmoor() -> Iterator[tuple[Installation, Tour]]:
    """A freshly made Fellmoor, on a server of its own."""
    with temporary_server() as address, Installation.open(address) as opened, tempfile.TemporaryDirectory() as folder:
        found(opened, lambda _done, _of: None)
        yield opened, Tour(create_app(opened, Settings(data=Path(folder))), tokens(opened, Path(folder)))


def england(opened: Installation, tour: Tour) -> str:
    """The README's import, typed as it says; its last line. Later questions may be asked as ENGLAND."""
    typed(
        "partnership",
        "create",
        "england",
        "--name",
        "Inspections in England",
        "--framework",
        "knowsley-2020",
        at=opened,
    )
    said = typed("import", str(OFSTED), "--partnership", "england", "--mapping", "ofsted", at=opened)
    tour.tokens["ENGLAND"] = opened.issue_token("england", Role.INSPECTOR, "me")
    return said.splitlines()[-1] + "\n"


def typed(*words: str, at: Installation) -> str:
    """What the command line says to it."""
    result = CliRunner().invoke(app, [*words, "--database-url", at.conninfo])
    if result.exit_code:
        raise AssertionError(f"goldenthread {' '.join(words)}: {result.output}")
    return result.stdout


def rewritten(text: str) -> str:
    """The README with every answer as it is now."""
    with fellmoor() as (opened, tour):
        text = IMPORT.sub(lambda stop: stop[1] + england(opened, tour) + stop[3], text)
        return STOP.sub(lambda stop: stop[0].replace(f"```json\n{stop['answer']}```", _block(tour, stop)), text)


def _block(tour: Tour, stop: re.Match[str]) -> str:
    return f"```json\n{tour.answers(stop)}```"


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
