"""A small register, told through GraphQL by whatever version of the program is first on the path (`landed_state.py`).

It prints what that version answers in the end. It uses only what every version has had.
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import anyio
from httpx import ASGITransport, AsyncClient

from api.app.founding import FOUNDER
from api.app.installation import Installation
from api.app.serving import create_app
from domain.agency.commands import AddAgency
from domain.shared.vocabulary import Role

KEY = "landed"
FIRST = date(2024, 1, 8)
LATER = datetime(2024, 3, 1, 9, tzinfo=UTC)
BODY = "serious-incident-review-group"
ASKED = """{ register {
  position reviews { totalCount nodes { id reference title stage } }
  recommendations { nodes { id reference wording stage } }
  actions { nodes { id reference wording stage dueOn leadAgency { key } history { name happenedOn } } }
  challenges { nodes { id reference stage } }
  overdueByAgency(includeUpToDate: true) { agency { key } open overdue } } }"""


class Teller:
    """Everybody who takes part, by the tokens that they were issued."""

    def __init__(self, installation: Installation) -> None:
        self._app = create_app(installation)
        issue = installation.issue_token
        self._tokens = {
            "unit": issue(KEY, Role.BUSINESS_UNIT, "unit"),
            "chair": issue(KEY, Role.CHAIR, "chair"),
            "body": issue(KEY, Role.MONITORING_BODY, "body", bodies=(BODY,), independent=True),
            "police": issue(KEY, Role.AGENCY, "police", "police"),
        }

    def ask(self, who: str, query: str, variables: dict[str, Any] | None = None) -> Any:
        async def exchange() -> Any:
            headers = {"Authorization": f"Bearer {self._tokens[who]}"}
            async with AsyncClient(transport=ASGITransport(self._app), base_url="http://landed.test") as client:
                sent = {"query": query, "variables": variables or {}}
                return (await client.post("/graphql", json=sent, headers=headers)).json()

        answer = anyio.run(exchange)
        if answer.get("errors"):
            raise SystemExit(str(answer["errors"]))
        return answer["data"]

    def do(self, who: str, mutation: str, shown: str, given: dict[str, Any]) -> Any:
        """`shown`: the entity with its fields, such as `action { id }`."""
        named = f"{mutation[0].upper()}{mutation[1:]}Input"
        query = f"mutation ($i: {named}!) {{ {mutation}(input: $i) {{ {shown} userErrors {{ message }} }} }}"
        payload = self.ask(who, query, {"i": given | {"idempotencyKey": str(uuid4())}})[mutation]
        if payload["userErrors"]:
            raise SystemExit(f"{mutation}: {payload['userErrors']}")
        return payload[shown.partition(" ")[0]]


def told(teller: Teller) -> tuple[str, list[str]]:
    """A review with learning and a recommendation; of its actions one is late, one closed and one not assigned."""
    review = {"kind": "practice-learning-review", "title": "Child J", "agencies": ["police", "health"]}
    id = teller.do("unit", "reviewCommission", "review { id }", review)["id"]
    said = {"reviewId": id, "themes": ["neglect"]}
    teller.do("unit", "learningIdentify", "review { id }", said | {"wording": "Share sooner"})
    raised = said | {"wording": "Share the chronology"}
    above = teller.do("unit", "recommendationRaise", "recommendation { id }", raised)["id"]
    wordings = ("Train the team", "Write the guide", "Ask the families")
    each = ({"recommendationId": above, "wording": wording} for wording in wordings)
    actions = [str(teller.do("unit", "actionRaise", "action { id }", given)["id"]) for given in each]
    for action, days in zip(actions[:2], (10, 300), strict=True):
        due = (FIRST + timedelta(days=days)).isoformat()
        assigned = {"id": action, "leadAgency": "police", "dueOn": due}
        teller.do("unit", "actionAssign", "action { id }", assigned)
    return str(id), actions


def worked_on(teller: Teller, late: str, done: str) -> None:
    teller.do("police", "actionReportProgress", "action { id }", {"id": late, "narrative": "Half are trained"})
    claim = {"id": done, "narrative": "Printed", "claimsComplete": True}
    shown = teller.do("police", "actionSubmitEvidence", "action { evidence { id } }", claim)
    accepted = {"id": done, "evidenceId": shown["evidence"][-1]["id"]}
    teller.do("body", "actionAcceptEvidence", "action { id }", accepted)
    teller.do("body", "actionClose", "action { id }", {"id": done, "outcome": "IMPLEMENTED"})


def tell(conninfo: str) -> None:
    with Installation.open(conninfo, pool_size=3) as installation:
        installation.create_partnership(KEY, "Landed", "knowsley-2015", demonstration=True, today=FIRST)
        register: Any = installation.register(KEY)
        handle = getattr(register, "handle", None) or register.execute  # as the version that tells it calls it
        ledger = getattr(register, "ledger", None) or register.store
        for agency in ("police", "health"):
            handle(AddAgency(key=agency, name=f"The {agency}"), FOUNDER)
        teller = Teller(installation)
        review, (late, done, _) = told(teller)
        worked_on(teller, late, done)
        ledger.set_clock(LATER)
        challenge = {"agency": "police", "subjects": [late], "grounds": "It is late", "requested": "A date"}
        teller.do("chair", "challengeIssue", "challenge { id }", challenge)
        teller.do("unit", "reviewComplete", "review { id }", {"id": review})
        sys.stdout.write(json.dumps(teller.ask("unit", ASKED)) + "\n")


if __name__ == "__main__":
    tell(sys.argv[1])
