"""What a mutant does to a statement: it is left out, or its condition is decided beforehand."""

import ast
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

Change: TypeAlias = tuple[str, ast.AST]
"""In words, and what stands there instead."""


def _text(node: ast.AST) -> str:
    return ast.unparse(node).split("\n", maxsplit=1)[0]


def _left_out(node: ast.stmt) -> Iterator[Change]:
    yield f"without `{_text(node)}`", ast.Pass()


def _expression_statement(node: ast.Expr) -> Iterator[Change]:
    if not isinstance(node.value, ast.Constant):
        yield from _left_out(node)


def _return(node: ast.Return) -> Iterator[Change]:
    if node.value is None:
        yield from _left_out(node)
    elif not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield f"`{_text(node)}` gives None", ast.Return(ast.Constant(None))


def _assignment(node: ast.Assign) -> Iterator[Change]:
    if not all(isinstance(target, ast.Name) for target in node.targets):
        yield from _left_out(node)


def _condition(node: ast.If | ast.While) -> Iterator[Change]:
    for value in (True, False) if isinstance(node, ast.If) else (False,):
        yield f"`{_text(node.test)}` always {value}", type(node)(ast.Constant(value), node.body, node.orelse)


def _loop(node: ast.For) -> Iterator[Change]:
    yield (
        f"nothing in `{_text(node.iter)}`",
        ast.For(node.target, ast.Tuple([], ast.Load()), node.body, node.orelse),
    )


def _except_handler(node: ast.ExceptHandler) -> Iterator[Change]:
    caught = _text(node.type) if node.type else "everything"
    yield f"never catches `{caught}`", ast.ExceptHandler(ast.Tuple([], ast.Load()), node.name, node.body)


def _case(node: ast.match_case) -> Iterator[Change]:
    if node.guard is not None:
        yield f"case without `if {_text(node.guard)}`", ast.match_case(node.pattern, ast.Constant(True), node.body)
        yield f"no case `{_text(node.pattern)}`", ast.match_case(node.pattern, ast.Constant(False), node.body)
    elif not _is_catch_all(node.pattern):
        yield f"no case `{_text(node.pattern)}`", ast.match_case(node.pattern, ast.Constant(False), node.body)


def _is_catch_all(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def _decorators(node: ast.FunctionDef | ast.ClassDef) -> Iterator[Change]:
    for each in node.decorator_list:
        kept = [other for other in node.decorator_list if other is not each]
        fields = dict(ast.iter_fields(node)) | {"decorator_list": kept}
        yield f"without `@{_text(each)}`", type(node)(**fields)


STATEMENTS: dict[type[ast.AST], Callable[[Any], Iterator[Change]]] = {
    ast.Expr: _expression_statement,
    ast.Return: _return,
    ast.Assign: _assignment,
    ast.AugAssign: _left_out,
    ast.Delete: _left_out,
    ast.Raise: _left_out,
    ast.Continue: _left_out,
    ast.Break: _left_out,
    ast.If: _condition,
    ast.While: _condition,
    ast.For: _loop,
    ast.ExceptHandler: _except_handler,
    ast.match_case: _case,
    ast.FunctionDef: _decorators,
    ast.ClassDef: _decorators,
}
