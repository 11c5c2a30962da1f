"""What may not stand in Python here: SQL anywhere; the clock, chance and the environment in the domain."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from architecture.source import SRC, at, imported, parsed, python_files

SQL = re.compile(
    r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|MERGE|COPY|LOCK|TRUNCATE|CREATE|ALTER|DROP|GRANT|REVOKE|DO)\s"
)
CLOCKS = frozenset({"now", "today", "utcnow", "time", "time_ns", "monotonic", "localtime", "gmtime"})
CHANCE = frozenset(
    {"uuid1", "uuid4", "uuid6", "uuid7", "urandom", "token_hex", "token_bytes", "getrandbits", "randbytes"}
)
ENVIRONMENT = frozenset({"environ", "getenv"})
SEAMS = (SRC / "domain" / "register",)
"""They wait, and draw new ids."""


def sql_in(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            yield node


def impure_in(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call | ast.Name | ast.Attribute) and impure(node):
            yield node


def impure(node: ast.Call | ast.Name | ast.Attribute) -> bool:
    match node:
        case ast.Call(func=called):
            return last_name(called) in CLOCKS | CHANCE
        case name:
            return last_name(name) in ENVIRONMENT


def last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def places(files: list[Path], found_in: Callable[[ast.AST], Iterator[ast.expr]]) -> list[str]:
    return [at(file, node) for file in files for node in found_in(parsed(file))]


def pure_files() -> list[Path]:
    seams = tuple(f"{seam}{end}" for seam in SEAMS for end in ("/", ".py"))
    return [file for file in python_files(SRC / "domain") if not str(file).startswith(seams)]


def test_nothing_is_cached_under_a_lock_of_all_threads() -> None:
    """`functools.cached_property` holds one for all objects on Python 3.11, while it reads from the database."""
    found = [str(file) for file in python_files() for name in imported(file) if name == "functools.cached_property"]
    assert found == []


def test_sql_stands_in_sql_files_only() -> None:
    assert places(python_files(), sql_in) == []


def test_the_domain_asks_no_clock_no_chance_and_no_environment() -> None:
    assert pure_files()
    assert places(pure_files(), impure_in) == []


@pytest.mark.parametrize("code", ['"SELECT 1"', 'f"INSERT INTO {t} VALUES (1)"', 'x = """\n  WITH a AS (SELECT 1)"""'])
def test_sql_would_be_found(code: str) -> None:
    assert list(sql_in(ast.parse(code)))


@pytest.mark.parametrize("code", ["date.today()", "datetime.now(UTC)", "uuid4()", "uuid.uuid4()", "os.environ['A']"])
def test_an_impure_expression_would_be_found(code: str) -> None:
    assert list(impure_in(ast.parse(code)))


def test_reading_the_day_that_a_decision_was_given_is_pure() -> None:
    assert list(impure_in(ast.parse("given.today"))) == []
