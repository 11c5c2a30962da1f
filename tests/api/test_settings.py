"""Settings: read from the environment, and a wrong one stops the start with its name."""

import os
from pathlib import Path

import pytest

from api.app.settings import PREFIX, Settings, SettingsError, load_settings
from api.http.limits import Limits
from architecture.source import SRC


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_without_any_setting_the_defaults_hold() -> None:
    settings = load_settings()
    assert (settings.data, settings.host, settings.port) == (Path("./.data"), "127.0.0.1", 8000)
    assert settings.database_url is None
    assert settings.limits == Limits()


def test_the_environment_is_read_and_a_commands_option_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDENTHREAD_PORT", "9000")
    monkeypatch.setenv("GOLDENTHREAD_LOG_LEVEL", "WARNING")
    assert (load_settings().port, load_settings().log_level) == (9000, "warning")
    assert load_settings(port=9001, host=None).port == 9001


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "eighty", "expected a port, 1 to 65535, not 'eighty'"),
        ("PORT", "0", "expected a port"),
        ("POOL_SIZE", "1", "expected database connections, 2 to 200"),
        ("LOG_LEVEL", "loud", "expected one of debug, info, warning, error"),
        ("STATEMENT_TIMEOUT", "5s", "expected milliseconds"),
        ("QUERY_DEPTH", "1000", "expected levels, 5 to 50"),
        ("HOST", "", "expected an address"),
        ("DATA", "", "expected a folder of its own"),
        ("BACKUP_FOLDER", " ", "expected a folder that can be written to"),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(f"GOLDENTHREAD_{name}", value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert str(refused.value).startswith(f"GOLDENTHREAD_{name}: ")
    assert expected in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_wrong_database_url_is_refused_without_showing_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDENTHREAD_DATABASE_URL", "mysql://u:secret@db/x")
    with pytest.raises(SettingsError, match="GOLDENTHREAD_DATABASE_URL: expected a postgresql:// URL") as refused:
        load_settings()
    assert "secret" not in str(refused.value)


def test_an_unknown_setting_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDENTHREAD_PROT", "9000")
    with pytest.raises(SettingsError, match="GOLDENTHREAD_PROT is not a setting"):
        load_settings()


def test_no_setting_is_without_effect() -> None:
    own, others = (SRC / "api" / "app" / "settings.py").read_text(encoding="utf-8"), _of_those_that_are_set()
    assert [
        name for name in Settings.model_fields if f"settings.{name}" not in others and f"self.{name}" not in own
    ] == []


def _of_those_that_are_set() -> str:
    files = [*(SRC / "cli").rglob("*.py"), *(SRC / "api" / "app").rglob("*.py"), SRC / "web" / "app.py"]
    return "".join(file.read_text(encoding="utf-8") for file in files)


def test_an_unknown_option_is_refused_by_its_name() -> None:
    with pytest.raises(SettingsError, match="GOLDENTHREAD_COLOUR: there is no such setting"):
        load_settings(colour="blue")
