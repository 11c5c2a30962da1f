"""What a person types: done and said plainly, or refused in one sentence on stderr with nothing half done."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from uuid import uuid4

import psycopg
import pytest
from typer.testing import CliRunner, Result

from api.app.serving import create_app
from api.app.settings import load_settings
from cli import serving
from cli.main import app
from projections.engine.staging import Staging
from storage.embedded.temporary import temporary_data
from storage.migrate import schema_of
from support.database_copies import Preparations
from support.import_register import HEADER, KEY, PLAN
from support.served_process import free_port

RUNNER = CliRunner()
OURS = ("--partnership", KEY)
GOOD = "1,A,Ensure supervision,2024-01-31,Health Trust,2024-06-30,open,"


def run(conninfo: str, *words: str) -> Result:
    return RUNNER.invoke(app, [*words, "--database-url", conninfo])


def said(result: Result) -> str:
    """What a failed command says: one line on stderr."""
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert len(result.stderr.splitlines()) == 1, result.stderr
    return result.stderr.strip()


def create_by_commands(empty: str) -> None:
    created = run(empty, "partnership", "create", KEY, "--name", "Ours", "--framework", "hull-2015")
    assert created.exit_code == 0, created.output
    added = run(empty, "agency", "add", "health", *OURS, "--name", "Health Trust", "--alias", "NHS")
    assert added.exit_code == 0, added.output


@pytest.fixture
def conninfo(preparations: Preparations) -> Iterator[str]:
    """Of a database of the test's own in which a partnership was created."""
    with preparations.empty(create_by_commands).copy() as conninfo:
        yield conninfo


@pytest.fixture
def partnership() -> str:
    return KEY


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plan.csv").write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    return tmp_path


def imports(conninfo: str, partnership: str, plan: Path, *words: str) -> Result:
    named = ("--partnership", partnership, "--mapping", str(plan / "plan.yaml"))
    return run(conninfo, "import", str(plan / "plan.csv"), *named, *words)


def test_a_partnership_is_listed_with_its_framework(conninfo: str, partnership: str) -> None:
    listed = run(conninfo, "partnership", "list")
    assert re.search(rf"^{partnership}\s+Ours\s+hull-2015$", listed.stdout, re.MULTILINE)


def test_a_partnership_is_created_once(conninfo: str, partnership: str) -> None:
    again = run(conninfo, "partnership", "create", partnership, "--name", "Ours", "--framework", "hull-2015")
    assert partnership in said(again)


def test_a_framework_succeeds_another_from_its_day(conninfo: str, partnership: str) -> None:
    words = ("partnership", "adopt", partnership, "--framework", "knowsley-2020", "--from")
    assert run(conninfo, *words, "2020-09-01").exit_code == 0
    assert "knowsley-2020" in run(conninfo, "partnership", "list").stdout
    assert "2020-09-01" in said(run(conninfo, *words, "2019-01-01"))
    assert "2020-02-31" in said(run(conninfo, *words, "2020-02-31"))


