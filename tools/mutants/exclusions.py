"""What no mutant touches: imports, types, sentences, and what only says how a value is kept or spelt (0018)."""

import ast
from collections.abc import Iterator

from tools.mutants.expressions import called_name


def excluded_nodes(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if _is_excluded(node):
            yield node
        yield from _inside(node)


def _is_excluded(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.pattern() | ast.keyword(arg="slots"):
            return True
        case ast.Expr(value=ast.Constant()) | ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Expr(value=ast.Call() as call) | ast.Assign(value=ast.Call() as call):
            return called_name(call) in {"TypeVar", "assert_never"}
        case ast.Assign(targets=[ast.Name(id="__all__" | "msg")]) | ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case _:
            return False


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Raise(exc=ast.Call()) | ast.Yield():
            yield from filter(_is_wording, ast.walk(node))
        case ast.Call(func=ast.Name(id="cast"), args=[kind, *_]):
            yield kind
        case ast.JoinedStr():
            yield from (each for each in node.values if isinstance(each, ast.Constant))
        case ast.FormattedValue(format_spec=ast.JoinedStr() as spelt):
            yield spelt
        case ast.Dict():
            yield from (key for key in node.keys if isinstance(key, ast.Constant))
        case ast.Compare(ops=[ast.Is() | ast.IsNot()]):
            yield from (each for each in node.comparators if isinstance(each, ast.Constant))
        case _:
            return


def _is_wording(node: ast.AST) -> bool:
    """What a refusal or a fault tells a person: its wording is free."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and " " in node.value
    return isinstance(node, ast.JoinedStr)
