"""Why a mutant may survive: said by a person in `survivors.toml`, beside the mutant's name."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

REASONS = Path(__file__).with_name("survivors.toml")


def reasons() -> dict[str, str]:
    """By the mutant's name."""
    groups = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("because", [])
    return {f"{group['file']} · {what}": group["why"] for group in groups for what in group["mutants"]}


def unexplained(survivors: Iterable[str]) -> list[str]:
    known = reasons()
    return [name for name in survivors if name not in known]


def out_of_date(survivors: Iterable[str], judged: Iterable[str]) -> list[str]:
    """Reasons for what does not survive any more, or is not there, in the files that were judged."""
    files = {name.partition(" · ")[0] for name in judged}
    kept = set(survivors)
    return [name for name in reasons() if name not in kept and name.partition(" · ")[0] in files]
