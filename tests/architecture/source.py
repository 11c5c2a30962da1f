"""The project's own text, as the architecture tests read it."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
ROOMS = ("api", "cli", "domain", "exporting", "importing", "projections", "similarity", "storage", "web")


def python_files(folder: Path = SRC) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def at(file: Path, node: ast.stmt | ast.expr) -> str:
    return f"{file.relative_to(ROOT)}:{node.lineno}"


def imported(file: Path) -> Iterator[str]:
    """The absolute names of the modules that a file imports, wherever in the file it does."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def kept_files() -> list[Path]:
    """What git tracks or would track."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]
