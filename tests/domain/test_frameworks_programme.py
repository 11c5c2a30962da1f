"""The audit programmes of the five frameworks."""

from pathlib import Path

import pytest

from domain.frameworks import FrameworkError, load_framework, shipped_frameworks
from domain.frameworks.theme_coding import shipped_themes

SAMPLE = """\
key: sample
name: Sample partnership
bodies: {board: {name: Board}}
kinds: {audit: {name: Audit, monitored_by: [board]}}
methods: []
review_principles: {proportionate: Proportionate}
challenge_route: [{level: 1, name: Letter, working_days: 10}]
impact_due_months: 6
inspection_kind: audit
duties: {roles: {agency: {name: Agency, held_by: AGENCY}}, on_receipt: [{key: embed, role: agency, wording: Embed it}],\
 confirm_within_days: 28, standing: [{key: induction, wording: Induction}], return_every_months: 12,\
 return_within_days: 28}
programme:
"""


@pytest.mark.parametrize(
    ("framework", "limit", "kinds", "topics"),
    [
        ("hull-2015", None, {"audit"}, set()),
        ("knowsley-2015", None, {"multi-agency-case-audit", "thematic-audit"}, set()),
        (
            "knowsley-2020",
            None,
            {"multi-agency-focus-group-audit", "deep-dive-audit"},
            {"neglect", "domestic-abuse", "child-exploitation", "mental-health-and-wellbeing"},
        ),
        ("sunderland-2015", None, {"multi-agency-case-file-audit", "case-file-audit"}, set()),
        ("windsor-maidenhead", 4, {"multi-agency-case-audit"}, set()),
    ],
)
def test_a_framework_gives_its_limit_and_its_topics(
    framework: str, limit: int | None, kinds: set[str], topics: set[str]
) -> None:
    found = shipped_frameworks()[framework]
    assert (found.programme.limit, set(found.programme.kinds), set(found.programme.topics)) == (limit, kinds, topics)
    assert found.is_default("programme.kinds") == (framework != "windsor-maidenhead")
    assert not found.is_default("programme.limit") or limit is None
    assert topics <= {theme.key for theme in shipped_themes()}


def test_the_topics_of_a_year_are_chosen_from_what_the_framework_says() -> None:
    said = {key: each.programme.chosen_from for key, each in shipped_frameworks().items() if each.programme.chosen_from}
    assert said == {
        "knowsley-2020": ("strategic priorities", "emerging themes"),
        "windsor-maidenhead": ("the business plan",),
    }
    assert not any(shipped_frameworks()[key].is_default("programme.chosen_from") for key in said)


def test_only_windsor_and_knowsley_2020_say_something_of_their_own() -> None:
    own = {key for key, each in shipped_frameworks().items() if not each.is_default("programme")}
    assert own == {"windsor-maidenhead", "knowsley-2020"}


@pytest.mark.parametrize(
    ("said", "line", "key", "reason"),
    [
        ("  kinds: [adit]", 12, "programme.kinds.0", "unknown review kind `adit`"),
        ("  kinds: [audit, audit]", 12, "programme.kinds", "2 times"),
        ("  topics: [neglect, neglect]", 12, "programme.topics", "2 times"),
        ("  limit: 4", 12, "programme.limit", "counts no kind"),
        ("  kinds: [audit]\n  limit: four", 13, "programme.limit", "integer"),
        ("  kinds: [audit]\n  limit: 0", 13, "programme.limit", "greater than or equal to 1"),
        ("  colour: red", 12, "programme.colour", "unknown key"),
    ],
)
def test_a_broken_programme_is_refused_with_file_line_and_key(
    said: str, line: int, key: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "sample.yaml"
    path.write_text(f"{SAMPLE}{said}\n", encoding="utf-8")
    with pytest.raises(FrameworkError) as caught:
        load_framework(path)
    assert (caught.value.line, caught.value.key) == (line, key)
    assert reason in caught.value.reason
