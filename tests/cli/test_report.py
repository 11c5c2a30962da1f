"""`goldenthread report`: what a year brought, as a page to paste into the annual report."""

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from support.partnership_world import KEY, World, on

RUNNER = CliRunner()


def run(world: World, *words: str, partnership: str = KEY) -> Result:
    address = world.installation.conninfo
    return RUNNER.invoke(app, ["report", "--partnership", partnership, *words, "--database-url", address])


def test_a_year_is_told_with_its_evidence_of_impact(world: World) -> None:
    world.published(title="Child J")
    action = world.closed()
    audit = world.a_review(kind="thematic-audit", title="A second look")
    world.do("unit", "reviewComplete", id=audit)
    found = {
        "finding": "PARTLY_EMBEDDED",
        "measure": "Audit of twenty files",
        "narrative": "Two of\nthree | *districts*",
    }
    world.do("body", "actionVerifyImpact", id=action, evidencedBy=audit, **found)
    told = run(world, "--year", "2024")
    assert told.exit_code == 0, told.output
    lines = told.stdout.splitlines()
    assert lines[0] == "# Knowsley, 1 January 2024 to 31 December 2024"
    assert "**A demonstration: everything here is invented.**" in lines
    assert "| Practice learning review | 2 | 1 | 1 | 0 |" in lines
    assert "| Thematic audit | 1 | 1 | 0 | 0 |" in lines
    assert "| closed as implemented | 0 | 1 |" in lines
    assert "| found partly embedded | 0 | 1 |" in lines
    assert lines[-1].startswith("- **Partly embedded** on 8 January 2024: action ")
    assert lines[-1].endswith(
        "Measure: Audit of twenty files. Two of three \\| \\*districts\\*. Evidence: R0003, A second look."
    )


def test_a_year_without_anything_says_so(world: World) -> None:
    world.published()
    lines = run(world, "--since", "2020-04-01", "--until", "2021-03-31").stdout.splitlines()
    assert lines[0] == "# Knowsley, 1 April 2020 to 31 March 2021"
    assert lines.count("None.") == 4


def test_every_finding_is_told_however_many_there_are(world: World) -> None:
    action = world.closed()
    for number in range(101):
        world.at(number)
        world.do("body", "actionVerifyImpact", id=action, finding="EMBEDDED", measure=f"Audit {number}")
    told = run(world, "--year", "2024").stdout
    assert all(f"Measure: Audit {number}." in told for number in range(101))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Give a year, or both since and until."),
        (("--year", "2024", "--since", on(0)), "Give a year, or since and until, not both."),
        (("--since", on(2), "--until", on(1)), f"{on(1)} is before {on(2)}."),
        (("--year", "0"), "0 is no year of the calendar."),
    ],
)
def test_what_is_no_period_is_one_clear_sentence(world: World, words: tuple[str, ...], said: str) -> None:
    told = run(world, *words)
    assert (told.exit_code, told.stdout, told.stderr.strip()) == (1, "", said)


def test_a_year_that_no_calendar_has_is_refused_before_anything_is_read(world: World) -> None:
    told = run(world, "--year", str(2**31))
    assert (told.exit_code, told.stdout) == (2, "")
    assert "9999" in told.stderr


def test_a_partnership_that_is_not_there_is_named(world: World) -> None:
    told = run(world, "--year", "2024", partnership="moon")
    assert (told.exit_code, told.stderr.strip()) == (1, "There is no partnership 'moon'.")


def test_a_year_tells_lateness_challenges_dissemination_returns_participation_and_factors(world: World) -> None:
    review = world.a_review(kind="child-death-review", title="Deaths of 2024")
    world.do(
        "unit", "learningIdentify", reviewId=review, wording="Unsafe sleep", themes=[], yields="modifiable factors"
    )
    asked = {"id": review, "participant": "PARENT", "invited": True, "tookPart": "YES", "how": "Met the reviewer"}
    world.do("unit", "reviewRecordParticipation", "id", **asked)
    action = world.assigned("police", due=10, recommendationId=world.a_recommendation(reviewId=review))
    world.at(20)
    world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late", responseDueOn=on(30))
    world.do("police", "actionSubmitEvidence", id=action, narrative="Done", claimsComplete=True, completedOn=on(15))
    world.at(40)
    lines = run(world, "--year", "2024").stdout.splitlines()
    for line in (
        "| actions | 1 | 0 | 0 | 1 |",  # a late claim clears nothing
        "- 1 issued, 0 times taken to a further level, 1 open at the end",
        "- 1 answers due: 0 in time, 1 late",
        "- 0 called for, 0 answered, 0 judged",
        "| family | 1 | 1 | 1 | 1 |",
        "| modifiable factors | Child death review | 1 |",
    ):
        assert line in lines, line


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Give a year, or both since and until."),
        (["--since", "2024-01-01"], "Give a year, or both since and until."),
        (["--until", "2024-01-01"], "Give a year, or both since and until."),
        (["--year", "2024", "--since", "2024-01-01"], "Give a year, or since and until, not both."),
        (["--year", "0"], "0 is no year of the calendar."),
        (["--since", "2024-02-01", "--until", "2024-01-01"], "2024-01-01 is before 2024-02-01."),
    ],
)
def test_a_slip_ends_in_a_sentence(world: World, words: list[str], sentence: str) -> None:
    told = run(world, *words)
    assert (told.exit_code, told.stdout) == (1, "")
    assert " ".join(told.stderr.split()).removeprefix("goldenthread: ").endswith(sentence)
    assert "Traceback" not in told.stderr
