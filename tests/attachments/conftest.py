"""A partnership whose files are kept in a folder of the test's own."""

from pathlib import Path

import pytest

from support.partnership_world import World
from support.uploads import Desk


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return Desk.of(world, tmp_path)
