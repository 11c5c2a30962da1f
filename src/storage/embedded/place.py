"""The data folder: made by us, or refused; a folder that is not ours is never opened, moved or handed over."""

import os
import stat
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedServerError

SPECIAL = frozenset('"$`\\\n')
_ELSEWHERE = "Choose another data folder with --data or GOLDENTHREAD_DATA"


def blocked_at(path: Path, account: Account) -> Path | None:
    """The first existing folder, from the root down to `path`, that the account may not enter."""
    folders = [folder for folder in reversed((path, *path.parents)) if folder.is_dir()]
    return next((folder for folder in folders if not account.may_enter(folder)), None)


def is_made(data: Path) -> bool:
    """Whether the data folder holds a server; also where it may not be looked at, which whoever opens it is told."""
    try:
        return (data.expanduser().resolve() / "postgres").exists()
    except PermissionError:
        return True


def prepare(data: Path, account: Account) -> Path:
    """The resolved data folder, created if missing; existing folders keep their modes.

    Raises `EmbeddedServerError` when the account that runs the server cannot reach it, anybody
    could write to it, or its name cannot be handed to PostgreSQL.
    """
    home = data.expanduser().resolve()
    if SPECIAL & set(str(home)):
        raise EmbeddedServerError(f"{home} holds a character that PostgreSQL's pg_ctl hands to a shell. {_ELSEWHERE}.")
    if blocked := blocked_at(home, account):
        raise EmbeddedServerError(
            f"As root the embedded PostgreSQL runs under an unprivileged account, which may not enter {blocked}. "
            f"{_ELSEWHERE}, at a place that every account can reach; nothing was changed."
        )
    _make(home)
    if home.stat().st_mode & stat.S_IWOTH:
        raise EmbeddedServerError(f"Everybody may write to {home}, so it cannot hold a database. {_ELSEWHERE}.")
    return home


def _make(home: Path) -> None:
    missing = [folder for folder in (home, *home.parents) if not folder.exists()]
    for folder in reversed(missing):
        try:
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        except OSError as error:
            raise EmbeddedServerError(f"{folder} cannot be created: {error.strerror}. {_ELSEWHERE}.") from error
