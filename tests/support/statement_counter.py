"""The statements that a question sends, for tests that count them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

OF_THE_POOL = ("credential_history", "set_config", "BEGIN ISOLATION")


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement of the questions themselves, not what keeps a pool and a credential fresh as time passes."""
    sent: list[str] = []
    execute = psycopg.Cursor.execute

    def noted(self: Any, query: Any, *arguments: Any, **named: Any) -> Any:
        if str(query) and not any(word in str(query) for word in OF_THE_POOL):
            sent.append(str(query))
        return execute(self, query, *arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", noted)
        yield sent
