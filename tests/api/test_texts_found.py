"""A text is found however its apostrophes, accents and letters were typed, and a pattern's signs mean themselves."""

import pytest

from support.partnership_world import Stage, World

LISTS = {"reviews": "title", "recommendations": "wording", "actions": "wording"}
WORDINGS = {
    "apostrophe": "Ask Mr O’Brien’s surgery",
    "accent": "Open the café on the ward",
    "decomposed": "Re\u0301sume\u0301 of the meeting",
    "dash": "Use the re\u2011referral form \u2013 every time",
    "signs": "100% of staff_files in A\\B",
    "chinese": "家庭访问 each month",
    "korean": "가족 방문",
    "cyrillic": "ЁЛКА",
    "polish": "Łódź house",
    "spaces": "Keep a\u00a0log\u200bbook",
}
LOOKED_FOR = {
    "O'Brien's": {"apostrophe"},
    "o’BRIEN": {"apostrophe"},
    "oʼbrien`s": {"apostrophe"},
    "obrien": set(),
    "cafe": {"accent"},
    "CAFÉ": {"accent"},
    "cafe\u0301": {"accent"},
    "Résumé": {"decomposed"},
    "resume of": {"decomposed"},
    "re-referral form - every": {"dash"},
    "100%": {"signs"},
    "f_f": {"signs"},
    "a\\b": {"signs"},
    "_": {"signs"},
    "s%e": set(),
    "\uff05": set(),
    "家庭": {"chinese"},
    "庭家": set(),
    "가족": {"korean"},
    "가조": set(),
    "ёлка": {"cyrillic"},
    "lodz": {"polish"},
    "keep a log": {"spaces"},
    "logbook": {"spaces"},
}


def told(world: World) -> None:
    """A review, a recommendation and an action of each wording."""
    for wording in WORDINGS.values():
        review = world.a_review(title=wording)
        world.an_action(recommendationId=world.a_recommendation(reviewId=review, wording=wording), wording=wording)


@pytest.fixture
def world(stage: Stage) -> World:
    return stage(told).world


@pytest.mark.parametrize("of", LISTS)
def test_a_text_is_found_however_it_was_typed(world: World, of: str) -> None:
    word = LISTS[of]
    query = f"query ($text: String!) {{ register {{ {of}(filter: {{text: $text}}) {{ nodes {{ {word} }} }} }} }}"
    found = {
        text: {node[word] for node in world.ask("inspector", query, text=text)["register"][of]["nodes"]}
        for text in LOOKED_FOR
    }

    assert found == {text: {WORDINGS[each] for each in those} for text, those in LOOKED_FOR.items()}
