"""Reading. The vocabularies of the schema are registered before any field here names one."""

from api import types

__all__ = ["types"]
