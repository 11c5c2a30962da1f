"""The page for partners tells of the stories that are told here, and of no other."""

import re
from pathlib import Path

from support.edge_stories import published


def test_each_published_story_is_told() -> None:
    files = Path(__file__).parent.glob("test_*.py")
    told = {name for each in files for name in re.findall(r'^STORY = "(.*)"$', each.read_text(), re.MULTILINE)}
    assert told == set(published())
    assert len(told) == 6
