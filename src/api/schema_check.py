"""`python -m api.schema_check`: the exported schema is the code's, and the code keeps what partners rely on.

`--write` exports the schema and writes the list of what is still missing; the list may only shrink.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from graphql import GraphQLSchema, build_schema

from api.contract import broken, missing, undescribed
from api.graphql.schema import build

ROOT = Path(__file__).resolve().parents[2]
EXPORT = ROOT / "schema.graphql"
MISSING = ROOT / "docs" / "contract-missing.txt"
CONTRACT = ROOT.parent / "shared" / "contract.graphql"


def exported() -> str:
    """The schema as partners see it."""
    return build().as_str() + "\n"


def faults(export: Path = EXPORT, contract: Path = CONTRACT, listed: Path = MISSING) -> Iterator[str]:
    """Everything that is wrong, one line each."""
    text = exported()
    if not export.exists() or export.read_text(encoding="utf-8") != text:
        yield "schema.graphql is not what the code exports: run `python -m api.schema_check --write`."
    if contract.exists():
        yield from _against(contract, build_schema(text), _lines(listed))
    yield from (f"{name} is missing anew: the list may only shrink." for name in sorted(_grown(listed)))


def _against(contract: Path, offered: GraphQLSchema, listed: set[str]) -> Iterator[str]:
    promised = build_schema(contract.read_text(encoding="utf-8"))
    lacking = set(missing(promised, offered))
    yield from (f"Breaks the contract: {change}" for change in broken(promised, offered))
    yield from (f"{name} has lost the contract's description." for name in undescribed(promised, offered))
    yield from (f"{name} is missing and not listed." for name in sorted(lacking - listed))
    yield from (f"{name} is listed as missing and is there." for name in sorted(listed - lacking))


def _lines(listed: Path) -> set[str]:
    text = listed.read_text(encoding="utf-8") if listed.exists() else ""
    return {line for line in text.splitlines() if line and not line.startswith("#")}


def _grown(listed: Path) -> set[str]:
    """What the list holds now and did not hold in the last commit; nothing where there is no commit to ask."""
    named = f"HEAD:{listed.relative_to(ROOT)}" if listed.is_relative_to(ROOT) else ""
    committed = ["git", "-c", "safe.directory=*", "show", named]
    try:
        found = subprocess.run(committed, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return set()
    return _lines(listed) - set(found.stdout.splitlines()) if named and found.returncode == 0 else set()


def write() -> None:
    """Export the schema, and list what is missing of the contract where it can be read."""
    EXPORT.write_text(exported(), encoding="utf-8")
    if CONTRACT.exists():
        lacking = missing(build_schema(CONTRACT.read_text(encoding="utf-8")), build_schema(exported()))
        MISSING.write_text("\n".join(lacking) + "\n", encoding="utf-8")


def main() -> int:
    """The exit status; says what was compared."""
    if sys.argv[1:] == ["--write"]:
        write()
    found = list(faults())
    sys.stderr.writelines(f"{fault}\n" for fault in found)
    compared = "and with the contract" if CONTRACT.exists() else "; the contract is not here, so it was not compared"
    if not found:
        sys.stdout.write(f"schema.graphql agrees with the code {compared}.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
