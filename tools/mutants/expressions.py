"""What a mutant does to an expression: another operator or value, an operand, argument, element or condition less."""

import ast
from collections.abc import Callable, Iterator
from typing import Any

from tools.mutants.statements import Change

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Div: ast.Mult,
}
SWAPPED = (
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
OPPOSITES = dict(SWAPPED) | {right: left for left, right in SWAPPED}
RETURNS_ITS_ARGUMENT_ALIKE = {"sorted", "reversed", "abs", "plain", "fromkeys"}
WITHOUT_EFFECT = {"slots"}
TEXT_METHODS = {"lower", "upper", "strip", "casefold"}


def _replaced(node: ast.expr, other: ast.expr) -> Change:
    return f"`{ast.unparse(node)}` is `{ast.unparse(other)}`", other


def _comparison(node: ast.Compare) -> Iterator[Change]:
    for at, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            yield _replaced(
                node, ast.Compare(node.left, [*node.ops[:at], other(), *node.ops[at + 1 :]], node.comparators)
            )


def _boolean(node: ast.BoolOp) -> Iterator[Change]:
    yield _replaced(node, ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
    for at, each in enumerate(node.values):
        rest = [*node.values[:at], *node.values[at + 1 :]]
        yield f"no `{ast.unparse(each)}` in the condition", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _arithmetic(node: ast.BinOp) -> Iterator[Change]:
    if type(node.op) in OPERATORS:
        yield _replaced(node, ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right))
    if isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Add | ast.Sub):
        yield _replaced(node, node.left)


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    yield _replaced(node, node.operand)


def _conditional(node: ast.IfExp) -> Iterator[Change]:
    yield f"always `{ast.unparse(node.body)}`", node.body
    yield f"always `{ast.unparse(node.orelse)}`", node.orelse


def _constant(node: ast.Constant) -> Iterator[Change]:
    match node.value:
        case bool() as value:
            yield _replaced(node, ast.Constant(not value))
        case int() as value:
            yield _replaced(node, ast.Constant(value + 1))
        case str() as value:
            yield _replaced(node, ast.Constant(f"XX{value}XX"))
        case None:
            yield _replaced(node, ast.Constant("XX"))
        case _:
            return


def _elements(node: ast.Tuple | ast.List | ast.Set) -> Iterator[Change]:
    if isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        for at, each in enumerate(node.elts):
            if isinstance(each, ast.JoinedStr):
                continue
            rest = [*node.elts[:at], *node.elts[at + 1 :]]
            yield f"no `{ast.unparse(each)}` among `{_short(node)}`", _collection(node, rest)


def _collection(node: ast.Tuple | ast.List | ast.Set, elements: list[ast.expr]) -> ast.expr:
    if isinstance(node, ast.Set):
        return ast.Set(elements or [ast.Starred(ast.Tuple([], ast.Load()), ast.Load())])
    return type(node)(elements, ast.Load())


def _short(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


LONGEST = 60


def _entries(node: ast.Dict) -> Iterator[Change]:
    for at, key in enumerate(node.keys):
        rest = ast.Dict([*node.keys[:at], *node.keys[at + 1 :]], [*node.values[:at], *node.values[at + 1 :]])
        yield f"no entry `{ast.unparse(key or node.values[at])}`", rest


def _lambda(node: ast.Lambda) -> Iterator[Change]:
    yield f"`{ast.unparse(node)}` gives None", ast.Lambda(node.args, ast.Constant(None))


def _comprehension_filters(node: ast.comprehension) -> Iterator[Change]:
    for at, each in enumerate(node.ifs):
        rest = [*node.ifs[:at], *node.ifs[at + 1 :]]
        yield f"not only `if {ast.unparse(each)}`", ast.comprehension(node.target, node.iter, rest, node.is_async)


def _formatted_text(node: ast.JoinedStr) -> Iterator[Change]:
    yield f"`{ast.unparse(node)}` is empty", ast.Constant("")


def _call(node: ast.Call) -> Iterator[Change]:
    yield from _without_an_argument(node)
    yield from _swapped_function(node)
    yield from _argument_instead_of_result(node)


def called_name(node: ast.Call) -> str:
    """The last word of what is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _without_an_argument(node: ast.Call) -> Iterator[Change]:
    called = ast.unparse(node.func)
    for at, keyword in enumerate(node.keywords):
        if keyword.arg in WITHOUT_EFFECT:
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
    return called_name(node)[:1].isupper() and isinstance(node.args[0], ast.JoinedStr | ast.Constant)


def _swapped_function(node: ast.Call) -> Iterator[Change]:
    other = OPPOSITES.get(called_name(node))
    if other is None:
        return
    func: ast.expr = ast.Name(other, ast.Load())
    if isinstance(node.func, ast.Attribute):
        func = ast.Attribute(node.func.value, other, ast.Load())
    yield f"`{ast.unparse(node)}` by `{other}`", ast.Call(func, node.args, node.keywords)


def _argument_instead_of_result(node: ast.Call) -> Iterator[Change]:
    if called_name(node) in RETURNS_ITS_ARGUMENT_ALIKE and node.args:
        yield f"`{ast.unparse(node.args[0])}` instead of `{ast.unparse(node)}`", node.args[0]
    if isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_METHODS and not node.args:
        yield f"`{ast.unparse(node.func.value)}` instead of `{ast.unparse(node)}`", node.func.value


EXPRESSIONS: dict[type[ast.AST], Callable[[Any], Iterator[Change]]] = {
    ast.Call: _call,
    ast.Compare: _comparison,
    ast.BoolOp: _boolean,
    ast.BinOp: _arithmetic,
    ast.UnaryOp: _unary,
    ast.IfExp: _conditional,
    ast.Constant: _constant,
    ast.Tuple: _elements,
    ast.List: _elements,
    ast.Set: _elements,
    ast.Dict: _entries,
    ast.Lambda: _lambda,
    ast.comprehension: _comprehension_filters,
    ast.JoinedStr: _formatted_text,
}
