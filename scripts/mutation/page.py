"""docs/mutation-testing.md: the score of every module, and every survivor with its reason."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from mutation.reasons import reasons
from mutation.verdicts import Verdict, Verdicts

HEAD = """# Mutation testing of the domain

A mutant is `src/domain` with one small change: a rule left out, a comparison moved to its boundary, an argument, an
entry or a condition less. The tests in `{tests}` must notice it. `make mutants` writes this page, and fails
below {least} % and for a survivor without a reason; what is changed, what is left alone and why is decided
in [0018](decisions/0018-mutants-of-the-domain.md).

**{killed} of {all} mutants are noticed: {score} %.** The other {survived} are named below, with reasons{without}.
{missing}
| module | mutants | noticed | score |
|---|---:|---:|---:|
"""


MISSING = """
**{missing} more are not judged yet**, in the text that their modules have now (`make mutants MUTANTS=--again` does).
"""


def page(verdicts: Mapping[str, Verdict], missing: int, tests: str, least: float) -> str:
    survivors = [name for name, verdict in verdicts.items() if verdict.survived]
    without = len([name for name in survivors if name not in reasons()])
    head = HEAD.format(
        tests=tests,
        least=f"{least:g}",
        killed=len(verdicts) - len(survivors),
        all=len(verdicts),
        score=score(verdicts),
        survived=len(survivors),
        without=f" but for {without} that have none yet" if without else "",
        missing=MISSING.format(missing=missing) if missing else "",
    )
    return head + _modules(verdicts) + "\n## What survives, and why\n" + _survivors(survivors)


def score(verdicts: Mapping[str, Verdict]) -> str:
    """Per cent, rounded down: 95.0 is never said of less."""
    survived = sum(verdict.survived for verdict in verdicts.values())
    return f"{int(1000 * (len(verdicts) - survived) / (len(verdicts) or 1)) / 10:.1f}"


def _modules(verdicts: Mapping[str, Verdict]) -> str:
    rows = []
    for file, each in sorted(_by_file(verdicts).items()):
        survived = sum(verdicts[name].survived for name in each)
        of_it = {name: verdicts[name] for name in each}
        rows.append(f"| `src/{file}` | {len(each)} | {len(each) - survived} | {score(of_it)} % |\n")
    return "".join(rows)


def _survivors(survivors: Iterable[str]) -> str:
    known, told = reasons(), []
    for file, names in sorted(_by_file(survivors).items()):
        told.append(f"\n### `src/{file}`\n\n")
        grouped: dict[str, list[str]] = defaultdict(list)
        for name in names:
            grouped[known.get(name, "**no reason yet**")].append(name.partition(" · ")[2])
        for why, mutants in grouped.items():
            told += [f"- {mutant}\n" for mutant in mutants] + [f"\n  {why[0].upper()}{why[1:]}.\n\n"]
    return "".join(told).replace("\n\n\n", "\n\n").rstrip("\n") + "\n"


def _by_file(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[name.partition(" · ")[0]].append(name)
    return found


def write(file: Path, verdicts: Verdicts, tests: str, least: float) -> None:
    file.write_text(page(verdicts.now, verdicts.missing, tests, least), encoding="utf-8")
