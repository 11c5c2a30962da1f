"""Where the Unix socket lives: in the data directory, or in a short private folder when that path is too long."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedServerError

_LONGEST = 103 - len("/.s.PGSQL.5432.lock")  # macOS allows 103 bytes in a socket's path, Linux 107
_SPECIAL = frozenset(",\"'")  # PostgreSQL reads a list of folders


def socket_folder(cluster: Path, account: Account) -> Path:
    """A folder that only the server's account and root can enter."""
    if len(os.fsencode(cluster)) <= _LONGEST and not _SPECIAL & set(str(cluster)):
        return cluster
    digest = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"goldenthread-{digest}"
    if not folder.exists():
        folder.mkdir(mode=0o700)
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    return _private(folder, account)


def _private(folder: Path, account: Account) -> Path:
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != account.uid or about.st_mode & 0o077:
        raise EmbeddedServerError(f"{folder} is not ours alone, so the server's socket cannot be there: remove it.")
    return folder
