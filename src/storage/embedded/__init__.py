"""The embedded PostgreSQL 18: one server per data folder, shared by every process that needs it."""

from storage.embedded.errors import EmbeddedServerError
from storage.embedded.server import embedded_server
from storage.embedded.temporary import temporary_server

__all__ = ["EmbeddedServerError", "embedded_server", "temporary_server"]
