"""One installation for all whole stories, with a partnership of its own for each."""

from collections.abc import Iterator
from itertools import count

import pytest

from support.edge_stories import Begin, Teller
from support.framework_rows import edge, installed


@pytest.fixture(scope="package")
def begin(server: str) -> Iterator[Begin]:
    numbers = count(1)
    with installed(server, "whole_stories") as (installation, portal):

        def under(framework: str) -> Teller:
            key = f"story-{next(numbers)}"
            tokens = edge(installation, key, framework, portal).tokens
            return Teller(installation, tokens, key, portal=portal, framework=framework)

        yield under
