"""Whose account the server runs under: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypedDict

from storage.embedded.errors import EmbeddedServerError

SYSTEM_ACCOUNT = "goldenthread"
_USERADD = ("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent")


class Identity(TypedDict, total=False):
    """The part of `subprocess.run`'s options that changes who runs."""

    user: int
    group: int
    extra_groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A user and a group of the operating system; `STRANGER` owns nothing and is in no group."""

    uid: int
    gid: int

    @classmethod
    def of_owner(cls, folder: Path) -> Self:
        owner = folder.stat()
        return cls(owner.st_uid, owner.st_gid)

    def identity(self) -> Identity:
        return {"user": self.uid, "group": self.gid, "extra_groups": ()} if os.geteuid() == 0 else {}

    def may_enter(self, folder: Path) -> bool:
        """Whether the folder's mode lets this account through it."""
        return self._granted(folder, 0o1)

    def may_use(self, path: Path) -> bool:
        """Whether the mode lets this account read a file, or read and enter a folder."""
        return self._granted(path, 0o5 if path.is_dir() else 0o4)

    def _granted(self, path: Path, bits: int) -> bool:
        about = path.stat()
        shift = 6 if about.st_uid == self.uid else 3 if about.st_gid == self.gid else 0
        return about.st_mode >> shift & bits == bits


STRANGER = Account(-1, -1)


def expected_account(cluster: Path) -> Account:
    """Who would run the server: its data's owner, else ourselves, else (as root) an account that owns nothing yet.

    Raises `EmbeddedServerError` when the data belong to somebody else.
    """
    if not cluster.exists():
        return STRANGER if os.geteuid() == 0 else Account(os.geteuid(), os.getegid())
    owner = Account.of_owner(cluster)
    if owner.uid == 0 or os.geteuid() not in (0, owner.uid):
        raise EmbeddedServerError(
            f"{cluster} belongs to user id {owner.uid}, who cannot run this server from here: "
            "run as its owner, or choose another data folder with --data or GOLDENTHREAD_DATA."
        )
    return owner


def system_account(tries: int = 20) -> Account:
    """The unprivileged account that root hands the server to, created on first need; others may create it meanwhile."""
    for _ in range(tries):
        try:
            entry = pwd.getpwnam(SYSTEM_ACCOUNT)
        except KeyError:
            _create_system_account()
            time.sleep(0.1)
        else:
            return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedServerError(
        f"As root the embedded PostgreSQL needs the unprivileged account {SYSTEM_ACCOUNT}, which could not be created: "
        "create it, run as a normal user, or give --database-url."
    )


def _create_system_account() -> None:
    try:
        subprocess.run([*_USERADD, "--shell", "/usr/sbin/nologin", SYSTEM_ACCOUNT], check=False, capture_output=True)
    except FileNotFoundError as missing:
        raise EmbeddedServerError(
            f"As root the embedded PostgreSQL needs the unprivileged account {SYSTEM_ACCOUNT}, and this system has no "
            "useradd: create it by hand, run as a normal user, or give --database-url."
        ) from missing
