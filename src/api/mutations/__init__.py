from api import types

__all__ = ["types"]
