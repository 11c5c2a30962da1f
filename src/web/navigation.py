"""The pages that every page leads to."""

from typing import Any

from domain.shared.vocabulary import Role
from web.moments import AskedMoment
from web.rendering import at

PAGES = (
    ("/", "What waits"),
    ("/overdue", "Overdue"),
    ("/recurring", "Recurring learning"),
    ("/challenges", "Challenges"),
    ("/oversight", "Oversight"),
    ("/reviews", "Reviews"),
    ("/returns", "Returns"),
    ("/programme", "Programme"),
    ("/search", "Search"),
    ("/import", "Import"),
    ("/hand-over", "Hand over"),
    ("/people", "People"),
)
NOT_FOR = {
    "/oversight": frozenset({Role.AGENCY}),
    "/programme": frozenset({Role.AGENCY}),
    "/import": frozenset(Role) - {Role.BUSINESS_UNIT},
    "/hand-over": frozenset(Role) - {Role.ADMINISTRATOR, Role.BUSINESS_UNIT},
    "/people": frozenset(Role) - {Role.ADMINISTRATOR},
}
"""Of what some roles see nothing."""


def navigation_of(role: Role, path: str, moment: AskedMoment) -> list[dict[str, Any]]:
    """For the design system's navigation; the page that is shown is marked."""
    return [
        {"text": text, "href": at(address, moment), "active": path == address}
        for address, text in PAGES
        if role not in NOT_FOR.get(address, ())
    ]
