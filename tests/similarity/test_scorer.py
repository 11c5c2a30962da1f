"""Two texts say the same learning by their words, the practices that they name, and their meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from similarity.scorer import SAME, Likeness, Scorer
from similarity.texts import practices, words

SCORER = Scorer()
RETURNS = "Make sure that return home interviews are timely whenever a child goes missing."
AGAIN = "Children who go missing are offered a return home interview in time."
BRUISES = "Bruising in babies who cannot yet crawl is always examined by a paediatrician."


def likeness(one: str, other: str) -> Likeness:
    [found] = SCORER.compare([(one, other)])
    return found


def test_what_is_asked_again_in_other_words_is_the_same() -> None:
    assert likeness(RETURNS, AGAIN).same


def test_what_asks_for_something_else_is_not() -> None:
    assert not likeness(RETURNS, BRUISES).same
    assert likeness(RETURNS, BRUISES).score < likeness(RETURNS, AGAIN).score


def test_it_is_told_why() -> None:
    found = likeness(RETURNS, AGAIN)
    assert {"return", "home", "missing"} <= set(found.words)
    assert "missing children" in found.practices


def test_a_text_is_the_same_as_itself_whoever_wrote_its_apostrophes() -> None:
    assert (
        likeness("The child's voice is heard", "The child’s voice is heard").score
        == likeness("The child's voice is heard", "The child's voice is heard").score
    )


@pytest.mark.parametrize("nothing", ["", " ", "\n", "the and of", "1234 5.6", "…", "👶"])
def test_a_text_without_words_is_like_nothing(nothing: str) -> None:
    assert likeness(nothing, nothing) == Likeness(0.0, (), ())
    assert likeness(nothing, RETURNS) == Likeness(0.0, (), ())


@pytest.mark.parametrize(
    "text", ["neglect", "x" * 100_000, "word " * 20_000, "保護者への支援を改善する", "إساءة", "\0 neglect"]
)
def test_any_text_is_like_itself(text: str) -> None:
    assert likeness(text, text).same


@given(st.text(max_size=80), st.text(max_size=80))
def test_whichever_comes_first_and_whatever_is_compared_beside_it_the_score_is_one(one: str, other: str) -> None:
    alone, [_, turned] = likeness(one, other), SCORER.compare([(RETURNS, AGAIN), (other, one)])
    assert 0 <= alone.score <= 1
    assert turned.score == pytest.approx(alone.score, abs=2e-4)
    assert {*turned.words} == {*alone.words}


def test_a_practice_is_named_by_any_of_its_words_and_by_whole_words_only() -> None:
    assert practices("Return interviews after a child ran away") >= {"missing children"}
    assert "plans" not in practices("Explanations were planted")
    assert "children in need" in practices("Children in need are seen")


def test_words_that_are_said_of_anything_do_not_count() -> None:
    assert words("Ensure that all of the plans improve") == {"plans": 1}


def test_the_limit_is_where_it_is_as_probable_as_not() -> None:
    assert SAME == 0.5
    assert not Likeness(0.4999, (), ()).same
    assert Likeness(0.5, (), ()).same
