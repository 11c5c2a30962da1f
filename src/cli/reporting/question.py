"""The register's own question, asked as the edge would ask it for somebody who reads everything."""

from collections.abc import Mapping
from typing import Any, cast

from api.context import Context
from api.graphql.schema import build
from cli.runtime import administrator

CARRIED = "{ implemented superseded notImplemented embedded partlyEmbedded notEmbedded evidenceReturned }"
TIMELY = "{ due inTime late outstanding }"
FINDINGS = """findings(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes {
  finding { finding measure narrative verifiedOn evidencedBy { reference title } }
  subject { __typename ... on Recommendation { reference wording } ... on Action { reference wording } } } }"""
QUESTION = f"""query ($year: Int, $since: Date, $until: Date, $known: DateTime, $on: Date, $after: String) {{
  register(knownAt: $known, effectiveOn: $on) {{ knownAt effectiveOn partnership {{ name }}
  annualReport(year: $year, since: $since, until: $until) {{
    since until reviews {{ kind {{ name }} commissioned completed published withheld }}
    learning {{ improvement goodPractice }} recommended answers {{ accepted acceptedInPrinciple notAccepted }}
    recommendations {CARRIED} actions {CARRIED}
    timeliness {{ recommendations {TIMELY} actions {TIMELY} learningDuties {TIMELY} standingDuties {TIMELY} }}
    challenges {{ issued escalated answersDue answeredInTime answeredLate upheld answered withdrawn openAtTheEnd }}
    dissemination {{ method times toThePublic learning }}
    returns {{ called answered judged improvements standardsMet standardsPartlyMet standardsNotMet }}
    participation {{ group participant reviews recorded invited tookPart }}
    yields {{ yields points kind {{ name }} }} {FINDINGS} }} }} }}"""


def read_report(served: Any, period: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The register with its report, and all findings, page by page as known at one moment. Raises a Refusal."""
    first = _ask(served, period)
    moment = {"known": first["knownAt"], "on": first["effectiveOn"]}
    found, page = list(_nodes(first)), first
    while (end := page["annualReport"]["findings"]["pageInfo"])["hasNextPage"]:
        page = _ask(served, {**period, **moment, "after": end["endCursor"]})
        found += _nodes(page)
    return first, found


def _nodes(register: Mapping[str, Any]) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = register["annualReport"]["findings"]["nodes"]
    return nodes


def _ask(served: Any, variables: Mapping[str, Any]) -> dict[str, Any]:
    with Context(administrator(), served) as context:
        answer = build().execute_sync(QUESTION, variable_values=dict(variables), context_value=context)
    for error in answer.errors or ():
        raise error.original_error or error
    register: dict[str, Any] = cast(dict[str, Any], answer.data)["register"]
    return register
