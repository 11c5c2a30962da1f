"""Mutants of what runs while a module is imported: in each child everything of ours is imported anew."""

import importlib.abc
import importlib.machinery
import importlib.util
import json
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from _pytest.config import default_plugins
from holidays import country_holidays

from tools.mutants.child_process import run_in_child
from tools.mutants.module import Module, Mutant
from tools.mutants.verdicts import SURVIVED, Verdict

SECONDS = 120  # of the processor's time, for what takes some 20
IMPORTED_FIRST = ("domain.dispatch", "domain.event_names")


def preload(cache: Path) -> None:
    """What every child would load again; nothing of what is mutated."""
    sys.pycache_prefix, sys.dont_write_bytecode = str(cache), False
    for plugin in (*(f"_pytest.{name}" for name in default_plugins), "_hypothesis_pytestplugin", "holidays", "yaml"):
        importlib.import_module(plugin)
    country_holidays("GB", subdiv="ENG", years=2024)


class MutantLoader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self.code = code

    def get_code(self, fullname: str) -> CodeType:
        return self.code


class MutantFinder(importlib.abc.MetaPathFinder):
    """Gives one module as a mutant has it."""

    def __init__(self, module: Module, code: CodeType) -> None:
        parts = Path(module.file).with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self.loader = MutantLoader(self.name, str(module.path), code)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.loader.path, loader=self.loader)


class FirstFailure:
    """The first test, or file of tests, that failed."""

    def __init__(self) -> None:
        self.failed = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or (report.nodeid if report.failed else "")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.failed = self.failed or (f"{report.nodeid} cannot be collected" if report.failed else "")


class ImportTimeJudge:
    """Judges by whole files of tests, first those that call the most of the module or have killed its neighbours."""

    def __init__(self, arguments: Sequence[str], tests: Path, coverage: Path) -> None:
        """`tests` from where pytest is run, as it names them."""
        self.arguments = arguments
        self.files = sorted(str(file) for file in tests.glob("test_*.py"))
        self.calls: dict[str, dict[str, int]] = json.loads(coverage.read_text(encoding="utf-8"))
        self.kills: dict[str, Counter[str]] = defaultdict(Counter)

    def verdict(self, module: Module, mutant: Mutant, last: str) -> Verdict:
        """`last`: the test that killed it last time, whose file is asked first."""
        finder, files = MutantFinder(module, module.code(mutant)), self._in_order(module)
        files.sort(key=lambda file: Path(file).name != Path(last.partition("::")[0]).name)
        verdict = Verdict.from_child(run_in_child(partial(self._first_failing_test, finder, files)))
        if not verdict.survived:
            self.kills[module.file][verdict.by.partition("::")[0]] += 1
        return verdict

    def _in_order(self, module: Module) -> list[str]:
        here = self.calls.get(str(module.path), {})
        around: Counter[str] = Counter()
        for path, calls in self.calls.items():
            if Path(path).parent == module.path.parent:
                around.update(calls)
        kills, anywhere = self.kills[module.file], sum(self.kills.values(), Counter[str]())
        return sorted(self.files, key=lambda file: (-kills[file], -anywhere[file], -here.get(file, 0), -around[file]))

    def _first_failing_test(self, finder: MutantFinder, files: Sequence[str]) -> str:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        sys.meta_path.insert(0, finder)
        try:
            for name in IMPORTED_FIRST:
                importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - whatever importing raises, the mutant is noticed
            return f"importing raises {type(error).__name__}"
        for group in _growing_groups(files):
            first = FirstFailure()
            status = pytest.main([*self.arguments, "-x", *group], plugins=[first])
            if status != pytest.ExitCode.OK:
                return first.failed or f"pytest ends with {status}"
        return SURVIVED


def _growing_groups(files: Sequence[str]) -> Iterator[Sequence[str]]:
    """One file, two, four and so on: what is never run is not collected either."""
    start, many = 0, 1
    while start < len(files):
        yield files[start : start + many]
        start, many = start + many, 2 * many
