"""The lists that may be had as sheets: a line a column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from exporting.sheet import Cell, Column
from web.documents import Document, Fields
from web.words import in_words

HERE = "web.sheets"
NARROW, WIDE, WORDING = 12, 28, 70

Read: TypeAlias = Callable[[Fields], Cell]
Columns: TypeAlias = Sequence[tuple[Column, Read]]


@dataclass(frozen=True)
class SheetList:
    """
    Attributes:
        name: of its files.
        within: the fields of the register down to the one that holds `page` or `rows`.
        also: other names of what narrows it, as pages have them.
    """

    name: str
    title: str
    document: Document
    columns: Columns
    within: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)


def text(path: str) -> Read:
    return lambda row: _found(row, path)


def count(path: str) -> Read:
    return lambda row: _found(row, path)


def day(path: str) -> Read:
    def read(row: Fields) -> Cell:
        found = _found(row, path)
        return date.fromisoformat(found) if found else None

    return read


def words(path: str) -> Read:
    def read(row: Fields) -> Cell:
        found = _found(row, path)
        return in_words(found) if found else None

    return read


def yes(path: str) -> Read:
    return lambda row: "Yes" if _found(row, path) else "No"


def names(path: str) -> Read:
    return lambda row: ", ".join(each["name"] for each in _found(row, path) or ())


def _found(row: Fields, path: str) -> Any:
    """None below what is None."""
    found: Any = row
    for name in path.split("."):
        if found is None:
            return None
        found = found[name]
    return found


def _reference(row: Fields) -> Cell:
    subject = row["subject"]
    if subject is None or subject["__typename"] == "YearlyReturn":
        return None
    shown = subject["review"] if subject["__typename"] == "LearningPoint" else subject
    return str(shown["reference"])


def _about(row: Fields) -> Cell:
    subject = row["subject"]
    match subject and subject["__typename"]:
        case "Action" | "Recommendation" | "LearningPoint":
            return str(subject["wording"])
        case "Challenge":
            return str(subject["grounds"])
        case "Review":
            return str(subject["title"])
        case "YearlyReturn":
            return f"Return for {subject['year']}, part {subject['period']}, of {subject['agency']['name']}"
    return None


OVERDUE = SheetList(
    "overdue",
    "What is overdue, by agency",
    Document.of(HERE, "overdue.graphql"),
    (
        (Column("Agency", WIDE), text("agency.name")),
        (Column("Open actions"), count("open")),
        (Column("Overdue actions"), count("overdue")),
        (Column("Overdue against the first day"), count("overdueAgainstOriginal")),
        (Column("Awaiting review"), count("awaitingReview")),
        (Column("Challenged"), count("challenged")),
        (Column("Due within 30 days"), count("dueWithin30Days")),
        (Column("Oldest day due"), day("oldestDueOn")),
        (Column("Done in time, reported late"), count("reportedLate")),
        (Column("Recommendations overdue"), count("recommendationsOverdue")),
        (Column("Answers overdue"), count("responsesOverdue")),
        (Column("Challenge answers overdue"), count("challengeResponsesOverdue")),
        (Column("Duties overdue"), count("dutiesOverdue")),
        (Column("Extensions pending"), count("extensionsPending")),
    ),
)
OWED = SheetList(
    "agency",
    "What an agency owes",
    Document.of(HERE, "agency.graphql"),
    (
        (Column("Due"), day("dueOn")),
        (Column("Overdue", NARROW), yes("overdue")),
        (Column("Days overdue", NARROW), count("daysOverdue")),
        (Column("What", WIDE), words("kind")),
        (Column("Agency", WIDE), text("agency.name")),
        (Column("Reference"), _reference),
        (Column("About", WORDING), _about),
        (Column("Duty", WORDING), text("duty.wording")),
    ),
)
LIFE: tuple[tuple[Column, Read], ...] = (
    (Column("Lead agency", WIDE), text("leadAgency.name")),
    (Column("Contributing agencies", WIDE), names("contributingAgencies")),
    (Column("Lead officer"), text("leadOfficer")),
    (Column("First due"), day("originalDueOn")),
    (Column("Due"), day("dueOn")),
    (Column("Overdue", NARROW), yes("overdue")),
    (Column("Days overdue", NARROW), count("daysOverdue")),
    (Column("Awaiting review", NARROW), yes("awaitingReview")),
    (Column("Challenged", NARROW), yes("challenged")),
    (Column("Outcome"), words("closure.outcome")),
    (Column("Closed"), day("closure.closedOn")),
    (Column("Impact"), words("impact.finding")),
    (Column("Impact verified"), day("impact.verifiedOn")),
    (Column("Monitored by", WIDE), names("monitoredBy")),
)
"""What actions and recommendations share."""
BY_THEIR_PAGES = {"agency": "lead-agency", "q": "text", "officer": "lead-officer"}
ACTIONS = SheetList(
    "actions",
    "Actions",
    Document.of(HERE, "actions.graphql"),
    (
        (Column("Reference"), text("reference")),
        (Column("Action", WORDING), text("wording")),
        (Column("Stage"), words("stage")),
        *LIFE,
        (Column("Measure of effectiveness", WORDING), text("measureOfEffectiveness")),
        (Column("Recommendation"), text("recommendation.reference")),
        (Column("Review"), text("recommendation.review.reference")),
        (Column("Title of the review", WIDE), text("recommendation.review.title")),
    ),
    also=BY_THEIR_PAGES,
)
RECOMMENDATIONS = SheetList(
    "recommendations",
    "Recommendations",
    Document.of(HERE, "recommendations.graphql"),
    (
        (Column("Reference"), text("reference")),
        (Column("Recommendation", WORDING), text("wording")),
        (Column("Stage"), words("stage")),
        (Column("Draft", NARROW), yes("draft")),
        (Column("Themes", WIDE), names("themes")),
        (Column("Addressed to", WIDE), names("addressedTo")),
        (Column("Answer"), words("response.answer")),
        (Column("Answered"), day("response.respondedOn")),
        (Column("Answer due"), day("responseDueOn")),
        (Column("Answer overdue", NARROW), yes("responseOverdue")),
        *LIFE,
        (Column("Review"), text("review.reference")),
        (Column("Title of the review", WIDE), text("review.title")),
    ),
    also=BY_THEIR_PAGES,
)
REVIEWS = SheetList(
    "reviews",
    "Reviews",
    Document.of(HERE, "reviews.graphql"),
    (
        (Column("Reference"), text("reference")),
        (Column("Title", WORDING), text("title")),
        (Column("Kind", WIDE), text("kind.name")),
        (Column("Stage"), words("stage")),
        (Column("Referred"), day("referredOn")),
        (Column("Commissioned"), day("commissionedOn")),
        (Column("Completed"), day("completedOn")),
        (Column("Published"), day("publishedOn")),
        (Column("Withheld"), day("withheldOn")),
        (Column("Lead reviewer", WIDE), text("leadReviewer")),
        (Column("Agencies", WIDE), names("agencies")),
        (Column("Themes", WIDE), names("themes")),
        (Column("Monitored by", WIDE), names("monitoredBy")),
    ),
    also={"q": "text"},
)
CHALLENGES = SheetList(
    "challenges",
    "Formal challenges",
    Document.of(HERE, "challenges.graphql"),
    (
        (Column("Reference"), text("reference")),
        (Column("Agency", WIDE), text("agency.name")),
        (Column("Grounds", WORDING), text("grounds")),
        (Column("What is asked for", WORDING), text("requested")),
        (Column("Stage"), words("stage")),
        (Column("Level"), text("levelName")),
        (Column("Issued"), day("issuedOn")),
        (Column("Answer due"), day("responseDueOn")),
        (Column("Overdue", NARROW), yes("overdue")),
        (Column("Answered"), day("answeredOn")),
        (Column("Outcome"), words("outcome")),
        (Column("Reason of the outcome", WORDING), text("outcomeReason")),
        (Column("Ended"), day("endedOn")),
    ),
)
OVERSIGHT = SheetList(
    "oversight",
    "What waits for the bodies and the chair",
    Document.of(HERE, "oversight.graphql"),
    (
        (Column("Since"), day("since")),
        (Column("Days", NARROW), count("days")),
        (Column("What", WIDE), words("queue")),
        (Column("Body", WIDE), text("body.name")),
        (Column("Of the chair alone", NARROW), yes("chairOnly")),
        (Column("Due"), day("dueOn")),
        (Column("Days late", NARROW), count("daysLate")),
        (Column("Reference"), _reference),
        (Column("About", WORDING), _about),
    ),
    within=("oversight",),
)
RECURRING = SheetList(
    "recurring",
    "Learning that recurs",
    Document.of(HERE, "recurring.graphql"),
    (
        (Column("Theme", WIDE), text("theme.name")),
        (Column("Times", NARROW), count("occurrences")),
        (Column("Reviews", NARROW), count("reviews")),
        (Column("First seen"), day("firstSeenOn")),
        (Column("Last seen"), day("lastSeenOn")),
        (Column("Again after closure"), count("recurredAfterClosure")),
        (Column("Again after verified impact"), count("recurredAfterImpactVerified")),
        (Column("Agencies", WORDING), names("agencies")),
    ),
    also={"after-closure": "after-closure-only"},
)
LISTS = (OVERDUE, ACTIONS, RECOMMENDATIONS, REVIEWS, CHALLENGES, OVERSIGHT, RECURRING)
"""By their names at the root of the addresses; what an agency owes stands below the agency."""
