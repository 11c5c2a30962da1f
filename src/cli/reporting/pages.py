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
    yield from _timeliness(report["timeliness"])
    yield from _challenges(report["challenges"])
    yield from _dissemination(report["dissemination"])
    yield from _returns(report["returns"])
    yield from _participation(report["participation"])
    yield from _yields(report["yields"])
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
    for name, label in CARRIED.items():
        yield from _row(label, report["recommendations"][name], report["actions"][name])


def _timeliness(found: Found) -> Iterator[str]:
    yield from ("", "## What was due, and when it was done", "")
    yield from _row("", "due", "in time", "late", "outstanding")
    yield from _row("---", *("---:" for _ in TIMELY))
    for name, label in WAS_DUE.items():
        yield from _row(label, *(found[name][each] for each in TIMELY))


WAS_DUE = {
    "recommendations": "recommendations",
    "actions": "actions",
    "learningDuties": "duties on learning",
    "standingDuties": "standing duties",
}
TIMELY = ("due", "inTime", "late", "outstanding")


def _challenges(found: Found) -> Iterator[str]:
    yield from ("", "## Formal challenges", "")
    yield (
        f"- {found['issued']} issued, {found['escalated']} times taken to a further level, "
        f"{found['openAtTheEnd']} open at the end"
    )
    yield f"- {found['answersDue']} answers due: {found['answeredInTime']} in time, {found['answeredLate']} late"
    yield f"- {found['upheld']} upheld, {found['answered']} resolved as answered, {found['withdrawn']} withdrawn"


def _dissemination(found: list[Found]) -> Iterator[str]:
    yield from ("", "## How learning was disseminated", "")
    if not found:
        yield "None."
        return
    yield from _row("method", "times", "to the public or media", "points of learning")
    yield from _row("---", "---:", "---:", "---:")
    for each in found:
        yield from _row(_plain(each["method"]), each["times"], each["toThePublic"], each["learning"])


def _returns(found: Found) -> Iterator[str]:
    yield from ("", "## Agencies' returns on their standing duties", "")
    yield f"- {found['called']} called for, {found['answered']} answered, {found['judged']} judged"
    yield (
        f"- standards: {found['standardsMet']} met, {found['standardsPartlyMet']} partly met, "
        f"{found['standardsNotMet']} not met; {found['improvements']} improvements to make"
    )


def _participation(found: list[Found] | None) -> Iterator[str]:
    yield from ("", "## How people took part in the year's reviews", "")
    yield from _row("", "reviews", "recorded", "invited", "took part")
    yield from _row("---", "---:", "---:", "---:", "---:")
    for each in found or ():
        if each["participant"] is None:
            counts = (each[name] for name in ("reviews", "recorded", "invited", "tookPart"))
            yield from _row(each["group"].lower().replace("_", " "), *counts)


def _yields(found: list[Found]) -> Iterator[str]:
    yield from ("", "## What the learning was", "")
    if not found:
        yield "None."
        return
    yield from _row("learning", "kind of review", "points")
    yield from _row("---", "---", "---:")
    for each in found:
        yield from _row(_plain(each["yields"]), _plain(each["kind"]["name"]), each["points"])


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
