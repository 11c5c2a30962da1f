"""Which facts and refusals a command can lead to: read from the code of its handler, and all that this calls."""

from collections.abc import Iterator
from inspect import isclass, isfunction, ismodule
from types import CodeType, FunctionType

from domain.catalogue import BY_COMMAND
from domain.shared.commands import Command
from domain.shared.facts import Fact
from domain.shared.refusals import Refusal


def possible_outcomes(command: type[Command]) -> set[type]:
    """The facts and refusals that the handler of a command names, directly or through what it calls."""
    found: set[type] = set()
    handler = BY_COMMAND[command].handler
    pending: list[FunctionType] = [handler] if isfunction(handler) else []
    seen: set[object] = set()
    while pending:
        function = pending.pop()
        if function not in seen:
            seen.add(function)
            named = list(_named(function))
            pending += [each for each in named if isfunction(each) and each.__module__.startswith("domain.")]
            pending += [method for each in named if isclass(each) for method in _of_a_handler(each)]
            found |= {each for each in named if isclass(each) and issubclass(each, Fact | Refusal)}
    return found


def _of_a_handler(named: type) -> Iterator[FunctionType]:
    """The methods of what a handler makes for itself, such as a correction that says what follows from it."""
    if named.__module__.startswith(("domain.handlers.", "domain.correction.")):
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
