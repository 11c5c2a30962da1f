"""Which facts and refusals a command can lead to: read from the code of its decision, and all that this calls."""

from collections.abc import Iterator
from inspect import isclass, isfunction, ismodule
from types import CodeType, FunctionType

from domain.authority import JUDGING, ON_ITS_LIFE, may_act, may_command
from domain.authority_rules import nobody_marks_their_own_homework
from domain.commands import Command
from domain.facts import Fact
from domain.lifecycle.commands import LifeCommand
from domain.lifecycle.decide import DECISIONS
from domain.lifecycle.decide import decide as decide_a_life
from domain.plans import PLANS
from domain.refusals import Refusal

CHOSEN_BY_COMMAND = {decide_a_life, may_act}
"""They look their answer up by the type of the command; what they look up is followed instead."""


def possible_outcomes(command: type[Command]) -> set[type]:
    """The facts and refusals that the decision of a command names, directly or through what it calls."""
    found: set[type] = set()
    pending: list[FunctionType] = list(_starts(command))
    seen: set[object] = {*CHOSEN_BY_COMMAND, may_command}
    while pending:
        function = pending.pop()
        if function not in seen:
            seen.add(function)
            named = list(_named(function))
            pending += [each for each in named if isfunction(each) and each.__module__.startswith("domain.")]
            pending += [method for each in named if isclass(each) for method in _of_a_plan(each)]
            found |= {each for each in named if isclass(each) and issubclass(each, Fact | Refusal)}
    return found


def _starts(command: type[Command]) -> Iterator[FunctionType]:
    starts: list[object] = [PLANS[command]]
    if issubclass(command, LifeCommand):
        starts += [DECISIONS[command], *ON_ITS_LIFE[command]]
    if command in JUDGING:
        starts.append(nobody_marks_their_own_homework)
    yield from (start for start in starts if isfunction(start))


def _of_a_plan(named: type) -> Iterator[FunctionType]:
    """The methods of what a plan makes for itself, such as a merger that says what moves with it."""
    if named.__module__.startswith("domain.plans."):
        yield from (each for each in vars(named).values() if isfunction(each))


def _named(function: FunctionType) -> Iterator[object]:
    """What a function names: globals, what hangs on a module of ours, and what it closes over."""
    names = {name for code in _codes(function.__code__) for name in code.co_names}
    values = [function.__globals__[name] for name in names if name in function.__globals__]
    yield from values
    for module in (each for each in values if ismodule(each) and each.__name__.startswith("domain.")):
        yield from (getattr(module, name) for name in names if hasattr(module, name))
    yield from (cell.cell_contents for cell in function.__closure__ or ())


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)
