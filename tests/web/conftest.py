"""The pages of a partnership of police, health, council and school."""

import pytest

from support.browser import Site
from support.partnership_world import World


@pytest.fixture
def site(world: World) -> Site:
    return Site(world)
