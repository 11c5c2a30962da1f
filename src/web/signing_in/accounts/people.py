"""Who may sign in by an account, and as what: rules over the provider's claims, in a file that is read each time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from domain.shared.vocabulary import Role

NAME = "name"


class PeopleFault(ValueError):
    """A file of rules that cannot be used; the message says where and why."""


class Rule(BaseModel):
    """Whoever has these claims acts in this role.

    Attributes:
        claims: each must be what the provider says, or be among it where it says several; none is anybody.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    claims: Annotated[dict[str, str | bool | int], Field(min_length=1)]
    partnership: Annotated[str, Field(min_length=1)]
    role: Role
    agency: str | None = None
    bodies: tuple[str, ...] = ()
    independent: bool = False

    def fits(self, claims: Mapping[str, Any]) -> bool:
        return all(_says(claims.get(name), value) for name, value in self.claims.items())


_RULES: TypeAdapter[list[Rule]] = TypeAdapter(list[Rule])


def rules_of(file: Path) -> list[Rule]:
    """In the order of the file; the first that fits counts. Raises `PeopleFault`."""
    try:
        return _RULES.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PeopleFault(f"{file} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise PeopleFault(f"{file}, rule {place or 'list'}: {first['msg']}.") from error


def subject_of(claims: Mapping[str, Any]) -> str:
    """How the record names them: never the same for two people, so an address counts only where it was verified."""
    known_by = claims.get("email") if claims.get("email_verified") is True else None
    return f"{claims[NAME]} ({known_by or claims['sub']})" if claims.get(NAME) else str(known_by or claims["sub"])


def _says(said: Any, expected: str | bool | int) -> bool:
    """Values of one kind are compared: `true` is not "true", nor 1."""
    several = said if isinstance(said, list) else [said]
    return any(type(each) is type(expected) and each == expected for each in several)
