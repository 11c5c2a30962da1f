"""`make mutants`: change src/domain in small ways, one at a time, and see whether a test of the domain notices.

Without paths, the modules that differ from `main` are judged, or on `main` those that differ from the commit before
it. Prints every survivor that has no accepted reason, and the score; exits with 1 where one is left, an
accepted reason is out of date, or the score is below the least that `pyproject.toml` allows.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import hypothesis
import pytest

from tools.mutants.accepted import out_of_date, unexplained
from tools.mutants.import_time import ImportTimeJudge, preload
from tools.mutants.live_functions import LiveFunctionJudge
from tools.mutants.module import Module
from tools.mutants.settings import CACHE, ROOT, SRC, Settings, settings
from tools.mutants.verdicts import Verdict, Verdicts, write

PROCESSES = len(os.sched_getaffinity(0))
PHASES = (hypothesis.Phase.explicit, hypothesis.Phase.generate)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("paths", nargs="*", help="files or folders of src/domain")
    parser.add_argument("--all", action="store_true", help="all of src/domain: about an hour on two processors")
    parser.add_argument("--since", metavar="REVISION", help="the modules that differ from this commit")
    parser.add_argument("--resume", action="store_true", help="skip what the last run noticed in the same text")
    options = parser.parse_args()
    os.chdir(ROOT)
    chosen = settings()
    files = chosen.files(options.paths or chosen.paths)
    if not (options.all or options.paths):
        changed = changed_files(options.since or base_revision())
        files = [file for file in files if file in changed]
    if not files:
        sys.exit("No module of src/domain differs: name a file, or say --all.")
    verdicts = judge([Module(file, str(file.relative_to(SRC))) for file in files], chosen, options.resume)
    sys.exit(report(verdicts.now, chosen.least))


def base_revision() -> str:
    return "HEAD~1" if _git("rev-parse", "--abbrev-ref", "HEAD") == ["main"] else "main"


def changed_files(revision: str) -> set[Path]:
    """Those that differ from where the work parted from `revision`, or are new, committed or not."""
    [base] = _git("merge-base", "HEAD", revision)
    new = _git("ls-files", "--others", "--exclude-standard")
    return {ROOT / file for file in [*_git("diff", "--name-only", base), *new]}


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607
    return done.stdout.splitlines()


def judge(modules: Sequence[Module], chosen: Settings, resume: bool) -> Verdicts:
    preload(CACHE / "bytecode")
    hypothesis.settings.register_profile(
        "mutants", deadline=None, derandomize=True, database=None, phases=PHASES, report_multiple_bugs=False
    )
    hypothesis.settings.load_profile("mutants")
    shares = [Share(number, modules[number::PROCESSES], chosen) for number in range(PROCESSES)]
    shares = [share for share in shares if share.modules]
    verdicts = Verdicts(CACHE / "verdicts.json", resume)
    for work in (Share.judge_live_functions, Share.judge_import_time):
        in_parallel(partial(work, share, verdicts) for share in shares)
        for share in shares:
            verdicts.merge(share.verdicts_file)
        verdicts.save()
    return verdicts


def in_parallel(works: Iterable[Callable[[], int]]) -> None:
    """Each in a process of its own: this one must not have imported what is mutated."""
    children = []
    for work in works:
        children.append(os.fork())
        if children[-1] == 0:
            os._exit(work())
    statuses = [os.waitpid(child, 0)[1] for child in children]
    if any(statuses):
        sys.exit("The tests fail as they are, or the search does: see above.")


@dataclass(frozen=True)
class Share:
    """The modules that one process judges, and its files in the cache."""

    number: int
    modules: Sequence[Module]
    chosen: Settings

    @property
    def verdicts_file(self) -> Path:
        return CACHE / f"verdicts-{self.number}.json"

    @property
    def coverage_file(self) -> Path:
        return CACHE / f"coverage-{self.number}.json"

    def judge_live_functions(self, verdicts: Verdicts) -> int:
        save = partial(write, self.verdicts_file, verdicts.now)
        judge = LiveFunctionJudge(SRC / "domain", self.modules, verdicts, say, save)
        judge.coverage.start()
        status = pytest.main([*self.chosen.pytest, self.chosen.tests], plugins=[judge])
        judge.coverage.write(self.coverage_file, [item.nodeid.partition("::")[0] for item in judge.items])
        write(self.verdicts_file, verdicts.now)
        return int(status)

    def judge_import_time(self, verdicts: Verdicts) -> int:
        judge = ImportTimeJudge(self.chosen.pytest, Path(self.chosen.tests), self.coverage_file)
        for module in self.modules:
            say(f"{module.file}, what runs while it is imported")
            for mutant in module.mutants():
                if not verdicts.is_settled(mutant):
                    verdicts.record(mutant, judge.verdict(module, mutant, verdicts.last_killer(mutant)))
                    if verdicts.now[mutant.name].survived:
                        say(f"survives: {mutant.name}")
            write(self.verdicts_file, verdicts.now)
        return 0


def say(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, flush=True)


def report(verdicts: Mapping[str, Verdict], least: float) -> int:
    """Prints what needs a test or a reason, and the score; gives the exit status."""
    survivors = [name for name, verdict in verdicts.items() if verdict.survived]
    open_survivors, stale = unexplained(survivors), out_of_date(survivors, verdicts)
    for name in open_survivors:
        print(f"survives without a reason: {name} ({verdicts[name].by})")
    for name in stale:
        print(f"a reason for what does not survive: {name}")
    percent = int(1000 * (len(verdicts) - len(survivors)) / (len(verdicts) or 1)) / 10  # rounded down
    print(f"{len(verdicts) - len(survivors)} of {len(verdicts)} mutants are noticed: {percent:.1f} %")
    return int(bool(open_survivors or stale) or percent < least)


if __name__ == "__main__":
    main()
