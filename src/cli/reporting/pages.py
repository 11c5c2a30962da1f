"""The annual report's figures and its evidence of impact, as Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

Found = Mapping[str, Any]

FINDINGS = {"EMBEDDED": "Embedded", "PARTLY_EMBEDDED": "Partly embedded", "NOT_EMBEDDED": "Not embedded"}
CARRIED = {
    "implemented": "closed as implemented",
    "superseded": "closed as superseded",
    "notImplemented": "closed as not implemented",
    "embedded": "found embedded",
    "partlyEmbedded": "found partly embedded",
    "notEmbedded": "found not embedded",
    "evidenceReturned": "evidence returned",
}
DEMONSTRATION = "**A demonstration: everything here is invented.**"


def page(register: Found, findings: Iterable[Found], *, demonstration: bool) -> Iterator[str]:
    """Line by line."""
    report = register["annualReport"]
    yield f"# {_plain(register['partnership']['name'])}, {_day(report['since'])} to {_day(report['until'])}"
    yield from ("", f"As known at {register['knownAt']}.")
    yield from ("", DEMONSTRATION) if demonstration else ()
    yield from _reviews(report)
    yield from _figures(report)
    yield from _evidence(list(findings))


def _reviews(report: Found) -> Iterator[str]:
    yield from ("", "## Reviews and audits", "")
    if not report["reviews"]:
        yield "None."
        return
    yield from _row("kind", *REVIEWED)
    yield from _row("---", *("---:" for _ in REVIEWED))
    for each in report["reviews"]:
        yield from _row(_plain(each["kind"]["name"]), *(each[name] for name in REVIEWED))


REVIEWED = ("commissioned", "completed", "published", "withheld")


def _figures(report: Found) -> Iterator[str]:
    learning, answers = report["learning"], report["answers"]
    yield from ("", "## Learning, recommendations and actions", "")
    yield f"- {learning['improvement']} points to improve and {learning['goodPractice']} of good practice identified"
    yield f"- {report['recommended']} recommendations raised"
    yield (
        f"- answers that stand: {answers['accepted']} accepted, {answers['acceptedInPrinciple']} accepted in "
        f"principle, {answers['notAccepted']} not accepted"
    )
    yield ""
    yield from _row("", "recommendations", "actions")
    yield from _row("---", "---:", "---:")
    for name, said in CARRIED.items():
        yield from _row(said, report["recommendations"][name], report["actions"][name])


def _evidence(findings: list[Found]) -> Iterator[str]:
    yield from ("", "## Evidence of impact", "")
    yield from (_finding(each) for each in findings) if findings else ("None.",)


def _finding(each: Found) -> str:
    found, subject = each["finding"], each["subject"]
    parts = [
        f"- **{FINDINGS[found['finding']]}** on {_day(found['verifiedOn'])}:",
        f"{subject['__typename'].lower()} {_plain(subject['reference'])}, {_ended(subject['wording'])}",
        f"Measure: {_ended(found['measure'])}",
    ]
    if found["narrative"]:
        parts.append(_ended(found["narrative"]))
    if found["evidencedBy"]:
        parts.append(f"Evidence: {_plain(found['evidencedBy']['reference'])}, {_ended(found['evidencedBy']['title'])}")
    return " ".join(parts)


def _row(*cells: object) -> Iterator[str]:
    yield f"| {' | '.join(str(cell) for cell in cells)} |"


def _ended(text: str) -> str:
    plain = _plain(text)
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."


def _plain(text: str) -> str:
    """On one line, its signs meaning themselves."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in " ".join(text.split()))


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"
