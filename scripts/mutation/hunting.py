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

from mutation.forks import in_a_child
from mutation.mutants import Function, Module, Mutant
from mutation.verdicts import SURVIVED, Verdict, Verdicts
from mutation.watching import Key, Watch, key, run

Codes: TypeAlias = dict[Key, list[CodeType]]
CACHED = type(functools.cache(int))
UNREACHED = Verdict("no test calls it")


class Hunt:
    """Watches every test once, then runs for each mutant the tests that call its function, until one fails."""

    def __init__(
        self,
        room: Path,
        modules: Sequence[Module],
        verdicts: Verdicts,
        told: Callable[[str], None],
        keep: Callable[[], None],
    ) -> None:
        self.modules = modules
        self.verdicts = verdicts
        self.told = told
        self.keep = keep
        self.watch = Watch(room)
        self.kills: dict[str, Counter[int]] = defaultdict(Counter)
        self.failed = False
        self.items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.watch.collected()
        self.items = session.items

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self) -> bool:
        self.watch.each(self.items)
        if self.failed:
            raise pytest.UsageError("the tests fail without any mutant")
        self.live, self.caches = _live(self.watch.calls.room)
        for module in self.modules:
            self.told(module.file)
            for mutant in module.mutants():
                known = self.verdicts.known(mutant) or not mutant.functions
                verdict = None if known else self._judged(module, mutant)
                if verdict is not None:
                    self.verdicts.tell(mutant, verdict)
                    if verdict.survived:
                        self.told(f"survives: {mutant.name}")
            self.keep()
        return True

    def _judged(self, module: Module, mutant: Mutant) -> Verdict | None:
        """None for what cannot be replaced in a live function, or runs at import too and is noticed only there."""
        keys = [_key_of(str(module.path), function) for function in mutant.functions]
        codes = _by_key(module.code(mutant))
        if not all(self._replaceable(each, codes[each]) for each in keys):
            return None
        tests = self._in_order(mutant, self._callers(keys[-1]))
        verdict = self._heard(mutant, tests, keys, codes) if tests else UNREACHED
        return None if verdict.survived and self.watch.early.intersection(keys) else verdict

    def _heard(self, mutant: Mutant, tests: list[int], keys: list[Key], codes: Codes) -> Verdict:
        said = in_a_child(lambda: self._killer(tests, keys, codes))
        if said and said.isdigit():
            self.kills[mutant.file][int(said)] += 1
            said = self.items[int(said)].nodeid
        return Verdict.from_child(said)

    def _callers(self, function: Key) -> list[int]:
        """Where something is kept in a cache, only its first caller was seen to call: all that call around it count."""
        if not self._may_be_kept(function):
            return self.watch.callers[function]
        around = [tests for each, tests in self.watch.callers.items() if self._near(each) == self._near(function)]
        return sorted({at for tests in around for at in tests})

    def _near(self, function: Key) -> Path:
        path = Path(function[0])
        return path if path.parent == Path(self.watch.calls.room) else path.parent

    def _may_be_kept(self, function: Key) -> bool:
        packages = {_package(live.__module__) for live in self.live[function]}
        return not packages.isdisjoint(_package(cache.__module__) for cache in self.caches)

    def _replaceable(self, function: Key, codes: list[CodeType]) -> bool:
        if len(codes) != 1:
            return False
        return all(each.__code__.co_freevars == codes[0].co_freevars for each in self.live[function])

    def _in_order(self, mutant: Mutant, tests: list[int]) -> list[int]:
        """The test that killed it last time, those that killed its neighbours, then the quickest."""
        last, kills = self.verdicts.killer(mutant), self.kills[mutant.file]
        return sorted(tests, key=lambda at: (self.items[at].nodeid != last, -kills[at], self.watch.seconds[at]))

    def _killer(self, tests: list[int], keys: list[Key], codes: Codes) -> str:
        """In the child, which ends where a test takes far more of the processor's time than it did."""
        for each in keys:
            for function in self.live[each]:
                function.__code__ = codes[each][0]
        if self._may_be_kept(keys[0]):
            for cache in self.caches:
                cache.cache_clear()
        for at in tests:
            signal.setitimer(signal.ITIMER_PROF, 2 + 5 * self.watch.seconds[at])
            run(self.items[at])
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


def _live(room: str) -> tuple[dict[Key, list[FunctionType]], list[Any]]:
    functions: dict[Key, list[FunctionType]] = defaultdict(list)
    objects = gc.get_objects()
    for each in objects:
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(room):
            functions[key(each.__code__)].append(each)
    caches = [each for each in objects if isinstance(each, CACHED)]
    return functions, [each for each in caches if _package(each.__module__ or "").startswith("domain")]
