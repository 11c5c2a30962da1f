"""The schema explains itself: everything in it has a description, and what a mutation says of itself is true."""

from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLNamedType,
    GraphQLObjectType,
    is_introspection_type,
    is_specified_scalar_type,
)

from api.graphql.schema import build
from domain.catalogue import BY_MUTATION
from domain.shared.refusals import Refusal
from domain.shared.vocabulary import Role

SCHEMA = build()._schema


def undescribed(type_: GraphQLNamedType) -> Iterator[str]:
    if not type_.description:
        yield type_.name
    if isinstance(type_, GraphQLEnumType):
        yield from (f"{type_.name}.{name}" for name, value in type_.values.items() if not value.description)
    for name, field in getattr(type_, "fields", {}).items():
        if not field.description:
            yield f"{type_.name}.{name}"
        arguments = getattr(field, "args", {})
        yield from (f"{type_.name}.{name}({each}:)" for each, said in arguments.items() if not said.description)


def test_every_type_field_argument_and_value_has_a_description() -> None:
    ours = [
        each for each in SCHEMA.type_map.values() if not (is_introspection_type(each) or is_specified_scalar_type(each))
    ]
    assert len(ours) > 200
    assert [name for each in ours for name in undescribed(each)] == []


@pytest.mark.parametrize("mutation", BY_MUTATION)
def test_a_mutation_says_which_roles_may_send_it(mutation: str) -> None:
    assert SCHEMA.mutation_type is not None
    words = SCHEMA.mutation_type.fields[mutation].description or ""
    sent_by = words.partition("Sent by ")[2].partition(".")[0].split(", ")
    assert [Role(role) for role in sent_by] == [role for role in Role if role in BY_MUTATION[mutation].roles]


def test_a_user_errors_code_names_every_code_that_it_can_be() -> None:
    user_error = SCHEMA.type_map["UserError"]
    assert isinstance(user_error, GraphQLObjectType)
    words = user_error.fields["code"].description or ""
    assert [each.code for each in Refusal.__subclasses__() if each.code not in words] == []
