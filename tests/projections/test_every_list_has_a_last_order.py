"""The same moments give the same bytes, after a rebuild too: what is listed ends its order by what is unique."""

import re
from pathlib import Path

import pytest

import projections
from api.app.founding import FOUNDER
from domain.agency.commands import MergeAgencies
from informed import disseminated
from projections.rebuild import rebuild
from world import World

FOLDER = Path(next(iter(projections.__path__)))
ENDS = {
    *("thing", "entry", "duty", "dissemination", "credential", "position", "place", "noted_version", "nth"),
    *(
        "originator_version",
        "body",
        "agency",
        "theme",
        "lead",
        "method",
        "framework",
        "level",
        "queue",
        "year",
        "period",
    ),
    *("review", "root", "recorded", "effective", "relname", "conname", "indexname", "stxname", "merged_on"),
    *("raised_on", "kind", "key", "reference", "pid"),
}
"""Ids, places made of ids, and what rows are grouped by."""


NESTED = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
ORDER = re.compile(rf"ORDER BY ((?:[^()\n]|{NESTED})+)")
DIRECTION = re.compile(r' (COLLATE "C"|DESC|ASC|NULLS FIRST|NULLS LAST|LIMIT .*)')


def orders() -> list[tuple[str, str]]:
    """Every order in the statements of the read side, with the column that it ends by."""
    found = []
    for file in sorted(FOLDER.glob("**/*.sql")):
        for each in ORDER.findall(file.read_text(encoding="utf-8")):
            last = DIRECTION.sub("", each.strip().rstrip(",")).split(", ")[-1]
            found.append((f"{file.parent.name}: {each.strip()}", re.sub(r"^.*\.|^lower\(|\)$", "", last)))
    return found


@pytest.mark.parametrize(("order", "last"), orders())
def test_an_order_ends_by_what_is_unique(order: str, last: str) -> None:
    assert last in ENDS, order


def test_the_duties_of_two_agencies_that_became_one_are_listed_alike_after_a_rebuild(world: World) -> None:
    review = disseminated(world, world.a_review(agencies=["police", "health", "school"]))
    for key in ("police", "school"):
        world.register.execute(MergeAgencies(key=key, into="health"), FOUNDER)
    asked = f'{{ register {{ review(id: "{review}") {{ duties {{ id agency {{ key }} }} }} }} }}'
    before = world.send(world.tokens["unit"], asked).content
    rebuild(world.installation.conninfo, world.register.store.schema)
    assert world.send(world.tokens["unit"], asked).content == before
    listed = world.read("unit", f'review(id: "{review}") {{ duties {{ id agency {{ key }} }} }}')["review"]["duties"]
    assert len({each["id"] for each in listed if each["agency"] == {"key": "health"}}) > 1
