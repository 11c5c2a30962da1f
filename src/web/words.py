"""What the API writes in capitals, as a page writes it."""

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
    """`PARTLY_EMBEDDED` as "Partly embedded"."""
    return WORDS.get(name) or name.replace("_", " ").capitalize()
