"""Mutants inside functions: the tests are collected once, and in each child the code of live functions is replaced."""

import functools
import gc
import signal
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, TypeAlias

import pytest

from tools.mutants.call_coverage import CallCoverage, Key, key, run_test
from tools.mutants.child_process import run_in_child
from tools.mutants.module import Function, Module, Mutant
from tools.mutants.verdicts import SURVIVED, Verdict, Verdicts

Codes: TypeAlias = dict[Key, list[CodeType]]
CACHED = type(functools.cache(int))
UNREACHED = Verdict("no test calls it")


class LiveFunctionJudge:
    """Watches every test once, then runs for each mutant the tests that call its function, until one fails."""

    def __init__(
        self,
        package: Path,
        modules: Sequence[Module],
        verdicts: Verdicts,
        report: Callable[[str], None],
        save: Callable[[], None],
    ) -> None:
        self.modules = modules
        self.verdicts = verdicts
        self.report = report
        self.save = save
        self.coverage = CallCoverage(package)
        self.kills: dict[str, Counter[int]] = defaultdict(Counter)
        self.failed = False
        self.items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.coverage.collection_finished()
        self.items = session.items

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self) -> bool:
        self.coverage.run_all(self.items)
        if self.failed:
            raise pytest.UsageError("the tests fail without any mutant")
        self.live, self.caches = _live(self.coverage.recorder.package)
        for module in self.modules:
            self.report(module.file)
            for mutant in module.mutants():
                known = self.verdicts.is_settled(mutant) or not mutant.functions
                verdict = None if known else self._verdict(module, mutant)
                if verdict is not None:
                    self.verdicts.record(mutant, verdict)
                    if verdict.survived:
                        self.report(f"survives: {mutant.name}")
            self.save()
        return True

    def _verdict(self, module: Module, mutant: Mutant) -> Verdict | None:
        """None for what cannot be replaced in a live function, or runs at import too and is noticed only there."""
        keys = [_key_of(str(module.path), function) for function in mutant.functions]
        codes = _by_key(module.code(mutant))
        if not all(self._replaceable(each, codes[each]) for each in keys):
            return None
        tests = self._in_order(mutant, self._callers(keys[-1]))
        verdict = self._first_failure(mutant, tests, keys, codes) if tests else UNREACHED
        return None if verdict.survived and self.coverage.before_tests.intersection(keys) else verdict

    def _first_failure(self, mutant: Mutant, tests: list[int], keys: list[Key], codes: Codes) -> Verdict:
        answer = run_in_child(lambda: self._first_failing_test(tests, keys, codes))
        if answer and answer.isdigit():
            self.kills[mutant.file][int(answer)] += 1
            answer = self.items[int(answer)].nodeid
        return Verdict.from_child(answer)

    def _callers(self, function: Key) -> list[int]:
        """Where something is kept in a cache, only its first caller was seen to call: all that call around it count."""
        if not self._may_be_cached(function):
            return self.coverage.callers[function]
        folder = self._package_folder(function)
        callers = [tests for each, tests in self.coverage.callers.items() if self._package_folder(each) == folder]
        return sorted({number for tests in callers for number in tests})

    def _package_folder(self, function: Key) -> Path:
        path = Path(function[0])
        return path if path.parent == Path(self.coverage.recorder.package) else path.parent

    def _may_be_cached(self, function: Key) -> bool:
        packages = {_package(live.__module__) for live in self.live[function]}
        return not packages.isdisjoint(_package(cache.__module__) for cache in self.caches)

    def _replaceable(self, function: Key, codes: list[CodeType]) -> bool:
        if len(codes) != 1:
            return False
        return all(each.__code__.co_freevars == codes[0].co_freevars for each in self.live[function])

    def _in_order(self, mutant: Mutant, tests: list[int]) -> list[int]:
        """The test that killed it last time, those that killed its neighbours, then the quickest."""
        last, kills = self.verdicts.last_killer(mutant), self.kills[mutant.file]
        return sorted(tests, key=lambda at: (self.items[at].nodeid != last, -kills[at], self.coverage.seconds[at]))

    def _first_failing_test(self, tests: list[int], keys: list[Key], codes: Codes) -> str:
        """In the child, which ends where a test takes far more of the processor's time than it did."""
        for each in keys:
            for function in self.live[each]:
                function.__code__ = codes[each][0]
        if self._may_be_cached(keys[0]):
            for cache in self.caches:
                cache.cache_clear()
        for at in tests:
            signal.setitimer(signal.ITIMER_PROF, 2 + 5 * self.coverage.seconds[at])
            run_test(self.items[at])
            if self.failed:
                return str(at)
        return SURVIVED


def _package(module: str) -> str:
    return ".".join(module.split(".")[:2])


def _key_of(path: str, function: Function) -> Key:
    decorators = getattr(function, "decorator_list", ())
    return path, min([function.lineno, *(each.lineno for each in decorators)]), getattr(function, "name", "<lambda>")


def _by_key(code: CodeType) -> Codes:
    found: Codes = defaultdict(list)
    for each in _inside(code):
        found[key(each)].append(each)
    return found


def _inside(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inside(constant)


def _live(package: str) -> tuple[dict[Key, list[FunctionType]], list[Any]]:
    functions: dict[Key, list[FunctionType]] = defaultdict(list)
    objects = gc.get_objects()
    for each in objects:
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(package):
            functions[key(each.__code__)].append(each)
    caches = [each for each in objects if isinstance(each, CACHED)]
    return functions, [each for each in caches if _package(each.__module__ or "").startswith("domain")]
