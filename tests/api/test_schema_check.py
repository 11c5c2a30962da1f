"""The exported schema, and what is missing of the contract."""

from pathlib import Path

import pytest
from graphql import build_schema

from api import schema_check
from api.contract import broken, elements, missing, undescribed
from api.graphql.mutation import mutation_type
from api.graphql.schema import build
from api.schema_check import CONTRACT, EXPORT, MISSING, exported, faults
from domain.catalogue import BY_MUTATION

OLD = """type Query { a(first: Int = 5): Kind! b: String }
enum Kind { ONE TWO }
input Filter { least: Int = 2 }
union Either = A | B
type A { x: Int } type B { x: Int }"""


def against(new: str) -> tuple[list[str], list[str]]:
    old, offered = build_schema(OLD), build_schema(new)
    return missing(old, offered), broken(old, offered)


def test_the_export_is_what_the_code_says_and_keeps_the_contract() -> None:
    assert list(faults()) == []
    assert EXPORT.read_text(encoding="utf-8") == exported()


def test_the_contract_is_compared_where_it_can_be_read() -> None:
    assert CONTRACT.exists() or not CONTRACT.parent.exists()


def test_every_command_of_the_domain_is_a_mutation_in_the_schema() -> None:
    mutation = build()._schema.mutation_type
    assert mutation is not None
    assert set(mutation.fields) == set(BY_MUTATION)
    assert mutation_type().__name__ == "Mutation"


def test_every_element_has_one_name() -> None:
    assert elements(build_schema(OLD)) >= {"Query.a", "Query.a(first)", "Kind.TWO", "Filter.least", "Either.B", "A.x"}


def test_what_is_not_offered_is_missing_and_breaks_nothing() -> None:
    found = against("type Query { a(first: Int = 5): Kind! } enum Kind { ONE } type A { x: Int } union Either = A")
    assert found == (["B", "B.x", "Either.B", "Filter", "Filter.least", "Kind.TWO", "Query.b"], [])


@pytest.mark.parametrize(
    "change",
    [
        ("a(first: Int = 5): Kind!", "a(first: Int = 5): Kind"),
        ("a(first: Int = 5): Kind!", "a(first: Int!): Kind!"),
        ("a(first: Int = 5): Kind!", "a(first: Int = 6): Kind!"),
        ("least: Int = 2", "least: Int = 3"),
        ("least: Int = 2", "least: Int = 2, most: Int!"),
        ("b: String", "b: Int"),
    ],
)
def test_a_change_that_partners_would_feel_is_found(change: tuple[str, str]) -> None:
    assert against(OLD.replace(*change))[1] != []


def test_more_of_anything_is_no_fault() -> None:
    assert against(OLD.replace("b: String", "b(c: Int): String d: Int").replace("TWO", "TWO THREE"))[1] == []


def test_a_description_that_was_lost_is_found() -> None:
    described = build_schema(OLD.replace("type A", '"Said" type A'))
    assert undescribed(described, build_schema(OLD)) == ["A"]


def test_drift_is_a_fault(tmp_path: Path) -> None:
    stale = tmp_path / "schema.graphql"
    stale.write_text(exported() + "# drift\n", encoding="utf-8")
    assert any("is not what the code exports" in fault for fault in faults(export=stale))


def test_a_list_of_missing_elements_that_is_not_exact_is_a_fault(tmp_path: Path) -> None:
    if not CONTRACT.parent.exists():
        pytest.skip("the contract is not here")
    contract, listed = tmp_path / "contract.graphql", tmp_path / "missing.txt"
    contract.write_text(CONTRACT.read_text(encoding="utf-8") + "type NotYet { id: ID! }\n", encoding="utf-8")
    listed.write_text(MISSING.read_text(encoding="utf-8") + "Viewer\n", encoding="utf-8")
    found = list(faults(contract=contract, listed=listed))
    assert "NotYet is missing and not listed." in found
    assert "Viewer is listed as missing and is there." in found


def test_an_element_that_is_missing_anew_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema_check, "_grown", lambda _: {"Viewer"})
    assert "Viewer is missing anew: the list may only shrink." in list(faults())
