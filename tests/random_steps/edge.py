"""A command as GraphQL says it; the way back of `api.graphql.execute`."""

from functools import cache
from typing import Any

from graphql import GraphQLInputObjectType
from strawberry.utils.str_converters import to_camel_case

from api.app.serving import _schema
from api.graphql.execute import KINDS_OF_IDS
from api.graphql.mutation import BATCH
from api.relay import global_id
from domain.catalogue import BY_MUTATION
from domain.correction.commands import Correct
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.lifecycle.commands import LifecycleCommand
from domain.shared.commands import Command

SHARED = (LifecycleCommand, Correct)


def mutation_of(command: Command) -> str | None:
    """The mutation that sends it; None where GraphQL has none, or none that says all of it.

    Credentials are issued at a desk: who holds one is named by its id, which the edge draws by itself.
    """
    if isinstance(command, IssueCredential | RevokeCredential):
        return None
    about = command.kind if isinstance(command, SHARED) else None
    sending = (name for name, entry in BY_MUTATION.items() if entry.command is type(command) and name != BATCH)
    name = next((name for name in sending if about in {None, BY_MUTATION[name].kind}), None)
    return name if name is not None and _says(command, name) else None


def _says(command: Command, mutation: str) -> bool:
    if command.imported:
        return False
    return {to_camel_case(name) for name in _asked(command)} <= _fields(mutation)


def _asked(command: Command) -> dict[str, Any]:
    """What is not left at its default; `kind` only where it is a key of the framework."""
    asked = command.model_dump(mode="json", exclude_defaults=True, exclude={"imported"})
    if isinstance(command, SHARED):
        del asked["kind"]
    return asked


@cache
def _fields(mutation: str) -> frozenset[str]:
    name = "CorrectInput" if mutation.endswith("Correct") else f"{mutation[0].upper()}{mutation[1:]}Input"
    found = _schema()._schema.type_map[name]
    assert isinstance(found, GraphQLInputObjectType)
    return frozenset(found.fields)


def spoken(command: Command, mutation: str) -> dict[str, Any]:
    """The input, ids as partners know them."""
    kinds = {**KINDS_OF_IDS, "id": (BY_MUTATION[mutation].kind.value,)}
    values = _asked(command)
    return _identified_below(values, kinds) | _required(command, mutation, values)


def _identified_below(values: dict[str, Any], kinds: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {to_camel_case(name): _identified(name, value, kinds) for name, value in values.items()}


def _required(command: Command, mutation: str, said: dict[str, Any]) -> dict[str, Any]:
    """Lists that the contract demands, though the command has a default for them."""
    wanted = {"agencies", "themes", "audience", "subjects"} & _fields(mutation) - said.keys()
    return {name: [] for name in wanted if hasattr(command, name)}


def _identified(name: str, value: Any, kinds: dict[str, tuple[str, ...]]) -> Any:
    if name not in kinds:
        return _below(value, kinds)
    if name == "subjects":
        return [global_id.encode(each["kind"], each["id"]) for each in value]
    if isinstance(value, list):
        return [global_id.encode(kinds[name][0], each) for each in value]
    return global_id.encode(kinds[name][0], str(value))


def _below(value: Any, kinds: dict[str, tuple[str, ...]]) -> Any:
    if isinstance(value, list):
        return [_below(each, kinds) for each in value]
    return _identified_below(value, kinds) if isinstance(value, dict) else value
