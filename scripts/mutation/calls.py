"""What a mutant does to a call: an argument less, the opposite function, or what it was given instead of its result."""

import ast
from collections.abc import Iterator

from mutation.statements import Change

PAIRS = (
    ("any", "all"),
    ("min", "max"),
    ("issubset", "issuperset"),
    ("intersection", "union"),
    ("lower", "upper"),
    ("startswith", "endswith"),
    ("partition", "rpartition"),
    ("removeprefix", "removesuffix"),
    ("find", "rfind"),
    ("lstrip", "rstrip"),
)
OPPOSITES = dict(PAIRS) | {right: left for left, right in PAIRS}
TRANSPARENT = {"sorted", "reversed", "abs", "plain", "fromkeys"}
SPELT = {"slots"}
OF_TEXT = {"lower", "upper", "strip", "casefold"}


def calls(node: ast.Call) -> Iterator[Change]:
    yield from _an_argument_less(node)
    yield from _the_opposite(node)
    yield from _what_it_was_given(node)


def name(node: ast.Call) -> str:
    """The last word of what is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _an_argument_less(node: ast.Call) -> Iterator[Change]:
    called = ast.unparse(node.func)
    for at, keyword in enumerate(node.keywords):
        if keyword.arg in SPELT:
            continue
        rest = [*node.keywords[:at], *node.keywords[at + 1 :]]
        given = f"{keyword.arg}=" if keyword.arg else "**"
        yield f"`{called}` without `{given}{ast.unparse(keyword.value)}`", ast.Call(node.func, node.args, rest)
    if len(node.args) + len(node.keywords) > 1:
        for at, argument in enumerate(node.args):
            if at == 0 and _is_a_refusal(node):
                continue
            rest_of_them = [*node.args[:at], *node.args[at + 1 :]]
            yield f"`{called}` without `{ast.unparse(argument)}`", ast.Call(node.func, rest_of_them, node.keywords)


def _is_a_refusal(node: ast.Call) -> bool:
    """A class, called with its sentence."""
    return name(node)[:1].isupper() and isinstance(node.args[0], ast.JoinedStr | ast.Constant)


def _the_opposite(node: ast.Call) -> Iterator[Change]:
    other = OPPOSITES.get(name(node))
    if other is None:
        return
    func: ast.expr = ast.Name(other, ast.Load())
    if isinstance(node.func, ast.Attribute):
        func = ast.Attribute(node.func.value, other, ast.Load())
    yield f"`{ast.unparse(node)}` by `{other}`", ast.Call(func, node.args, node.keywords)


def _what_it_was_given(node: ast.Call) -> Iterator[Change]:
    if name(node) in TRANSPARENT and node.args:
        yield f"`{ast.unparse(node.args[0])}` instead of `{ast.unparse(node)}`", node.args[0]
    if isinstance(node.func, ast.Attribute) and node.func.attr in OF_TEXT and not node.args:
        yield f"`{ast.unparse(node.func.value)}` instead of `{ast.unparse(node)}`", node.func.value
