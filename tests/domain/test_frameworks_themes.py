"""Themes and the phrases that code texts to them."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from domain.frameworks import FrameworkError
from domain.frameworks.theme_coding import ThemeRule, code_themes, shipped_theme_rules, shipped_themes
from domain.frameworks.themes import ShippedThemes, ThemeSeed, load_themes

RECOMMENDATIONS = Path(__file__).parents[3] / "shared" / "data" / "ofsted" / "recommendations.csv"
RULES = (
    ThemeRule("recording", ("case records",)),
    ThemeRule("multi-agency-working", ("multi agency", "child's network")),
    ThemeRule("neglect", ("neglect",)),
    ThemeRule("other-practice", ()),
)
SAMPLE = """\
themes:
  harm:
    name: Harm
    themes:
      neglect: {name: Neglect, aliases: [chronic neglect], phrases: [neglect]}
      other-practice:
        name: Other practice
fallback: other-practice
"""


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Neglect, and CASE\nrecords.", ("neglect", "recording")),
        ("Improve multi-agency audits", ("multi-agency-working",)),
        ("Improve multi- agency audits", ("multi-agency-working",)),
        ("Know each child\u2019s network", ("multi-agency-working",)),
        ("Children are neglectfully treated", ("other-practice",)),
        ("", ("other-practice",)),
    ],
)
def test_a_text_is_coded_by_whole_words_whatever_case_hyphen_or_apostrophe(text: str, themes: tuple[str, ...]) -> None:
    assert code_themes(text, RULES) == themes


def test_the_order_of_rules_does_not_matter() -> None:
    text = "Neglect in case records of multi-agency work"
    assert code_themes(text, RULES) == code_themes(text, reversed(RULES)) == tuple(sorted(code_themes(text, RULES)))


def test_without_a_fallback_an_uncoded_text_has_no_theme() -> None:
    assert code_themes("Something else", RULES[:-1]) == ()


def test_shipped_themes_stand_on_two_levels_each_after_its_parent() -> None:
    seen: dict[str, str | None] = {}
    for theme in shipped_themes():
        assert theme.key not in seen
        assert theme.parent is None or seen[theme.parent] is None
        seen[theme.key] = theme.parent


def test_the_audit_topics_of_knowsley_and_the_fallback_are_shipped() -> None:
    names = {theme.key: theme.name for theme in shipped_themes()}
    assert names.keys() >= {"neglect", "domestic-abuse", "child-exploitation", "mental-health-and-wellbeing"}
    assert names["other-practice"] == "Other practice"
    assert ThemeRule("other-practice", ()) in shipped_theme_rules()


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Ensure that return home interviews are offered to all children who go missing.", "missing-children"),
        ("Ensure that strategy discussions include all relevant agencies.", "strategy-discussions"),
        ("Reduce social workers' caseloads.", "workforce-and-caseloads"),
        ("The awareness of private fostering arrangements.", "private-fostering"),
        ("Bed and breakfast is never used for homeless young people aged 16 and 17.", "homelessness-16-17"),
    ],
)
def test_a_plain_recommendation_is_coded_to_its_theme(text: str, theme: str) -> None:
    assert theme in code_themes(text, shipped_theme_rules())


def test_a_list_of_themes_cut_after_any_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "themes.yaml"
    for line in range(SAMPLE.count("\n")):
        path.write_text("".join(SAMPLE.splitlines(keepends=True)[:line]), encoding="utf-8")
        with pytest.raises(FrameworkError):
            load_themes(path)


@pytest.mark.skipif(not RECOMMENDATIONS.parents[2].is_dir(), reason="the shared real data is not beside this checkout")
def test_nine_in_ten_real_recommendations_are_coded_and_few_to_more_than_four_themes() -> None:
    with RECOMMENDATIONS.open(encoding="utf-8", newline="") as file:
        texts = [row["recommendation_text"] for row in csv.DictReader(file)]
    coded = [code_themes(text, shipped_theme_rules()) for text in texts]
    counts = Counter(theme for themes in coded for theme in themes)
    assert len(texts) == 2590
    assert counts["other-practice"] <= 0.10 * len(texts)
    assert sum(len(themes) > 4 for themes in coded) <= 0.05 * len(texts)
    assert max(counts.values()) <= 0.20 * len(texts)
    assert {rule.theme for rule in shipped_theme_rules()} == counts.keys()


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("name: Harm", "title: Harm", 2, "is missing"),
        ("phrases: [neglect]", "phrases: [Neglect]", 5, "lower case"),
        (", phrases: [neglect]", "", 5, "every theme has phrases"),
        ("name: Other practice", "name: Other practice\n        phrases: [other]", 6, "only the fallback"),
        ("[chronic neglect]", "[harm]", 5, "`harm` names two themes"),
        ("fallback: other-practice", "fallback: others", 8, "unknown theme `others`"),
        ("      other-practice:\n", "      neglect:\n", 6, "duplicate key"),
        ("fallback: other-practice\n", "", 1, "is missing"),
    ],
)
def test_a_broken_list_of_themes_is_refused_with_its_line(
    old: str, new: str, line: int, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "themes.yaml"
    path.write_text(SAMPLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FrameworkError, match=reason) as caught:
        load_themes(path)
    assert (caught.value.file, caught.value.line) == (path, line)


HOME = """\
  home:
    name: Home
    themes:
      housing: {name: Housing, phrases: [housing]}
