"""What is read at once from rows is answered as graphql-core answers it value by value, errors and all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import strawberry
from graphql import execute_root_selection_set, parse
from graphql.execution.execute import assume_not_async_iterable, assume_not_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.http.executor import Executor
from api.http.row_budget import AnswerTooLarge, Size
from api.relay.scalars import configuration

DAY = date(2026, 3, 14)


@dataclass(slots=True)
class Row:
    count: Any = 1
    due_on: Any = DAY
    note: Any = "kept"

    @property
    def broken(self) -> str:
        raise LookupError("it is not there")


class Stranger:
    count = 2


@strawberry.interface
class Counted:
    count: int


@strawberry.type
class Inner(Counted):
    note: str | None = None


@strawberry.type
class Outer(Counted):
    due_on: date
    note: str | None
    broken: str | None

    @strawberry.field
    def inner(self) -> Inner:
        return Inner(count=7)

    @strawberry.field
    def twice(self, times: int = 2) -> int:
        return times * self.count

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, Row)


ROWS = [
    Row(),
    Row(note=None),
    Row(count=None),
    Row(count=2**40),
    Row(count="many"),
    Row(due_on="2026-03-14"),
    Row(note=5),
    None,
    Stranger(),
    LookupError("no row"),
]


@strawberry.type
class Query:
    @strawberry.field
    def perhaps(self, nth: int) -> list[Outer | None]:
        rows: Any = [Row(), ROWS[nth], Row()]
        return rows  # type: ignore[no-any-return]

    @strawberry.field
    def all_there(self, nth: int) -> list[Outer]:
        rows: Any = (Row(), ROWS[nth])
        return rows  # type: ignore[no-any-return]

    @strawberry.field
    def one(self, nth: int) -> Outer | None:
        row: Any = ROWS[nth]
        return row  # type: ignore[no-any-return]

    @strawberry.field
    def counted(self) -> list[Counted]:
        return [Inner(count=3), Inner(count=4, note="n")]


SCHEMA = strawberry.Schema(query=Query, config=configuration())
QUERIES = [
    "{ perhaps(nth: NTH) { count dueOn note } one(nth: NTH) { dueOn } }",
    "{ allThere(nth: NTH) { count note } one(nth: NTH) { count } }",
    "{ perhaps(nth: NTH) { __typename count: count other: count inner { count note } twice(times: 3) } }",
    "{ perhaps(nth: NTH) { ... on Outer { note } ...More broken } } fragment More on Outer { count @skip(if: true) }",
    "{ counted { __typename count ... on Inner { note } } one(nth: NTH) { twice inner { note } } }",
]


def answered(executor: type[Any], query: str) -> tuple[Any, Any]:
    built = executor.build(
        SCHEMA._schema,
        parse(query),
        is_awaitable=assume_not_awaitable,
        is_async_iterable=assume_not_async_iterable,
        operation_extensions=None,
    )
    built.size = Size(10_000, 100_000)
    result: Any = execute_root_selection_set(built)
    return result.data, [error.formatted for error in result.errors or ()]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("nth", range(len(ROWS)), ids=lambda nth: str(ROWS[nth])[:30])
def test_rows_are_answered_as_graphql_core_answers_them(query: str, nth: int) -> None:
    asked = query.replace("NTH", str(nth))
    assert answered(Executor, asked) == answered(StrawberryGraphQLCoreExecutionContext, asked)


def test_every_value_of_a_row_is_weighed() -> None:
    def answer(values: int) -> Any:
        built: Any = Executor.build(SCHEMA._schema, parse("{ counted { count } }"), operation_extensions=None)
        built.size = Size(values, 1_000)
        return execute_root_selection_set(built)

    assert answer(2).data == {"counted": [{"count": 3}, {"count": 4}]}
    with pytest.raises(AnswerTooLarge):
        answer(1)
