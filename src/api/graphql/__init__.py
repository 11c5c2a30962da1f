"""The schema, feature by feature. The vocabularies are registered before any type names one."""

from api.graphql import enums

__all__ = ["enums"]
