"""Every entry of a history is put right in one form that holds what it says; struck out, and put back."""

from typing import Any

import pytest

from domain.correction.fields import FIELDS
from domain.event_names import CLASSES
from support.browser import Site
from support.partnership_world import World, on
from web.forms.correctable import correctable_field

ACTION = "/actions/R0001/1/A1"


@pytest.fixture
def entries(world: World) -> dict[str, str]:
    """The addresses at which the entries of an action are corrected, by the stored names of its facts."""
    action = world.assigned("police", due=60, wording="Train the team")
    world.evidence(action)
    history = world.read("unit", f'action(id: "{action}") {{ history {{ eventId name }} }}')["action"]["history"]
    return {each["name"]: f"{ACTION}/correct?entry={each['eventId']}" for each in history}


def of(world: World, **moment: str) -> Any:
    return world.read("unit", 'action(reference: "R0001/1/A1") { wording dueOn leadAgency { key } version }', **moment)[
        "action"
    ]


def test_the_history_leads_the_unit_and_nobody_else_to_each_of_its_entries(site: Site, entries: dict[str, str]) -> None:
    assert set(entries.values()) <= set(site.browser("unit").get(ACTION).links)
    assert not set(entries.values()) & set(site.browser("unit").get(f"{ACTION}?known-at={on(0)}").links)
    for who in ("police", "chair", "inspector"):
        browser = site.browser(who)
        assert not [link for link in browser.get(ACTION).links if "/correct" in link]
        assert {browser.get(address).status for address in entries.values()} == {403}
    assert {site.browser("health").get(address).status for address in entries.values()} == {404}


def test_the_form_holds_what_the_entry_says_and_a_difference_is_a_correction(
    site: Site, world: World, entries: dict[str, str]
) -> None:
    unit, address = site.browser("unit"), entries["action.assigned.v1"]
    held = unit.get(address).form()["held"]
    assert (held["dueOn"], held["happenedOn"]) == (on(60), on(0))
    before = of(world)
    page = unit.fill(address, dueOn=on(61), leadAgency="health", reason="Misread")
    assert page.path == f"{ACTION}?done=actionCorrect", page.text
    assert (of(world)["dueOn"], of(world)["leadAgency"]["key"], of(world)["version"]) == (
        on(61),
        "health",
        before["version"] + 2,
    )
    again = unit.fill(address, leadAgency="health", reason="Nothing")
    assert again.path == f"{ACTION}?done=nothing"
    assert of(world)["version"] == before["version"] + 2


def test_what_is_refused_is_said_beside_it_and_the_others_are_recorded(
    site: Site, world: World, entries: dict[str, str]
) -> None:
    unit, address = site.browser("unit"), entries["action.assigned.v1"]
    page = unit.fill(address, dueOn=on(70), happenedOn=on(900), leadAgency="police", reason="Misread")
    assert page.status == 400
    assert "On which day: " in page.text
    assert "The other differences were recorded." in page.text
    assert of(world)["dueOn"] == on(70)
    mended = unit.post(address, {**page.form()["held"], "happenedOn": on(0), "leadAgency": "police"})
    assert mended.path.startswith(ACTION), mended.text


def test_a_correction_says_why(site: Site, world: World, entries: dict[str, str]) -> None:
    page = site.browser("unit").fill(entries["action.raised.v1"], wording="Other words")
    assert (page.status, "Why: This is needed." in page.text) == (400, True)
    assert of(world)["wording"] == "Train the team"


def test_an_entry_is_struck_out_and_put_back(site: Site, world: World, entries: dict[str, str]) -> None:
    unit, address = site.browser("unit"), entries["action.evidence_submitted.v1"]
    struck = unit.fill(
        address, voided="yes", narrative="Done", agency="police", claimsComplete="true", reason="Not ours"
    )
    assert struck.path == f"{ACTION}?done=actionCorrect", struck.text
    assert "Struck out" in struck.text
    assert "Put the entry back" in unit.get(address).text
    back = unit.fill(address, voided="yes", reason="It was ours")
    assert "Struck out" not in back.text.partition("History")[2].replace("struck out", "")


def test_a_stale_correction_overwrites_nothing_and_shows_what_is_new(
    site: Site, world: World, entries: dict[str, str]
) -> None:
    unit, address = site.browser("unit"), entries["action.raised.v1"]
    sent = {**unit.get(address).form()["held"], "wording": "Other words", "reason": "Misread"}
    world.evidence(world.read("unit", 'action(reference: "R0001/1/A1") { id }')["action"]["id"])
    page = unit.post(address, sent)
    assert page.status == 409
    assert "The police submitted evidence" in page.text
    assert of(world)["wording"] == "Train the team"


def test_a_correction_sent_twice_is_recorded_once(site: Site, world: World, entries: dict[str, str]) -> None:
    unit, address = site.browser("unit"), entries["action.raised.v1"]
    sent = {**unit.get(address).form()["held"], "wording": "Other words", "reason": "Misread"}
    assert {unit.post(address, sent).path for _ in range(2)} == {
        f"{ACTION}?done=actionCorrect",
        f"{ACTION}?done=nothing",
    }
    assert of(world)["version"] == 4


@pytest.mark.parametrize("name", [name for name, (_, fact) in CLASSES.items() if fact in FIELDS])
def test_every_field_that_can_be_corrected_has_a_field_in_the_form(name: str) -> None:
    for field, kind in FIELDS[CLASSES[name][1]].items():
        parts = getattr(kind, "values", None)
        first, *rest = field.split("_")
        said = first + "".join(each.capitalize() for each in rest)
        named = (
            [f"{said}.key"]
            if parts and len(parts) == 1
            else [f"{said}.key.{value.replace('duty_id', 'dutyId')}" for value in parts or ()]
        )
        for each in named or [said]:
            made = correctable_field(name, each, None, {})
            assert made.name == each
            assert made.label
