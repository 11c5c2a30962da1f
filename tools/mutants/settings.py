"""What is mutated, by which tests it is judged, and the least score: `[tool.mutants]` in pyproject.toml."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
CACHE = ROOT / ".cache" / "mutants"


@dataclass(frozen=True)
class Settings:
    """Paths from the top of the repository; `least` in per cent."""

    paths: tuple[str, ...]
    excluded: tuple[str, ...]
    tests: str
    least: float

    @property
    def pytest(self) -> list[str]:
        """Without the fixtures of the whole suite: no server, and nothing of the API is imported."""
        off = [word for plugin in ("randomly", "xdist", "anyio", "cacheprovider") for word in ("-p", f"no:{plugin}")]
        return ["-q", "--capture=no", "--confcutdir", self.tests, *off]

    def files(self, paths: Sequence[str]) -> list[Path]:
        places = [ROOT / path for path in paths]
        found = {file for place in places for file in ([place] if place.is_file() else place.rglob("*.py"))}
        excluded = [ROOT / path for path in self.excluded]
        return sorted(file for file in found if not any(file.is_relative_to(each) for each in excluded))


def settings() -> Settings:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"]
    return Settings(tuple(table["paths"]), tuple(table["excluded"]), table["tests"], float(table["least"]))
