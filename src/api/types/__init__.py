"""The types of the schema. The vocabularies are registered before any type names one."""

from api.types import enums

__all__ = ["enums"]
