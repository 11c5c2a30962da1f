"""`make mutants` offers the changes that a careless hand would make, and leaves alone what tests should not pin."""

from pathlib import Path

import pytest
from tools.mutants.module import Module

RULE = '''
"""A rule of the domain."""

def closing_needs_evidence(item, day):
    if day < item.raised_on:
        raise OutOfOrder("A day before it was raised", field="day")
    evidence_is_accepted(item)
    return [Closed(item=item.id, on=day)]
'''


@pytest.fixture
def module(tmp_path: Path) -> Module:
    file = tmp_path / "rules.py"
    file.write_text(RULE, encoding="utf-8")
    return Module(file, "rules.py")


@pytest.mark.parametrize(
    "change",
    [
        "without `evidence_is_accepted(item)`",
        "`day < item.raised_on` always False",
        "`day < item.raised_on` is `day <= item.raised_on`",
        "`OutOfOrder` without `field='day'`",
        "`Closed` without `on=day`",
        "`return [Closed(item=item.id, on=day)]` gives None",
    ],
)
def test_a_rule_left_out_or_turned_at_its_boundary_is_a_mutant(module: Module, change: str) -> None:
    assert f"rules.py · closing_needs_evidence · {change}" in [mutant.name for mutant in module.mutants()]


def test_the_wording_of_a_refusal_is_left_alone(module: Module) -> None:
    assert not [mutant.name for mutant in module.mutants() if "A day before" in mutant.what]


def test_each_mutant_compiles_to_other_code_and_leaves_the_module_as_it_was(module: Module) -> None:
    before = module.code()
    for mutant in module.mutants():
        assert module.code(mutant).co_consts != before.co_consts, mutant.name
    assert module.code() == before
