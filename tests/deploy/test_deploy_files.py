"""What stands in `deploy/`: it parses, asks for metrics that there are, and every alarm has its page."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import promql_parser
import pytest
import yaml
from httpx import ASGITransport, AsyncClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from api.app.serving import create_app
from api.app.settings import Settings
from support.partnership_world import World

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
TOKEN = "a-token-of-the-metrics"
BY_PROMETHEUS = {"job", "instance"}
"""Labels that it adds to every series, and those of its own `up`."""


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    shown = json.loads((DEPLOY / "dashboard.json").read_text(encoding="utf-8"))["panels"]
    return [panel for panel in shown if panel["type"] != "row"]


def questions() -> list[str]:
    """Of the alarms and of the dashboard; Grafana puts its variables in before Prometheus sees them."""
    asked = [target["expr"] for panel in panels() for target in panel["targets"]]
    shown = [each.replace("$__rate_interval", "5m").replace("$instance", ".+") for each in asked]
    return [rule["expr"] for rule in rules()] + shown


def chosen(question: str) -> Iterator[tuple[str, str]]:
    """The series that a question asks for, with each label by which it chooses."""
    found: list[Any] = []

    def look(node: Any) -> None:
        if isinstance(node, promql_parser.MatrixSelector):
            found.append(node.vector_selector)
        elif isinstance(node, promql_parser.VectorSelector):
            found.append(node)

    promql_parser.walk(promql_parser.parse(question), look)
    for selector in found:
        yield selector.name, ""
        yield from ((selector.name, matcher.name) for matcher in selector.matchers.matchers)


def exposed(world: World) -> set[tuple[str, str]]:
    """Every series of a real scrape, with each of its labels."""
    app = create_app(world.installation, Settings(metrics_token=SecretStr(TOKEN)))

    async def scrape() -> str:
        async with AsyncClient(transport=ASGITransport(app), base_url="http://register.test") as client:
            await client.get("/health/live")
            return (await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})).text

    samples = [each for family in text_string_to_metric_families(anyio.run(scrape)) for each in family.samples]
    own = {(each.name, label) for each in samples for label in ("", *each.labels)}
    return own | {(name, label) for name in (*dict(own), "up") for label in ("", *BY_PROMETHEUS)}


def test_every_alarm_and_every_panel_asks_for_what_is_exposed(world: World) -> None:
    asked = {each for question in questions() for each in chosen(question)}
    assert len(asked) > 60
    assert sorted(asked - exposed(world)) == []


def test_every_alarm_has_its_section_in_the_runbook_with_something_to_type() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (GoldenThread\w+)\n(.+?)(?=^##)", page, re.MULTILINE | re.DOTALL))
    assert sections.keys() == {rule["alert"] for rule in rules()}
    assert [name for name, section in sections.items() if "`" not in section] == []
    for rule in rules():
        assert rule["annotations"]["runbook"] == f"docs/operations.md#{rule['alert'].lower()}"
        assert rule["annotations"]["summary"].endswith(".")
        assert rule["labels"]["severity"] in {"page", "ticket"}


def test_panels_do_not_lie_upon_each_other() -> None:
    places = [panel["gridPos"] for panel in panels()]
    covered = [(x, y) for p in places for x in range(p["x"], p["x"] + p["w"]) for y in range(p["y"], p["y"] + p["h"])]
    assert len(covered) == len(set(covered))
    assert max(x for x, _ in covered) < 24


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_unit_without_a_word(tmp_path: Path) -> None:
    text = (DEPLOY / "goldenthread.service").read_text(encoding="utf-8")
    unit = tmp_path / "goldenthread.service"
    unit.write_text(text.replace("/opt/goldenthread/bin/goldenthread", sys.executable), encoding="utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_the_unit_is_told_how_the_service_goes_and_starts_it_again() -> None:
    lines = (DEPLOY / "goldenthread.service").read_text(encoding="utf-8").splitlines()
    assert {"Type=notify", "NotifyAccess=main", "WatchdogSec=30", "Restart=always", "NoNewPrivileges=yes"} <= set(lines)
