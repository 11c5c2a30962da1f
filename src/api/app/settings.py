"""Settings from the environment, prefix GOLDENTHREAD_, checked before anything starts."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.http.limits import Limits
from domain.streams import DEFAULT_BYTES
from storage.database import CLOCK_TOLERANCE, Patience

PREFIX = "GOLDENTHREAD_"
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
LIMITS = Limits()
SPARE = 4
"""Connections of the pool that are left for checking tokens, and for what needs a second one."""
PATIENCE = Patience()
SECRET = {"database_url", "metrics_token", "oidc_client_secret"}
"""Settings whose values are never shown; a URL may hold a password."""


class SettingsError(ValueError):
    """A setting that stops the start; one line naming the variable and what was expected."""


class Settings(BaseSettings):
    """How one installation runs. Sizes are in bytes, timeouts in milliseconds."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    data: Path = Field(Path("./.data"), description="a folder of its own")
    database_url: str | None = Field(None, description="a postgresql:// URL")
    host: str = Field("127.0.0.1", min_length=1, description="an address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="a port, 1 to 65535")
    pool_size: int = Field(20, ge=2, le=200, description="database connections, 2 to 200")
    workers: int = Field(LIMITS.workers, ge=1, le=256, description="requests executed at once, 1 to 256")
    partnership_workers: int = Field(
        LIMITS.partnership_workers, ge=1, le=256, description="of them, of one partnership, 1 to 256"
    )
    caller_workers: int = Field(LIMITS.caller_workers, ge=1, le=256, description="of them, of one caller, 1 to 256")
    caller_requests: int = Field(
        LIMITS.caller_requests, ge=1, le=10_000, description="requests of one caller at once, 1 to 10000"
    )
    waiting: int = Field(LIMITS.waiting, ge=1, le=100_000, description="requests that wait, 1 to 100000")
    request_timeout: int = Field(15_000, ge=100, le=600_000, description="milliseconds, 100 to 600000")
    statement_timeout: int = Field(10_000, ge=100, le=600_000, description="milliseconds, 100 to 600000")
    connections: int = Field(1_000, ge=8, le=100_000, description="open connections, 8 to 100000")
    read_timeout: int = Field(15_000, ge=100, le=600_000, description="milliseconds, 100 to 600000")
    idle_timeout: int = Field(30_000, ge=100, le=3_600_000, description="milliseconds, 100 to 3600000")
    stop_timeout: int = Field(10_000, ge=100, le=600_000, description="milliseconds, 100 to 600000")
    lock_timeout: int = Field(PATIENCE.lock_ms, ge=10, le=600_000, description="milliseconds, 10 to 600000")
    start_timeout: timedelta = Field(
        timedelta(seconds=PATIENCE.start_s),
        ge=timedelta(minutes=1),
        le=timedelta(days=31),
        description="a length of time from 1m to 31d",
    )
    clock_tolerance: int = Field(CLOCK_TOLERANCE, ge=60, le=1_000_000_000, description="seconds, 60 to 1000000000")
    turn_timeout: int = Field(PATIENCE.turn_ms, ge=100, le=600_000, description="milliseconds, 100 to 600000")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="one of debug, info, warning, error"
    )
    log_format: Literal["json", "plain"] = Field("json", description="json, a line of JSON each, or plain, for eyes")
    metrics_token: SecretStr | None = Field(
        None, min_length=16, description="the token for /metrics, at least 16 characters; none, no metrics"
    )
    stream_bytes: int = Field(
        DEFAULT_BYTES, ge=1_048_576, le=17_179_869_184, description="bytes, 1048576 to 17179869184"
    )
    body_bytes: int = Field(LIMITS.body_bytes, ge=1_024, le=67_108_864, description="bytes, 1024 to 67108864")
    query_bytes: int = Field(LIMITS.query_bytes, ge=256, le=1_048_576, description="bytes, 256 to 1048576")
    query_tokens: int = Field(LIMITS.query_tokens, ge=100, le=100_000, description="tokens, 100 to 100000")
    query_depth: int = Field(LIMITS.query_depth, ge=5, le=50, description="levels, 5 to 50")
    query_cost: int = Field(LIMITS.cost, ge=100, le=100_000_000, description="values, 100 to 100000000")

    answer_bytes: int = Field(LIMITS.answer_bytes, ge=65_536, le=268_435_456, description="bytes, 65536 to 268435456")
    read_only: bool = Field(default=False, description="true or false")
    backup_folder: Path | None = Field(None, description="a folder that can be written to")
    archive_folder: Path | None = Field(None, description="a folder that the embedded server can write to")
    archive_every: timedelta = Field(
        timedelta(days=1), ge=timedelta(minutes=1), le=timedelta(days=31), description="a length of time from 1m to 31d"
    )
    archive_keep: int = Field(7, ge=1, le=10_000, description="copies, 1 to 10000")
    backup_every: timedelta = Field(
        timedelta(days=1), ge=timedelta(minutes=1), le=timedelta(days=31), description="a length of time from 1m to 31d"
    )
    public_url: str | None = Field(
        None, pattern=r"^https?://[^/?#\s]+$", description="how browsers reach the pages, like https://register.example"
    )
    oidc_issuer: str | None = Field(
        None,
        pattern=r"^(https://|http://localhost:)[^?#\s]+$",
        description="the issuer of accounts, like https://login.example/tenant",
    )
    oidc_client_id: str | None = Field(None, min_length=1, description="by what the issuer knows this register")
    oidc_client_secret: SecretStr | None = Field(None, min_length=1, description="the secret that the issuer gave")
    oidc_people: Path | None = Field(None, description="a file of rules: who may sign in by an account, and as what")
    oidc_name: str = Field("your account", min_length=1, max_length=60, description="what the accounts are called")
    session_idle: timedelta = Field(
        timedelta(hours=1), ge=timedelta(minutes=1), le=timedelta(days=1), description="a length of time from 1m to 1d"
    )
    session_longest: timedelta = Field(
        timedelta(hours=12), ge=timedelta(minutes=1), le=timedelta(days=7), description="a length of time from 1m to 7d"
    )
    attachments: str | None = Field(None, description="a folder of its own, or s3://BUCKET/PREFIX")
    attachment_bytes: int = Field(
        52_428_800, ge=1_024, le=2_147_483_647, description="bytes of one file, 1024 to 2147483647"
    )
    attachments_waiting: int = Field(200, ge=1, le=100_000, description="unused uploads of one caller, 1 to 100000")
    attachments_unused: timedelta = Field(
        timedelta(days=1), ge=timedelta(hours=1), le=timedelta(days=31), description="a length of time from 1h to 31d"
    )
    scanner: str | None = Field(
        None,
        pattern=r"^(/\S+|[^/\s]+:\d{1,5})$",
        description="where clamd listens: the path of its socket, or HOST:PORT",
    )
    backup_keep: int = Field(14, ge=1, le=10_000, description="backups, 1 to 10000")

    @field_validator(
        "backup_every",
        "archive_every",
        "start_timeout",
        "session_idle",
        "session_longest",
        "attachments_unused",
        mode="before",
    )
    @classmethod
    def length_of_time(cls, value: object) -> object:
        return a_while(value) if isinstance(value, str) else value

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def in_any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("data", "backup_folder", "archive_folder", "oidc_people", mode="before")
    @classmethod
    def not_blank(cls, value: object) -> object:
        """A path of no letters is the folder in which somebody happens to stand."""
        if isinstance(value, str) and not value.strip():
            raise ValueError("no path")
        return value

    @field_validator("attachments")
    @classmethod
    def folder_or_bucket(cls, value: str | None) -> str | None:
        if value is not None and (not value.strip() or ("://" in value and not re.match(r"s3://[^/?#\s]+", value))):
            raise ValueError("neither a folder nor a bucket")
        return value

    @field_validator("database_url")
    @classmethod
    def postgresql_only(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("not a postgresql URL")
        return value

    @model_validator(mode="after")
    def accounts_are_set_whole(self) -> Self:
        given = (self.oidc_issuer, self.oidc_client_id, self.oidc_people)
        if any(given) and not all(given):
            raise ValueError("OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_PEOPLE belong together")
        return self

    @property
    def address(self) -> str:
        """How browsers reach the pages, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def files(self) -> str:
        """Where uploaded files are kept: a folder, or an address that begins with s3://."""
        return self.attachments or str(self.data / "attachments")

    @property
    def patience(self) -> Patience:
        """How long those who record, and those who start, wait for one another."""
        return Patience(self.lock_timeout, self.turn_timeout, self.start_timeout.total_seconds())

    @property
    def limits(self) -> Limits:
        """The edge's limits as this installation sets them; no more workers than the pool has connections for."""
        return Limits(
            body_bytes=self.body_bytes,
            query_bytes=self.query_bytes,
            query_tokens=self.query_tokens,
            query_depth=self.query_depth,
            cost=self.query_cost,
            answer_bytes=self.answer_bytes,
            workers=min(self.workers, max(1, self.pool_size - SPARE)),
            partnership_workers=self.partnership_workers,
            caller_workers=self.caller_workers,
            caller_requests=self.caller_requests,
            waiting=self.waiting,
            request_seconds=self.request_timeout / 1000,
        )


def a_while(text: str) -> timedelta:
    """A length of time such as 30m, 8h, 7d or 2w. Raises `ValueError`."""
    match = re.fullmatch(r"([1-9]\d{0,4})([mhdw])", text)
    if match is None:
        raise ValueError(f"{text!r} is not a length of time like 30m, 8h, 7d or 2w.")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def load_settings(**given: object) -> Settings:
    """The settings of the environment; `given` (a command's options) wins over it, None meaning not given.

    Raises:
        SettingsError: an unknown GOLDENTHREAD_ variable, or a value that is not what was expected.
    """
    _refuse_unknown()
    try:
        options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        return Settings(**options)
    except ValidationError as error:
        raise _explained(error) from None


def _refuse_unknown() -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(f"{name} is not a setting; the settings are {', '.join(sorted(known))}.")


def _explained(error: ValidationError) -> SettingsError:
    first = error.errors()[0]
    if not first["loc"]:
        return SettingsError(f"{PREFIX}{first['ctx']['error']}.")
    name = str(first["loc"][0])
    field = Settings.model_fields.get(name)
    expected = f"expected {field.description}" if field else "there is no such setting"
    given = "" if name in SECRET else f", not {str(first['input'])[:80]!r}"
    return SettingsError(f"{PREFIX}{name.upper()}: {expected}{given}.")
