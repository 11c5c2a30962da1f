"""What is mutated, by which tests it is judged, and the least score: `[tool.mutants]` in pyproject.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
CACHE = ROOT / ".cache" / "mutants"
PAGE = ROOT / "docs" / "mutation-testing.md"


@dataclass(frozen=True)
class Settings:
    """Paths from the top of the repository; `least` in per cent."""

    paths: tuple[str, ...]
    left_out: tuple[str, ...]
    tests: str
    least: float

    @property
    def pytest(self) -> list[str]:
        """Without the fixtures of the whole suite: no server, and nothing of the API is imported."""
        off = [word for plugin in ("randomly", "xdist", "anyio", "cacheprovider") for word in ("-p", f"no:{plugin}")]
        return ["-q", "--capture=no", "--confcutdir", self.tests, *off]

    def files(self, paths: list[str]) -> list[Path]:
        asked = [ROOT / path for path in paths or self.paths]
        found = {file for path in asked for file in ([path] if path.is_file() else path.rglob("*.py"))}
        left_out = [ROOT / path for path in self.left_out]
        return sorted(file for file in found if not any(file.is_relative_to(each) for each in left_out))


def settings() -> Settings:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"]
    return Settings(tuple(told["paths"]), tuple(told["left_out"]), told["tests"], float(told["least"]))
