"""Every document of a page is one that the schema answers, and every template shows what its document asks for."""

from importlib.resources import files

import pytest
from graphql import parse, validate

from api.graphql.schema import build
from web.documents import Document, FieldNotRead, Fields

DOCUMENTS = sorted(
    (package, file.name)
    for package in ("web.pages", "web.forms", "web.sheets")
    for file in files(package).iterdir()
    if file.name.endswith(".graphql")
)
SCHEMA = build()


@pytest.mark.parametrize(("package", "name"), DOCUMENTS)
def test_the_schema_answers_it(package: str, name: str) -> None:
    assert validate(SCHEMA._schema, parse(Document.of(package, name).text)) == []


def test_a_field_that_is_not_asked_for_is_not_shown_as_nothing() -> None:
    with pytest.raises(FieldNotRead):
        Fields(reference="R0001")["wording"]