def test_a_partnership_that_was_restored_says_so_to_partners(conninfo: str, partnership: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as conn:
        asked = f"SELECT epoch FROM {schema_of(partnership)}.head".encode()
        before = conn.execute(asked).fetchone()
        assert "refused from now on" in run(conninfo, "partnership", "restored", partnership).stdout
        assert conn.execute(asked).fetchone() != before
    assert "nowhere" in said(run(conninfo, "partnership", "restored", "nowhere"))


def test_an_agency_is_added_renamed_and_known_by_aliases(conninfo: str, partnership: str) -> None:
    of = ("--partnership", partnership)
    assert run(conninfo, "agency", "rename", "health", "--name", "Health Board", *of).exit_code == 0
    assert run(conninfo, "agency", "alias", "health", "ICB", *of).exit_code == 0
    listed = run(conninfo, "agency", "list", *of).stdout
    assert re.search(r"^health\s+Health Board\s+PARTNER\s+NHS; Health Trust; ICB$", listed, re.MULTILINE)


def test_an_agency_cannot_take_anothers_name(conninfo: str, partnership: str) -> None:
    words = ("agency", "add", "trust", "--partnership", partnership, "--name", "health trust")
    assert "health" in said(run(conninfo, *words))


def test_an_agency_goes_on_in_another(conninfo: str, partnership: str) -> None:
    of = ("--partnership", partnership)
    assert run(conninfo, "agency", "add", "trust", "--name", "The Trust", *of).exit_code == 0
    merge = ("agency", "merge", "health", "trust", *of)
    assert "2999-01-01" in said(run(conninfo, *merge, "--on", "2999-01-01"))
    merged = run(conninfo, *merge, "--on", "2024-04-01")
    assert merged.stdout == "health goes on in trust; 0 open things moved.\n", merged.stderr
    listed = run(conninfo, "agency", "list", *of).stdout
    assert re.search(r"^health\s+Health Trust\s+PARTNER\s+NHS\s+trust$", listed, re.MULTILINE)
    for words, told in (
        (("trust", "trust"), "itself"),
        (("trust", "health"), "circle"),
        (("moon", "trust"), "moon"),
        (("trust", "moon"), "moon"),
    ):
        assert told in said(run(conninfo, "agency", "merge", *words, *of))


def test_a_theme_is_added_renamed_and_merged(conninfo: str, partnership: str) -> None:
    of = ("--partnership", partnership)
    added = run(conninfo, "theme", "add", "caf", "--name", "CAF form", "--parent", "early-help", *of)
    assert added.exit_code == 0, added.stderr
    assert run(conninfo, "theme", "rename", "caf", "--name", "Common assessment", *of).exit_code == 0
    assert run(conninfo, "theme", "merge", "caf", "early-help", *of).exit_code == 0
    listed = run(conninfo, "theme", "list", *of).stdout
    assert re.search(r"^caf\s+Common assessment\s+early-help\s+CAF form\s+early-help$", listed, re.MULTILINE)


def test_a_token_is_printed_and_nothing_else(conninfo: str, partnership: str) -> None:
    words = ("token", "--partnership", partnership, "--role", "CHAIR", "--subject", "Ann")
    result = run(conninfo, *words, "--ttl", "2h")
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+\n", result.stdout)
    assert result.stderr == ""
    assert "2 hours" in said(run(conninfo, *words, "--ttl", "2 hours"))


def test_a_monitoring_bodys_token_says_whose_it_is(conninfo: str, partnership: str) -> None:
    words = ("token", "--partnership", partnership, "--role", "MONITORING_BODY", "--subject", "Ann", "--body", "board")
    assert "independent" in said(run(conninfo, *words))
    assert run(conninfo, *words, "--independent").exit_code == 0
    assert run(conninfo, *words, "--agency", "health").exit_code == 0


def test_a_token_is_revoked_by_its_credential_and_only_that_one(conninfo: str, partnership: str) -> None:
    of = ("--partnership", partnership)
    for subject in ("Ann", "Ben"):
        run(conninfo, "token", *of, "--role", "INSPECTOR", "--subject", subject)
    listed = run(conninfo, "credential", "list", *of).stdout
    ann = next(line.split()[0] for line in listed.splitlines() if " Ann " in line)
    revoke = ("credential", "revoke", ann, *of, "--reason", "She has left")
    assert run(conninfo, *revoke).stdout == f"{ann} is revoked.\n"
    assert run(conninfo, *revoke).stdout == f"{ann} was already revoked.\n"
    listed = run(conninfo, "credential", "list", *of).stdout
    assert re.search(rf"^{ann}\s+Ann\s+INSPECTOR\s+revoked: She has left$", listed, re.MULTILINE)
    assert re.search(r"\sBen\s+INSPECTOR\s+until \d{4}-", listed)
    assert "no such" in said(run(conninfo, "credential", "revoke", str(uuid4()), *of, "--reason", "Unknown"))


def test_a_partnership_that_does_not_exist_is_refused_by_name(conninfo: str) -> None:
    assert "nowhere" in said(run(conninfo, "agency", "list", "--partnership", "nowhere"))


@pytest.mark.parametrize(
    "words", [("import",), ("serve", "--port", "many"), ("parnership",), ("token", "--role", "KING")]
)
def test_what_is_typed_wrongly_is_said_in_one_line(words: tuple[str, ...]) -> None:
    result = RUNNER.invoke(app, words)
    assert (result.exit_code, bool(said(result))) == (2, True)


@pytest.mark.parametrize("words", [(), ("agency",), ("credential",), ("import",), ("rebuild",), ("serve",), ("token",)])
def test_everything_prints_help(words: tuple[str, ...]) -> None:
    result = RUNNER.invoke(app, [*words, "--help"])
    assert (result.exit_code, "Usage:" in result.stdout) == (0, True)


def test_a_database_that_is_away_is_one_sentence() -> None:
    assert said(run("postgresql://nobody@127.0.0.1:1/nothing", "partnership", "list"))


def test_a_spreadsheet_is_imported_once(conninfo: str, partnership: str, plan: Path) -> None:
    first, second = (imports(conninfo, partnership, plan) for _ in range(2))
    assert "1 rows: 1 recorded, 0 already there, 0 edited, 0 refused." in first.stdout
    assert "1 rows: 0 recorded, 1 already there, 0 edited, 0 refused." in second.stdout


def test_a_dry_run_says_what_would_be_recorded(conninfo: str, partnership: str, plan: Path) -> None:
    assert "1 to be recorded" in imports(conninfo, partnership, plan, "--dry-run").stdout
    assert "1 recorded" in imports(conninfo, partnership, plan).stdout


@pytest.mark.parametrize("name", ["report.csv", "report.jsonl"])
def test_refused_rows_are_listed_with_line_column_and_reason(
    conninfo: str, partnership: str, plan: Path, name: str
) -> None:
    bad = GOOD.replace("1,", "2,", 1).replace("2024-01-31", "31/02/2020")
    (plan / "plan.csv").write_text(f"{HEADER}\n{GOOD}\n{bad}\n", encoding="utf-8")
    result = imports(conninfo, partnership, plan, "--report", str(plan / name))
    assert "plan.csv: 1 row is refused" in said(result)
    assert "plan.csv, line 3, column 'raised': refused: '31/02/2020' is not a day" in result.stdout
    report = (plan / name).read_text(encoding="utf-8")
    assert "31/02/2020" in report
    if name.endswith("jsonl"):
        assert json.loads(report)["line"] == 3
    assert "2 already" not in imports(conninfo, partnership, plan, "--partial").stdout


def test_a_cut_file_names_file_line_and_column(conninfo: str, partnership: str, plan: Path) -> None:
    (plan / "plan.csv").write_text(f"{HEADER}\n{GOOD[:20]}", encoding="utf-8")
    assert said(imports(conninfo, partnership, plan)).startswith("plan.csv, line 2, column 'raised': ")


def test_a_mapping_with_a_mistake_names_file_line_and_key(conninfo: str, partnership: str, plan: Path) -> None:
    (plan / "plan.yaml").write_text(PLAN.replace("lead_agency: lead", "lead_agancy: lead"), encoding="utf-8")
    assert re.search(r"plan\.yaml:\d+: action\.lead_agancy: unknown key", said(imports(conninfo, partnership, plan)))


def test_a_rebuild_leaves_what_it_found(conninfo: str, partnership: str, plan: Path) -> None:
    imports(conninfo, partnership, plan)
    rebuilt = run(conninfo, "rebuild", "--partnership", partnership)
    assert re.search(rf"^{partnership}: rebuilt from \d+ facts\.$", rebuilt.stdout, re.MULTILINE)
    assert said(run(conninfo, "rebuild", "--partnership", partnership, "--projection", "nothing_history"))


def test_a_rebuild_beside_another_of_the_partnership_is_refused(
    conninfo: str, partnership: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.engine.staging.PATIENCE", timedelta(milliseconds=1))
    with Staging(conninfo, schema_of(partnership), ["action_history"]):
        refused = said(run(conninfo, "rebuild", "--partnership", partnership))
    assert refused == f"The partnership {partnership} is being rebuilt already; wait until that has ended."
    assert run(conninfo, "rebuild", "--partnership", partnership).exit_code == 0


def test_the_version_is_printed() -> None:
    printed = RUNNER.invoke(app, ["--version"])
    assert (printed.exit_code, printed.stdout) == (0, f"goldenthread {version('goldenthread')}\n")


def told_to_systemd(place: Path) -> socket.socket:
    """Where a service of Type=notify says how it goes."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(place))
    listening.settimeout(30)
    return listening


class Served:
    """`goldenthread serve` as a process of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        words = [sys.executable, "-c", "from cli.main import main; main()", "serve", "--data", str(data)]
        free = socket.create_server(("127.0.0.1", 0))
        self.port = free.getsockname()[1]
        free.close()
        self.told = told_to_systemd(data / "notify")
        asked = {"NOTIFY_SOCKET": str(data / "notify"), "WATCHDOG_USEC": "2000000"}
        environment = {**os.environ, **asked, "PYTHONPATH": os.pathsep.join(sys.path)}
        self.process = subprocess.Popen(
            [*words, "--port", str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline().strip()


@pytest.fixture
def served() -> Iterator[Served]:
    with temporary_data() as data:
        running = Served(data)
        yield running
        if running.process.poll() is None:
            running.process.terminate()
        running.process.communicate(timeout=60)
        running.told.close()


def test_serving_obeys_the_settings_of_its_connections(conninfo: str) -> None:
    with serving._opened(conninfo, load_settings(pool_size=3, statement_timeout=1234)) as opened:
        assert opened.database.pool.max_size == 3
        with opened.database.connection("public") as conn:
            assert conn.execute("SHOW statement_timeout").fetchone() == ("1234ms",)


def test_an_answer_is_sent_at_once_on_a_connection_that_is_kept(conninfo: str) -> None:
    settings = load_settings(port=free_port())
    with serving._opened(conninfo, settings) as opened, serving.bound(settings.host, settings.port) as listener:
        running = serving.server(create_app(opened, settings), settings)
        thread = Thread(target=running.run, args=([listener],))
        thread.start()
        connection = HTTPConnection(settings.host, settings.port, timeout=30)
        while not running.started:
            thread.join(0.01)
        connection.request("GET", "/health/live")
        assert connection.getresponse().read()
        (kept,) = running.server_state.connections
        accepted = kept.transport.get_extra_info("socket")
        assert (accepted.family, accepted.proto) == (socket.AF_INET, socket.IPPROTO_TCP)
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        connection.close()
        running.should_exit = True
        thread.join(30)
    assert not thread.is_alive()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_serving_shares_its_server_with_other_commands_and_stops_cleanly(served: Served, how: signal.Signals) -> None:
    assert served.said == f"Serving on http://127.0.0.1:{served.port}"
    assert [served.told.recv(100) for _ in range(2)] == [b"READY=1", b"WATCHDOG=1"]
    with urllib.request.urlopen(f"http://127.0.0.1:{served.port}/health/ready", timeout=10) as answer:
        assert answer.status == 200
        assert "durability" not in json.load(answer)
    listed = RUNNER.invoke(app, ["partnership", "list", "--data", str(served.data)])
    assert listed.exit_code == 0
    taken = RUNNER.invoke(app, ["serve", "--data", str(served.data), "--port", str(served.port)])
    assert str(served.port) in said(taken)
    served.process.send_signal(how)
    assert served.process.wait(60) == 0
    while (last := served.told.recv(100)) == b"WATCHDOG=1":
        continue
    assert last == b"STOPPING=1"
    assert not (served.data / "postgres" / "postmaster.pid").exists()


@pytest.mark.parametrize("words", [["backup", "-"], ["verify"], ["maintenance", "on"], ["partnership", "list"]])
def test_a_mistyped_data_folder_is_refused_and_nothing_is_made_in_it(tmp_path: Path, words: list[str]) -> None:
    wrong = tmp_path / "wrong"
    assert said(RUNNER.invoke(app, [*words, "--data", str(wrong)])).startswith(f"There is no installation in {wrong}: ")
    assert not wrong.exists()


def test_keys_that_the_database_would_cut_are_refused(conninfo: str) -> None:
    created = run(conninfo, "partnership", "create", "k" * 61, "--name", "Long", "--framework", "hull-2015")
    assert said(created) == "The key is not acceptable: at most 60 characters are taken."
