"""Every name that an agency or a theme ever had leads to it, and what it was merged into is known."""

from uuid import UUID

import pytest

from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.agency.events import AgencyRenamed, AliasAdded
from domain.agency.state import Agencies, Agency
from domain.agency.state import evolve as evolve_agencies
from domain.challenge.events import Withdrawn
from domain.credential.state import Credential
from domain.credential.state import evolve as evolve_credential
from domain.partnership.state import Partnership
from domain.partnership.state import evolve as evolve_partnership
from domain.shared.actor import Actor
from domain.shared.facts import Fact, Recorded
from domain.shared.identifiers import SINGLE
from domain.shared.refusals import Invalid
from domain.shared.texts import normalised
from domain.shared.vocabulary import AgencyKind, Kind, Role
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme
from domain.theme.events import ThemeRenamed
from domain.theme.state import Theme, Themes
from domain.theme.state import evolve as evolve_themes
from support.in_memory_register import Story

BY = Actor(subject="admin", role=Role.ADMINISTRATOR)


@pytest.fixture
def story() -> Story:
    story = Story()
    story.caller = story.administrator
    return story


def agencies(story: Story) -> Agencies:
    found: Agencies = story.state(Kind.AGENCIES, SINGLE[Kind.AGENCIES])
    return found


def themes(story: Story) -> Themes:
    found: Themes = story.state(Kind.THEMES, SINGLE[Kind.THEMES])
    return found


def test_every_name_of_an_agency_is_kept_once(story: Story) -> None:
    story.when(AddAgency(key="fire", name="Fire", aliases=("Brigade", "LFB", "Brigade"), agency_kind=AgencyKind.BOARD))
    story.when(AddAlias(key="fire", alias="Fire Authority"))
    story.when(RenameAgency(key="fire", name="Fire and Rescue"))
    story.when(RenameAgency(key="fire", name="Rescue"))
    assert agencies(story).by_key["fire"] == Agency(
        "fire", "Rescue", ("Brigade", "LFB", "Fire Authority", "Fire", "Fire and Rescue"), AgencyKind.BOARD
    )
    assert {agencies(story).resolve_name(name) for name in ("FIRE", "lfb", " fire  and rescue", "rescue")} == {"fire"}


def test_a_name_is_the_same_whatever_its_capitals_and_spaces() -> None:
    assert normalised("  The \n POLICE  of Hull ") == "the police of hull"


@pytest.mark.parametrize("alias", ["police", "THE police", "Police  Service"])
def test_what_it_is_called_already_is_no_new_alias(story: Story, alias: str) -> None:
    assert story.when(AddAlias(key="police", alias=alias)) == []


def test_all_agencies_say_what_they_went_on_in(story: Story) -> None:
    story.when(MergeAgencies(key="housing", into="health"))
    assert {each.key: each.successor for each in agencies(story).all} == {
        "police": None, "health": None, "housing": "health", "schools": None,
    }  # fmt: skip
    assert {each.name for each in agencies(story).all} == {"The police", "The health", "The housing", "The schools"}


def test_every_name_of_a_theme_is_kept_once(story: Story) -> None:
    story.when(AddTheme(key="delay", name="Delay", parent="neglect", aliases=("Drift", "Slippage", "Drift")))
    story.when(RenameTheme(key="delay", name="Delay and drift"))
    story.when(RenameTheme(key="delay", name="Waiting"))
    assert themes(story).by_key["delay"] == Theme(
        "delay", "Waiting", "neglect", ("Drift", "Slippage", "Delay", "Delay and drift")
    )
    assert {themes(story).resolve_name(name) for name in ("DELAY", " drift", "delay  and drift", "waiting")} == {
        "delay"
    }
    story.when(AddTheme(key="dv", name="Domestic violence"))
    assert themes(story).resolve_name("DV") == "dv"
    taken = AddTheme(key="slippage", name="Something else")
    assert story.refused(Invalid, taken).field == ("key",)


def test_themes_merged_one_after_another_count_as_the_last_and_say_when(story: Story) -> None:
    story.when(AddTheme(key="delay", name="Delay"))
    story.when(MergeTheme(key="supervision", into="neglect"))
    story.day = 4
    story.when(MergeTheme(key="neglect", into="delay"))
    found = themes(story)
    assert {each.key: (each.merged_into, each.merged_on) for each in found.all} == {
        "neglect": ("delay", story.on(4)), "supervision": ("neglect", story.on(0)), "delay": (None, None),
    }  # fmt: skip
    assert [found.current(key) for key in ("supervision", "neglect", "delay")] == ["delay"] * 3


def test_themes_merged_in_a_circle_count_as_one_of_them() -> None:
    assert Themes(merged={"a": "b", "b": "a"}).current("a") in {"a", "b"}


def on(version: int, fact: Fact, kind: Kind) -> Recorded:
    return Recorded(kind, UUID(int=1), version, fact)


def test_what_is_none_of_their_business_only_moves_the_version() -> None:
    renamed = AgencyRenamed(happened_on=Story.on(0), by=BY, key="moon", name="Moon")
    alias = AliasAdded(happened_on=Story.on(0), by=BY, key="moon", alias="Luna")
    theme = ThemeRenamed(happened_on=Story.on(0), by=BY, key="moon", name="Moon")
    other = Withdrawn(happened_on=Story.on(0), by=BY, reason="None of theirs")
    for fact in (renamed, alias, other):
        assert evolve_agencies(Agencies(version=7), on(3, fact, Kind.AGENCIES)) == Agencies(version=7)
    for told in (theme, other):
        assert evolve_themes(Themes(), on(3, told, Kind.THEMES)) == Themes(version=3)
    assert evolve_credential(Credential(), on(3, other, Kind.CREDENTIAL)) == Credential(version=3)
    assert evolve_partnership(Partnership(), on(3, other, Kind.PARTNERSHIP)) == Partnership(version=3)