"""
TWO_GROUPS = SAMPLE.replace("fallback:", HOME + "fallback:")


def test_a_list_of_themes_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "themes.yaml"
    path.write_text(TWO_GROUPS, encoding="utf-8")
    harm = (
        ThemeSeed("harm", "Harm", None, (), ()),
        ThemeSeed("neglect", "Neglect", "harm", ("chronic neglect",), ("neglect",)),
        ThemeSeed("other-practice", "Other practice", "harm", (), ()),
    )
    home = (ThemeSeed("home", "Home", None, (), ()), ThemeSeed("housing", "Housing", "home", (), ("housing",)))
    assert load_themes(path) == ShippedThemes((*harm, *home), "other-practice")


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        (
            "name: Housing,",
            "name: Housing, aliases: [chronic neglect],",
            "housing",
            "`chronic neglect` names two themes",
        ),
        ("      housing:", "      neglect:", "neglect", "`neglect` names two"),
        ("phrases: [housing]", "phrases: [Housing]", "housing.phrases", "lower case"),
    ],
)
def test_what_is_wrong_with_one_theme_of_several_is_told_with_its_key(
    old: str, new: str, key: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "themes.yaml"
    path.write_text(TWO_GROUPS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FrameworkError, match=reason) as caught:
        load_themes(path)
    assert caught.value.key == f"themes.home.themes.{key}"


def test_a_text_about_much_is_coded_to_all_of_it_in_order() -> None:
    rules = tuple(ThemeRule(key, (key,)) for key in "hgfedcba")
    assert code_themes("a b c d e f g h", rules) == tuple("abcdefgh")
    assert code_themes("none", tuple(ThemeRule(key, ()) for key in "hgfedcba")) == tuple("abcdefgh")


def test_an_apostrophe_joins_and_any_other_mark_parts() -> None:
    rules = (ThemeRule("network", ("childs network",)), ThemeRule("other", ("child network",)))
    assert code_themes("CHILD'S_NETWORK", rules) == ("network",)
    assert code_themes("child's-network", rules) == ("network",)


def test_every_shipped_theme_with_phrases_is_a_rule_and_the_fallback_the_only_one_without() -> None:
    rules = {rule.theme: rule.phrases for rule in shipped_theme_rules()}
    assert {seed.key: seed.phrases for seed in shipped_themes() if seed.phrases} == {
        theme: phrases for theme, phrases in rules.items() if phrases
    }
    assert [theme for theme, phrases in rules.items() if not phrases] == ["other-practice"]
