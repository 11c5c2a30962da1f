"""`make mutants`: change src/domain in small ways, one at a time, and see whether a test of the domain notices."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import hypothesis
import pytest
from mutation import page
from mutation.hunting import Hunt
from mutation.importing import Imports, prepare
from mutation.mutants import Module
from mutation.reasons import out_of_date, unexplained
from mutation.settings import CACHE, PAGE, ROOT, SRC, Settings, settings
from mutation.verdicts import Verdicts, write

VERDICTS = CACHE / "verdicts.json"
AT_A_TIME = len(os.sched_getaffinity(0))
AT_ONCE = (hypothesis.Phase.explicit, hypothesis.Phase.generate)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "paths", nargs="*", help="files or folders of src/domain; without any, all, and the page is written"
    )
    parser.add_argument(
        "--again", action="store_true", help="judge only what survived without a reason, or is in a text that is new"
    )
    parser.add_argument("--page", action="store_true", help="judge nothing; write the page from the last verdicts")
    asked = parser.parse_args()
    os.chdir(ROOT)
    chosen = settings()
    modules = [Module(file, str(file.relative_to(SRC))) for file in chosen.files(asked.paths)]
    verdicts = kept(modules) if asked.page else judged(modules, chosen, asked.again)
    if not asked.paths:
        page.write(PAGE, verdicts, chosen.tests, chosen.least)
    sys.exit(told(verdicts, chosen))


def kept(modules: Sequence[Module]) -> Verdicts:
    verdicts = Verdicts(VERDICTS)
    mutants = [mutant for module in modules for mutant in module.mutants()]
    verdicts.now = {mutant.name: verdicts.before[mutant.name] for mutant in mutants if verdicts.holds(mutant)}
    verdicts.missing = len(mutants) - len(verdicts.now)
    return verdicts


def judged(modules: Sequence[Module], chosen: Settings, again: bool) -> Verdicts:
    prepare(CACHE / "bytecode")
    hypothesis.settings.register_profile(
        "mutants", deadline=None, derandomize=True, database=None, phases=AT_ONCE, report_multiple_bugs=False
    )
    hypothesis.settings.load_profile("mutants")
    shares = [Share(at, modules[at::AT_A_TIME], chosen) for at in range(AT_A_TIME)]
    verdicts = Verdicts(VERDICTS, again)
    for work in (Share.in_functions, Share.imported):
        at_once(partial(work, share, verdicts) for share in shares)
        for share in shares:
            verdicts.take(share.found)
        verdicts.keep()
    return verdicts


def at_once(works: Iterable[Callable[[], int]]) -> None:
    """Each in a process of its own: this one must not have imported what is mutated."""
    children = []
    for work in works:
        children.append(os.fork())
        if children[-1] == 0:
            os._exit(work())
    ends = [os.waitpid(child, 0)[1] for child in children]
    if any(ends):
        sys.exit("The tests fail as they are, or the search does: see above.")


@dataclass(frozen=True)
class Share:
    """What one process judges; `found` and `watched` are its files."""

    at: int
    modules: Sequence[Module]
    chosen: Settings

    @property
    def found(self) -> Path:
        return CACHE / f"verdicts-{self.at}.json"

    @property
    def watched(self) -> Path:
        return CACHE / f"watched-{self.at}.json"

    def in_functions(self, verdicts: Verdicts) -> int:
        hunt = Hunt(SRC / "domain", self.modules, verdicts, say, partial(write, self.found, verdicts.now))
        hunt.watch.begin()
        status = pytest.main([*self.chosen.pytest, self.chosen.tests], plugins=[hunt])
        hunt.watch.write(self.watched, [item.nodeid.partition("::")[0] for item in hunt.items])
        write(self.found, verdicts.now)
        return int(status)

    def imported(self, verdicts: Verdicts) -> int:
        imports = Imports(self.chosen.pytest, Path(self.chosen.tests), self.watched)
        for module in self.modules:
            say(f"{module.file}, what is imported")
            for mutant in module.mutants():
                if not verdicts.known(mutant):
                    verdicts.tell(mutant, imports.judged(module, mutant, verdicts.killer(mutant)))
                    if verdicts.now[mutant.name].survived:
                        say(f"survives: {mutant.name}")
            write(self.found, verdicts.now)
        return 0


def say(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, flush=True)


def told(verdicts: Verdicts, chosen: Settings) -> int:
    """Prints what is wrong, and the score; 1 where something is."""
    survivors = [name for name, verdict in verdicts.now.items() if verdict.survived]
    without, stale = unexplained(survivors), out_of_date(survivors, verdicts.now)
    for name in without:
        print(f"survives without a reason: {name} ({verdicts.now[name].by})")
    for name in stale:
        print(f"a reason for what does not survive: {name}")
    score = page.score(verdicts.now)
    print(f"{len(verdicts.now) - len(survivors)} of {len(verdicts.now)} mutants are noticed: {score} %")
    if verdicts.missing:
        print(f"{verdicts.missing} have not been judged yet: --again judges them")
    return int(bool(without or stale or verdicts.missing) or float(score) < chosen.least)


if __name__ == "__main__":
    main()
