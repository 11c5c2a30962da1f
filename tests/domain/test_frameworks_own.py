"""A partnership's own framework: copied, extended, checked, added, adopted and from then on unchanged."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.frameworks import (
    Framework,
    FrameworkError,
    copied,
    load_framework,
    load_own,
    shipped_frameworks,
    successors,
    written,
)
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
from domain.partnership.state import Partnership
from domain.shared import refusals
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind
from support.effort import examples
from support.in_memory_register import Story

FRAMEWORKS = shipped_frameworks()
NEW = FRAMEWORKS["knowsley-2020"]


def own(key: str = "ours", of: Framework = NEW, **changes: Any) -> Framework:
    return copied(of, key, "Ours").model_copy(update=changes)


def file(folder: Path, text: str) -> Path:
    path = folder / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# ---- writing and copying ----


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda each: each.key)
def test_a_written_framework_reads_as_itself_defaults_and_all(framework: Framework, tmp_path: Path) -> None:
    assert load_framework(file(tmp_path, written(framework))) == framework


def test_a_framework_without_principles_of_reviews_is_written_as_one(tmp_path: Path) -> None:
    without = own(review_principles={})
    assert load_framework(file(tmp_path, written(without))) == without


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda each: each.key)
def test_a_written_framework_names_each_part_once_and_says_nothing_empty(framework: Framework) -> None:
    said = yaml.safe_load(written(framework))
    assert {} not in said.values()
    assert [key for group in ("bodies", "kinds") for key, part in said[group].items() if "key" in part] == []


def test_a_written_framework_is_plain_text_in_lines_of_110_columns() -> None:
    assert f"name: {' '.join('é' * 53)}\n  é é" in written(own(name=" ".join("é" * 100)))


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda each: each.key)
def test_a_framework_is_recorded_with_its_defaults_in_order(framework: Framework) -> None:
    assert framework.model_dump()["defaults"] == sorted(framework.defaults)


def marked(framework: Framework, key: str) -> Framework:
    return framework.model_copy(update={"defaults": framework.defaults | {key}})


@settings(max_examples=examples(12))
@given(framework=st.sampled_from(list(FRAMEWORKS.values())), data=st.data())
def test_whatever_is_marked_as_ours_stays_marked(
    framework: Framework, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    paths = ["name", "review_principles", "method_notes", f"bodies.{next(iter(framework.bodies))}.name"]
    path = data.draw(st.sampled_from(paths))
    changed = marked(framework, path)
    assert load_framework(file(tmp_path_factory.mktemp("own"), written(changed))) == changed


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda each: each.key)
def test_a_copy_succeeds_what_it_was_copied_from_and_every_body_goes_on(framework: Framework, tmp_path: Path) -> None:
    copy = load_own(file(tmp_path, written(own(of=framework))), FRAMEWORKS)
    assert (copy.key, copy.name, copy.succeeds) == ("ours", "Ours", framework.key)
    assert copy == own(of=framework)
    assert copy.kinds == framework.kinds
    known = {**FRAMEWORKS, "ours": copy}
    assert successors(framework, copy, known) == {key: key for key in framework.bodies}


def test_a_copy_says_itself_what_it_is_called_and_whose_bodies_it_takes_over() -> None:
    forum = NEW.bodies["strategic-forum"].model_copy(update={"succeeds": ("board",)})
    copy = copied(marked(NEW.model_copy(update={"bodies": {**NEW.bodies, forum.key: forum}}), "name"), "ours", "Ours")
    assert (copy.bodies, copy.defaults) == (NEW.bodies, NEW.defaults)


# ---- checking ----


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("key: ours", "key: hull-2015", "key", "`hull-2015` is shipped"),
        ("succeeds: knowsley-2020", "succeeds: knowsley-2019", "succeeds", "unknown framework `knowsley-2019`"),
        ("succeeds: knowsley-2020", "succeeds: ours", "succeeds", "circle"),
        ("accountable_to: strategic-forum", "accountable_to: review-and-learning-group", "", "answer to itself"),
        ("monitored_by: [review-and-learning-group]", "monitored_by: []", "", "reports through no body"),
        ("name: Strategic Forum", "{name: Forum, title: F}", "bodies.strategic-forum.title", "unknown key"),
        (
            "name: Strategic Forum",
            "{name: Forum, succeeds: [choir]}",
            "bodies.strategic-forum.succeeds.0",
            "has no body `choir`",
        ),
        (
            "name: Strategic Forum",
            "{name: Forum, succeeded_by: choir}",
            "bodies.strategic-forum.succeeded_by",
            "no succeeding framework",
        ),
    ],
)
def test_a_bad_file_is_refused_with_line_and_key(old: str, new: str, key: str, reason: str, tmp_path: Path) -> None:
    text = written(own())
    if new.startswith("{"):
        old = f"strategic-forum: {{{old}}}"
        new = f"strategic-forum: {new}"
    assert old in text
    path = file(tmp_path, text.replace(old, new, 1))
    line = next(nth for nth, each in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if new in each)
    with pytest.raises(FrameworkError, match=reason) as caught:
        load_own(path, FRAMEWORKS)
    assert (caught.value.file, caught.value.line) == (path, line)
    assert key in caught.value.key


def test_one_body_takes_over_from_another_once(tmp_path: Path) -> None:
    twice = {
        key: body.model_copy(update={"succeeds": ("board",)}) if key in {"strategic-forum", "board"} else body
        for key, body in own().bodies.items()
    }
    path = file(tmp_path, written(own(bodies=twice, defaults=frozenset())))
    with pytest.raises(FrameworkError, match="`strategic-forum` has taken over from `board` already"):
        load_own(path, FRAMEWORKS)


def test_a_body_outside_takes_nothing_over_from_one_inside(tmp_path: Path) -> None:
    panel = own().bodies["national-panel"].model_copy(update={"succeeds": ("board",)})
    path = file(tmp_path, written(own(bodies={**own().bodies, "national-panel": panel})))
    with pytest.raises(FrameworkError, match="`national-panel` is outside the partnership and takes nothing over"):
        load_own(path, FRAMEWORKS)


def test_a_file_beyond_reason_is_not_read(tmp_path: Path) -> None:
    whole = written(own())
    padded = whole + "#" * (1_000_000 - len(whole.encode()))
    assert load_own(file(tmp_path, padded), FRAMEWORKS) == own()
    with pytest.raises(FrameworkError, match="larger than 1,000,000 bytes") as caught:
        load_own(file(tmp_path, padded + "#"), FRAMEWORKS)
    assert (caught.value.line, caught.value.key) == (1, "")


# ---- adding and adopting ----


@pytest.fixture
def knowsley(story: Story) -> Story:
    story.caller = story.administrator
    story.when(CreatePartnership(key="knowsley", name="Knowsley", framework="knowsley-2015"))
    return story


def add(story: Story, framework: Framework) -> bool:
    """Whether that was new."""
    return bool(story.when(AddFramework(framework=framework)))


def partnership(story: Story) -> Partnership:
    found: Partnership = story.state(Kind.PARTNERSHIP, SINGLE[Kind.PARTNERSHIP])
    return found


def test_a_partnership_adds_and_adopts_its_own_framework(knowsley: Story) -> None:
    assert add(knowsley, own())
    assert not add(knowsley, own())
    knowsley.day = 10
    knowsley.when(AdoptFramework(framework="ours", happened_on=knowsley.on(5)))
    assert [partnership(knowsley).framework_on(knowsley.on(day)) for day in (4, 5)] == ["knowsley-2015", "ours"]


def test_until_it_is_adopted_it_may_be_replaced(knowsley: Story) -> None:
    add(knowsley, own())
    assert add(knowsley, own(name="Ours, revised"))
    assert partnership(knowsley).own["ours"].name == "Ours, revised"


def test_once_adopted_it_stays_as_it_is(knowsley: Story) -> None:
    add(knowsley, own())
    knowsley.when(AdoptFramework(framework="ours"))
    refusal = knowsley.refused(refusals.ConditionsNotMet, AddFramework(framework=own(name="Ours, revised")))
    assert "another key" in refusal.message
    assert refusal.field == ("framework",)
    assert not add(knowsley, own())
    knowsley.day = 5
    add(knowsley, own("ours-next", own(), name="Ours, revised"))
    knowsley.when(AdoptFramework(framework="ours-next"))
    assert partnership(knowsley).own.keys() == {"ours", "ours-next"}


@pytest.mark.parametrize(
    ("framework", "words"),
    [
        (own("hull-2015"), "is shipped"),
        (own(inspection_kind="palm-reading"), "inspection_kind: unknown review kind"),
        (own(reporting_body="choir"), "reporting_body: no body"),
        (own(succeeds="knowsley-2019"), "succeeds: unknown framework"),
    ],
)
def test_what_is_not_whole_is_never_added(knowsley: Story, framework: Framework, words: str) -> None:
    refusal = knowsley.refused(refusals.Invalid, AddFramework(framework=framework))
    assert words in refusal.message
    assert refusal.field == ("framework",)


def test_what_succeeds_it_must_go_on_fitting_it(knowsley: Story) -> None:
    add(knowsley, own())
    forum = own().bodies["strategic-forum"].model_copy(update={"succeeds": ("review-and-learning-group",)})
    heir = own("ours-next", own())
    add(knowsley, heir.model_copy(update={"bodies": {**heir.bodies, "strategic-forum": forum}}))
    kinds = {
        key: kind.model_copy(
            update={"monitored_by": ("board",), "feeds": (), "agreed_by": (), "advised_by": (), "on_referral": False}
        )
        for key, kind in own().kinds.items()
    }
    without = {key: body for key, body in own().bodies.items() if key != "review-and-learning-group"}
    duties = own().duties.model_copy(update={"judged_by": None})
    ours = own(bodies=without, kinds=kinds, duties=duties)
    refusal = knowsley.refused(refusals.Invalid, AddFramework(framework=ours))
    assert "has no body `review-and-learning-group`" in refusal.message


def test_what_is_wrong_with_another_is_not_held_against_it(knowsley: Story) -> None:
    knowsley.frameworks = {**FRAMEWORKS, "theirs": own("theirs", succeeds="knowsley-2019")}
    assert add(knowsley, own())


def test_only_an_administrator_adds_one_and_only_to_a_partnership(story: Story) -> None:
    command = AddFramework(framework=own())
    for caller in (story.unit, story.chair, story.body, story.inspector, story.agency("police")):
        story.refused(refusals.NotPermitted, command, caller)
    story.refused(refusals.NotFound, command, story.administrator)


# ---- how long an answer may take ----


@pytest.mark.parametrize(
    ("length", "unit", "due"), [(28, "DAYS", 28), (10, "WORKING_DAYS", 14), (1, "MONTHS", 31), (None, None, None)]
)
def test_an_answer_is_due_by_the_partnerships_own_framework_where_the_recommendation_states_no_day(
    story: Story, tmp_path: Path, length: int | None, unit: str | None, due: int | None
) -> None:
    text = written(own(of=FRAMEWORKS["knowsley-2015"]))
    if length:
        text += f"recommendation_response: {{length: {length}, unit: {unit}}}\n"
    story.framework = load_own(file(tmp_path, text), FRAMEWORKS)
    story.frameworks["ours"] = story.framework
    review = story.a_review()
    asked = story.recommendation(story.a_recommendation(review_id=review, addressed_to=("police",)))
    assert asked.response_due_on == (None if due is None else story.on(due))
    stated = story.a_recommendation(review_id=review, addressed_to=("police",), response_due_on=story.on(3))
    assert story.recommendation(stated).response_due_on == story.on(3)
    assert story.recommendation(story.a_recommendation(review_id=review)).response_due_on is None
    told = story.a_recommendation(review_id=review, addressed_to=("police",), imported=True)
    assert story.recommendation(told).response_due_on is None
    story.framework = FRAMEWORKS["hull-2015"]
    later = story.a_recommendation(review_id=review, lead_agency="police")
    assert story.recommendation(later).response_due_on == asked.response_due_on


def test_how_long_an_answer_may_take_is_checked_by_file_and_key(tmp_path: Path) -> None:
    text = written(own()) + "recommendation_response: {length: 0, unit: DAYS}\n"
    with pytest.raises(FrameworkError) as broken:
        load_own(file(tmp_path, text), FRAMEWORKS)
    assert broken.value.key == "recommendation_response.length"
