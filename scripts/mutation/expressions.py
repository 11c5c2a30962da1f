"""What a mutant does to an expression: another operator or value, an operand, argument, element or condition less."""

import ast
from collections.abc import Callable, Iterator
from typing import Any

from mutation.calls import calls
from mutation.statements import Change

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


def _became(node: ast.expr, other: ast.expr) -> Change:
    return f"`{ast.unparse(node)}` is `{ast.unparse(other)}`", other


def _compared(node: ast.Compare) -> Iterator[Change]:
    for at, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            yield _became(
                node, ast.Compare(node.left, [*node.ops[:at], other(), *node.ops[at + 1 :]], node.comparators)
            )


def _joined(node: ast.BoolOp) -> Iterator[Change]:
    yield _became(node, ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
    for at, each in enumerate(node.values):
        rest = [*node.values[:at], *node.values[at + 1 :]]
        yield f"no `{ast.unparse(each)}` in the condition", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _reckoned(node: ast.BinOp) -> Iterator[Change]:
    if type(node.op) in OPERATORS:
        yield _became(node, ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right))
    if isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Add | ast.Sub):
        yield _became(node, node.left)


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    yield _became(node, node.operand)


def _chosen(node: ast.IfExp) -> Iterator[Change]:
    yield f"always `{ast.unparse(node.body)}`", node.body
    yield f"always `{ast.unparse(node.orelse)}`", node.orelse


def _constant(node: ast.Constant) -> Iterator[Change]:
    match node.value:
        case bool() as value:
            yield _became(node, ast.Constant(not value))
        case int() as value:
            yield _became(node, ast.Constant(value + 1))
        case str() as value:
            yield _became(node, ast.Constant(f"XX{value}XX"))
        case None:
            yield _became(node, ast.Constant("XX"))
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


def _filtered(node: ast.comprehension) -> Iterator[Change]:
    for at, each in enumerate(node.ifs):
        rest = [*node.ifs[:at], *node.ifs[at + 1 :]]
        yield f"not only `if {ast.unparse(each)}`", ast.comprehension(node.target, node.iter, rest, node.is_async)


def _composed(node: ast.JoinedStr) -> Iterator[Change]:
    yield f"`{ast.unparse(node)}` is empty", ast.Constant("")


EXPRESSIONS: dict[type[ast.AST], Callable[[Any], Iterator[Change]]] = {
    ast.Call: calls,
    ast.Compare: _compared,
    ast.BoolOp: _joined,
    ast.BinOp: _reckoned,
    ast.UnaryOp: _unary,
    ast.IfExp: _chosen,
    ast.Constant: _constant,
    ast.Tuple: _elements,
    ast.List: _elements,
    ast.Set: _elements,
    ast.Dict: _entries,
    ast.Lambda: _lambda,
    ast.comprehension: _filtered,
    ast.JoinedStr: _composed,
}
