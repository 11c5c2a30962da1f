"""What the API writes in capitals, as a page writes it."""

from datetime import date

from domain.shared.vocabulary import Role

ROLES = {
    Role.AGENCY.value: "Agency",
    Role.BUSINESS_UNIT.value: "Business unit",
    Role.MONITORING_BODY.value: "Review group or other body",
    Role.CHAIR.value: "Chair",
    Role.INSPECTOR.value: "Inspector",
    Role.ADMINISTRATOR.value: "Administrator",
}
OWED = {
    "ACTION": "Action",
    "RECOMMENDATION": "Recommendation",
    "RESPONSE": "Answer to a recommendation",
    "CHALLENGE_RESPONSE": "Answer to a challenge",
    "DUTY": "Learning to confirm",
    "RETURN": "Yearly return",
}
WORDS = {**ROLES, **OWED, "IMPACT_VERIFIED": "Impact verified", "NOT_ACCEPTED": "Not accepted"}


def in_words(name: str) -> str:
    """`PARTLY_EMBEDDED` and `partly-embedded` as "Partly embedded"."""
    return WORDS.get(name) or name.replace("_", " ").replace("-", " ").capitalize()


def day(text: str | date | None) -> str:
    """`2026-06-30` as "30 June 2026"; nothing for no day."""
    if not text:
        return ""
    found = text if isinstance(text, date) else date.fromisoformat(text)
    return f"{found.day} {found:%B %Y}"
