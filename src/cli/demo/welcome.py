"""What `make demo` tells the person at the terminal."""

from collections.abc import Mapping

from cli.demo.fellmoor import FRAMEWORK, NAME
from cli.demo.holders import HOLDERS

QUERY = """\
{
  register {
    overdueByAgency { agency { name } open overdue awaitingReview oldestDueOn }
    recurringLearning(first: 5) {
      nodes { theme { name } occurrences reviews recurredAfterImpactVerified }
    }
  }
}"""
SHORT = "{ register { overdueByAgency { agency { name } overdue } } }"


def welcome(tokens: Mapping[str, str], address: str) -> str:
    """Who may enter, where, and what to ask first."""
    return "\n\n".join((_heading(), *_doors(tokens), _first_question(address), _by_curl(tokens["INSPECTOR"], address)))


def _heading() -> str:
    return (
        f"{NAME}, by {FRAMEWORK}.\n"
        "Invented from the first word to the last; its clock stands on 30 June 2026 and moves with each command."
    )


def _doors(tokens: Mapping[str, str]) -> list[str]:
    return [
        f"{holder.name} – {holder.who.role}{_for(holder.who.agency, holder.who.bodies)}, {holder.who.subject}\n"
        f"{tokens[holder.name]}"
        for holder in HOLDERS
    ]


def _for(agency: str | None, bodies: tuple[str, ...]) -> str:
    return f" for {agency or bodies[0]}" if agency or bodies else ""


def _first_question(address: str) -> str:
    return (
        f"The pages are at {address}: choose who to be.\n\n"
        f"For systems there is the API. GraphiQL is at {address}/graphql: put one of the tokens under Headers as\n"
        '{"Authorization": "Bearer TOKEN"}\n'
        f"and paste\n\n{QUERY}"
    )


def _by_curl(token: str, address: str) -> str:
    body = f'{{"query": "{SHORT}"}}'
    return (
        "Or ask from another terminal:\n\n"
        f"curl -s {address}/graphql -H 'Content-Type: application/json' \\\n"
        f"  -H 'Authorization: Bearer {token}' \\\n"
        f"  -d '{body}'\n\n"
        "Ctrl-C stops everything.\n"
    )
