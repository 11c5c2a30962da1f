"""Agencies and themes: known by key, found by any name, merged without losing who was who."""

import pytest

from domain.agency.commands import AddAgency, AddAlias, RenameAgency
from domain.agency.state import Agencies
from domain.shared import refusals
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme
from domain.theme.state import Themes
from support.in_memory_register import Story


def agencies(story: Story) -> Agencies:
    state: Agencies = story.state(Kind.AGENCIES, SINGLE[Kind.AGENCIES])
    return state


def themes(story: Story) -> Themes:
    state: Themes = story.state(Kind.THEMES, SINGLE[Kind.THEMES])
    return state


@pytest.fixture
def story() -> Story:
    story = Story()
    story.caller = story.administrator
    return story


@pytest.mark.parametrize("text", ["police", "The Police", "  THE   police ", "Police Service"])
def test_an_agency_is_found_by_key_name_or_alias_whatever_the_spelling(story: Story, text: str) -> None:
    assert agencies(story).resolve_name(text) == "police"
    assert agencies(story).resolve_name("the fire brigade") is None


def test_a_renamed_agency_is_still_found_by_its_earlier_name(story: Story) -> None:
    story.when(RenameAgency(key="police", name="Merseyside Police"))
    assert {agencies(story).resolve_name(name) for name in ("The police", "merseyside police")} == {"police"}
    assert story.when(RenameAgency(key="police", name="Merseyside Police")) == []


def test_no_two_agencies_share_a_key_or_a_name(story: Story) -> None:
    assert story.refused(refusals.Invalid, AddAgency(key="police", name="Another")).field == ("key",)
    assert story.refused(refusals.Invalid, AddAgency(key="fire", name="the POLICE")).field == ("name",)
    assert story.refused(refusals.Invalid, AddAgency(key="fire", name="Fire", aliases=("Police",))).field == (
        "aliases",
    )
    assert story.refused(refusals.Invalid, AddAlias(key="health", alias="Police")).field == ("alias",)
    assert story.refused(refusals.Invalid, RenameAgency(key="health", name="Police")).field == ("name",)


def test_an_alias_is_added_once_and_to_a_known_agency(story: Story) -> None:
    story.when(AddAlias(key="police", alias="The Force"))
    assert agencies(story).resolve_name("the force") == "police"
    assert story.when(AddAlias(key="police", alias="the  FORCE")) == []
    story.refused(refusals.UnknownAgency, AddAlias(key="the-moon", alias="Luna"))


def test_kin_are_predecessors_and_successors_but_not_strangers(story: Story) -> None:
    story.merge_agencies("housing", into="health")
    story.merge_agencies("health", into="schools")
    found = agencies(story)
    assert found.kin("health") == {"housing", "health", "schools"}
    assert found.kin("police") == {"police"}
    assert (found.successor("housing"), found.successor("police")) == ("schools", None)


def test_a_circle_of_mergers_ends(story: Story) -> None:
    story.merge_agencies("housing", into="health")
    story.merge_agencies("health", into="housing")
    assert agencies(story).kin("housing") == {"housing", "health"}


def test_a_theme_stands_under_a_known_parent(story: Story) -> None:
    story.when(AddTheme(key="medical-neglect", name="Medical neglect", parent="neglect"))
    assert themes(story).by_key["medical-neglect"].parent == "neglect"
    story.refused(refusals.UnknownTheme, AddTheme(key="moon-phases", name="Moon phases", parent="astronomy"))


def test_no_two_themes_share_a_key_or_a_name(story: Story) -> None:
    story.refused(refusals.Invalid, AddTheme(key="neglect", name="Another"))
    story.refused(refusals.Invalid, AddTheme(key="omission", name="NEGLECT"))
    story.refused(refusals.Invalid, RenameTheme(key="supervision", name="Neglect"))


def test_a_renamed_theme_keeps_its_key(story: Story) -> None:
    story.when(RenameTheme(key="neglect", name="Neglect of children"))
    assert {themes(story).resolve_name(name) for name in ("Neglect of children", "neglect")} == {"neglect"}
    assert story.when(RenameTheme(key="neglect", name="Neglect of children")) == []
    story.refused(refusals.UnknownTheme, RenameTheme(key="astronomy", name="Stars"))


def test_what_is_raised_on_a_merged_theme_counts_as_the_other(story: Story) -> None:
    story.when(MergeTheme(key="supervision", into="neglect"))
    assert story.when(MergeTheme(key="supervision", into="neglect")) == []
    assert story.recommendation(story.a_recommendation(themes=("supervision", "neglect"))).themes == ("neglect",)
    (merged,) = (theme for theme in themes(story).all if theme.merged_into)
    assert (merged.key, merged.merged_into, merged.merged_on) == ("supervision", "neglect", story.today)


def test_themes_are_not_merged_in_a_circle(story: Story) -> None:
    story.refused(refusals.Invalid, MergeTheme(key="neglect", into="neglect"))
    story.when(MergeTheme(key="supervision", into="neglect"))
    story.refused(refusals.Invalid, MergeTheme(key="neglect", into="supervision"))
    story.refused(refusals.UnknownTheme, MergeTheme(key="neglect", into="astronomy"))
