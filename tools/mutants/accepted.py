"""Why a mutant may survive: said by a person in `accepted.toml`, beside the mutant's name."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("accepted.toml")


@cache
def accepted() -> dict[str, str]:
    """The reason by the mutant's name."""
    groups = tomllib.loads(FILE.read_text(encoding="utf-8")).get("because", [])
    return {f"{group['file']} · {what}": group["why"] for group in groups for what in group["mutants"]}


def unexplained(survivors: Iterable[str]) -> list[str]:
    return [name for name in survivors if name not in accepted()]


def out_of_date(survivors: Iterable[str], judged: Iterable[str]) -> list[str]:
    """Reasons for what does not survive any more, or is not there, in the files that were judged."""
    files = {name.partition(" · ")[0] for name in judged}
    still = set(survivors)
    return [name for name in accepted() if name not in still and name.partition(" · ")[0] in files]
