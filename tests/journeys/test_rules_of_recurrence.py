"""What recurs, as a partner meets it at the edge (rules.md, "Recurrence")."""

from typing import Any

from api.app.founding import FOUNDER
from domain.theme.commands import AddTheme, MergeTheme
from support.partnership_world import World, on

SHOWN = "theme { key } occurrences reviews recurredAfterClosure recurredAfterImpactVerified"


def rows(world: World, **moment: str) -> dict[str, dict[str, Any]]:
    asked = f"recurringLearning(filter: {{minimumReviews: 1}}) {{ nodes {{ {SHOWN} }} }}"
    nodes = world.read("inspector", asked, **moment)["recurringLearning"]["nodes"]
    return {node["theme"]["key"]: {k: v for k, v in node.items() if k != "theme"} for node in nodes}


def counted(world: World, theme: str, **moment: str) -> tuple[int, int, int, int]:
    found = rows(world, **moment).get(theme)
    return tuple(found.values()) if found else (0, 0, 0, 0)


def themes(world: World, *keys: str) -> None:
    for key in keys:
        world.register.handle(AddTheme(key=key, name=key.title()), FOUNDER)


def merge(world: World, key: str, into: str) -> None:
    world.register.handle(MergeTheme(key=key, into=into), FOUNDER)


def raised(world: World, *coded: str, review: str | None = None) -> str:
    return world.a_recommendation(themes=list(coded), **({"reviewId": review} if review else {}))


def implemented(world: World, recommendation: str) -> None:
    world.do("unit", "recommendationAssign", id=recommendation, leadAgency="police", dueOn=on(900))
    given = {"id": recommendation, "narrative": "Done", "claimsComplete": True}
    found = world.do("police", "recommendationSubmitEvidence", "evidence { id }", **given)
    evidence = found["evidence"][-1]["id"]
    world.do("body", "recommendationAcceptEvidence", id=recommendation, evidenceId=evidence)
    world.do("body", "recommendationClose", id=recommendation, outcome="IMPLEMENTED")


def test_it_recurs_after_closure_when_raised_on_a_later_day_by_another_review(world: World) -> None:
    review = world.a_review()
    implemented(world, raised(world, "neglect", review=review))
    raised(world, "neglect")
    assert counted(world, "neglect") == (2, 2, 0, 0), "raised on the day of the closing is not later"
    world.at(1)
    raised(world, "neglect", review=review)
    assert counted(world, "neglect") == (3, 2, 0, 0), "the same review does not recur"
    raised(world, "neglect")
    assert counted(world, "neglect") == (4, 3, 1, 0)


def test_closed_and_reopened_on_one_day_had_been_closed(world: World) -> None:
    first = raised(world, "neglect")
    implemented(world, first)
    world.do("body", "recommendationReopen", id=first, reason="Too soon", dueOn=on(90))
    world.at(1)
    raised(world, "neglect")
    assert counted(world, "neglect") == (2, 2, 1, 0)


def test_verified_and_found_wanting_on_one_day_had_been_verified(world: World) -> None:
    first = raised(world, "neglect")
    implemented(world, first)
    world.do("body", "recommendationVerifyImpact", id=first, finding="PARTLY_EMBEDDED", measure="Audit")
    follow_up = {"reason": "A second audit", "reopenUntil": on(90)}
    given = {"id": first, "finding": "NOT_EMBEDDED", "measure": "Audit", "followUp": follow_up}
    world.do("body", "recommendationVerifyImpact", **given)
    world.at(1)
    raised(world, "neglect")
    assert counted(world, "neglect") == (2, 2, 1, 1)


def test_superseded_is_no_closure_to_recur_after(world: World) -> None:
    first = raised(world, "neglect")
    world.do("body", "recommendationClose", id=first, outcome="SUPERSEDED")
    world.at(1)
    raised(world, "neglect")
    assert counted(world, "neglect") == (2, 2, 0, 0)


def test_merging_themes_creates_no_recurrence_by_itself(world: World) -> None:
    themes(world, "one", "other")
    implemented(world, raised(world, "one"))
    world.at(1)
    raised(world, "other")
    world.at(2)
    merge(world, "one", into="other")
    assert (counted(world, "one"), counted(world, "other")) == ((1, 1, 0, 0), (1, 1, 0, 0))


def test_what_was_raised_before_a_merge_never_recurs_on_the_other_theme(world: World) -> None:
    themes(world, "one", "other")
    implemented(world, raised(world, "one"))
    world.at(1)
    raised(world, "other")
    world.at(2)
    merge(world, "one", into="other")
    world.at(3)
    raised(world, "other")
    assert counted(world, "other") == (3, 3, 1, 0), "only the third was raised while both were one theme"


def test_a_second_merge_takes_nothing_away_that_had_recurred(world: World) -> None:
    themes(world, "one", "other", "third")
    implemented(world, raised(world, "one"))
    world.at(1)
    merge(world, "one", into="other")
    world.at(2)
    raised(world, "other")
    before = counted(world, "other")
    world.at(3)
    merge(world, "other", into="third")
    assert before == counted(world, "other") == (2, 2, 1, 0)
    world.at(4)
    raised(world, "third")
    assert counted(world, "third") == (3, 3, 2, 0)


def test_a_theme_merged_later_is_not_merged_on_the_days_before(world: World) -> None:
    themes(world, "one", "other")
    raised(world, "one")
    world.at(2)
    merge(world, "one", into="other")
    world.at(3)
    raised(world, "other")
    assert counted(world, "other") == (2, 2, 0, 0)
    assert counted(world, "one", effectiveOn=on(1)) == (1, 1, 0, 0)
