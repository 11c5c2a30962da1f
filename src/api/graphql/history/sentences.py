"""One English sentence for every fact, for people who read a history."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from api.graphql.agencies.types import Agency
from api.graphql.directory import Directory
from api.relay.corrected_ids import BY_THEIR_IDS, names_ids

Body: TypeAlias = Mapping[str, Any]
Called: TypeAlias = Callable[[str | None], str]
Sentence: TypeAlias = Callable[[Body, Called], str]

EMBEDDED = {"EMBEDDED": "embedded", "PARTLY_EMBEDDED": "partly embedded", "NOT_EMBEDDED": "not embedded"}
ANSWERS = {
    "ACCEPTED": "accepted it",
    "ACCEPTED_IN_PRINCIPLE": "accepted it in principle",
    "NOT_ACCEPTED": "did not accept it",
}
COMPLIANCE = {"MET": "met", "PARTLY_MET": "partly met", "NOT_MET": "not met", "NOT_APPLICABLE": "not applicable"}
OUTCOMES = {"IMPLEMENTED": "implemented", "SUPERSEDED": "superseded", "NOT_IMPLEMENTED": "not implemented"}

SENTENCES: Mapping[str, Sentence] = {
    "review.referred": lambda fact, _: f"A case was referred as {fact['reference']}: {fact['title']}.",
    "review.advised": lambda fact, _: (
        f"The {fact['body']} advised {'against ' if fact.get('no_review') else ''}a {fact['kind']}."
    ),
    "review.declined": lambda _, __: "It was decided not to review the case.",
    "review.commissioned": lambda fact, _: f"Review {fact['reference']} was commissioned: {fact['title']}.",
    "review.agreed": lambda fact, _: f"The review was agreed by {fact.get('body') or 'the chair'}.",
    "review.completed": lambda _, __: "The review was completed.",
    "review.recommendation_arisen": lambda fact, _: f"Recommendation {fact['reference']} arose from it.",
    "review.learning_identified": lambda fact, _: f"{_learning(fact)} was identified: {fact['wording']}",
    "review.learning_disseminated": lambda fact, _: (
        f"Learning was disseminated by {fact['method']}{_beside_agencies(fact)}{_to_be_confirmed(fact)}."
    ),
    "review.learning_taken_up": lambda fact, _: f"The {fact['body']} took up learning: {fact['what_was_done']}",
    "review.participation_recorded": lambda fact, _: _participation(fact),
    "review.learning_joined": lambda _, __: "Its learning was disseminated with that of another review.",
    "return.called": lambda fact, called: (
        f"{called(fact['agency'])} was called for its return for {fact['year']}, due {_day(fact['due_on'])}."
    ),
    "return.submitted": lambda fact, called: f"{called(fact['agency'])} assessed {_standards(fact)}{_points(fact)}.",
    "return.judged": lambda fact, _: f"Its return was judged by {fact.get('body') or 'the chair'}{_points(fact)}.",
    "return.improvements_raised": lambda fact, _: f"{_number(len(fact['raised']), 'improvement')} became work.",
    "duties_confirmed": lambda fact, called: f"{_holder(fact, called)} confirmed {_duties(fact)}.",
    "duties_transferred": lambda fact, called: (
        f"What {called(fact['from_agency'])} still owed moved to {called(fact['to_agency'])}."
    ),
    "review.published": lambda _, __: "The review was published.",
    "review.publication_withheld": lambda _, __: "Publication was withheld.",
    "review.clock_started": lambda fact, _: (
        f"Clock {fact['clock']} started on {_day(fact['started_on'])}, due {_day(fact['due_on'])}."
    ),
    "review.clock_stopped": lambda fact, _: f"Clock {fact['clock']} stopped on {_day(fact['stopped_on'])}.",
    "programme.agreed": lambda fact, _: f"The audit programme of {fact['year']} was agreed{_at_most(fact)}.",
    "programme.audit_planned": lambda fact, _: (
        f"A {fact['kind']} on {fact['topic']} was planned for {_day(fact['planned_for'])}."
    ),
    "programme.audit_withdrawn": lambda _, __: "A planned audit was withdrawn.",
    "programme.audit_commissioned": lambda fact, _: f"A {fact['kind']} was commissioned under it.",
    "recommendation.check_commissioned": lambda fact, _: f"Review {fact['reference']} was commissioned to check it.",
    "recommendation.raised": lambda fact, _: f"Recommendation {fact['reference']} was raised: {fact['wording']}",
    "recommendation.draft_agreed": lambda _, __: "Its review was agreed: it is a draft no more.",
    "recommendation.responded": lambda fact, called: f"{called(fact['agency'])} {ANSWERS[fact['answer']]}.",
    "recommendation.action_planned": lambda fact, _: f"Action {fact['reference']} was raised under it.",
    "action.raised": lambda fact, _: f"Action {fact['reference']} was raised: {fact['wording']}",
    "challenge.issued": lambda fact, called: (
        f"Challenge {fact['reference']} was issued to {called(fact['agency'])}, to be answered by "
        f"{_day(fact['response_due_on'])}."
    ),
    "challenge.responded": lambda fact, called: (
        f"{called(fact.get('agency') or fact['by']['agency'])} answered at level {fact['level']}."
    ),
    "challenge.escalated": lambda fact, _: (
        f"It was escalated to level {fact['level']}, to be answered by {_day(fact['response_due_on'])}."
    ),
    "challenge.resolved": lambda fact, _: (
        "It was upheld." if fact["outcome"] == "UPHELD" else "It was resolved as answered."
    ),
    "challenge.withdrawn": lambda _, __: "It was withdrawn.",
    "assigned": lambda fact, called: f"Assigned to {called(fact['lead_agency'])}, due {_day(fact['due_on'])}.",
    "transferred": lambda fact, called: (
        f"Transferred from {called(fact['from_agency'])} to {called(fact['to_agency'])}."
    ),
    "progress_reported": lambda fact, called: f"{called(fact.get('agency'))} reported progress{_how_far(fact)}.",
    "evidence_submitted": lambda fact, called: (
        f"{called(fact.get('agency'))} submitted evidence{_claim(fact) if fact['claims_complete'] else ''}."
    ),
    "evidence_accepted": lambda _, __: "Evidence was accepted.",
    "evidence_returned": lambda fact, _: f"Evidence was returned{_by(fact.get('fix_by'))}.",
    "evidence_withdrawn": lambda _, __: "Evidence was withdrawn.",
    "completed": lambda fact, _: _completed(fact),
    "extension_requested": lambda fact, _: f"An extension until {_day(fact['until'])} was requested.",
    "extension_granted": lambda fact, _: f"An extension until {_day(fact['until'])} was granted.",
    "extension_refused": lambda _, __: "The extension was refused.",
    "closed": lambda fact, _: f"Closed as {OUTCOMES[fact['outcome']]}.",
    "reopened": lambda fact, _: f"Reopened, due {_day(fact['due_on'])}.",
    "impact_verified": lambda fact, _: f"Its impact was found {EMBEDDED[fact['finding']]}, by {fact['measure']}.",
    "bodies_succeeded": lambda fact, _: (
        f"Its bodies were succeeded: it reports through {', '.join(fact['monitored_by'])} of {fact['framework']}."
    ),
    "challenged": lambda _, __: "A formal challenge about it was issued.",
    "corrected": lambda fact, _: _correction(fact),
    "challenge_ended": lambda _, __: "The formal challenge about it ended.",
}


def summary(name: str, fact: Body, agencies: Directory[Agency]) -> str:
    """What happened, from the stored name (`action.assigned.v1`) and the fact's JSON."""
    plain = name.rpartition(".v")[0]
    sentence = SENTENCES.get(plain) or SENTENCES[plain.partition(".")[2]]
    return sentence(fact, lambda key: agencies[key].name if key else "Somebody")


def reason_of(fact: Body) -> str | None:
    """The reason that the fact itself gives."""
    return fact.get("reason") or fact.get("follow_up_reason") or fact.get("grounds")


def _correction(fact: Body) -> str:
    if fact["field"] == "voided":
        back = fact.get("new_value") == "false"
        return "A fact that was struck out was put back." if back else "A fact was struck out."
    field, _, part = fact["field"].partition(".")
    if names_ids(fact["field"]):
        return f"{field} was corrected."
    old, new = fact.get("old_value") or "nothing", fact.get("new_value") or "nothing"
    named = f"{field} ({part.rpartition('.')[2]})" if field in BY_THEIR_IDS else fact["field"]
    return f"{named} was corrected from {old} to {new}."


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _at_most(fact: Body) -> str:
    return f", with at most {fact['limit']} audits" if fact.get("limit") else ""


def _by(text: str | None) -> str:
    return f", to be put right by {_day(text)}" if text else ""


def _learning(fact: Body) -> str:
    return "Good practice" if fact.get("good_practice") else "Learning"


def _holder(fact: Body, called: Called) -> str:
    if fact["agency"]:
        return called(fact["agency"])
    return "The chair" if fact["by"]["role"] == "CHAIR" else "The business unit"


def _duties(fact: Body) -> str:
    return "a duty" if len(fact["duties"]) == 1 else f"{len(fact['duties'])} duties"


def _completed(fact: Body) -> str:
    if not fact.get("day_known", True):
        return "The work was completed; on which day was not said."
    return f"The work was completed on {_day(fact['happened_on'])}."


def _standards(fact: Body) -> str:
    found = Counter(each["compliance"] for each in fact["assessments"])
    counts = ", ".join(f"{found[each]} {COMPLIANCE[each]}" for each in COMPLIANCE if found[each])
    return f"{_number(len(fact['assessments']), 'standard')} ({counts})"


def _points(fact: Body) -> str:
    return f", with {_number(len(fact['improvements']), 'improvement')} to make" if fact["improvements"] else ""


def _number(count: int, of: str) -> str:
    return f"{count} {of}" if count == 1 else f"{count} {of}s"


def _claim(fact: Body) -> str:
    done = fact.get("completed_on")
    return f" and claims completion on {_day(done)}" if done else " and claims completion, giving no day"


def _how_far(fact: Body) -> str:
    parts = [str(fact["rag"]).lower()] if fact.get("rag") else []
    parts += [f"{fact['percent_complete']} per cent"] if fact.get("percent_complete") is not None else []
    return f" ({', '.join(parts)})" if parts else ""


def _beside_agencies(fact: Body) -> str:
    parts = [*fact.get("bodies", ()), *(f"the {each}" for each in ("public", "media") if fact.get(each))]
    return f" to {', '.join(parts)}" if parts else ""


def _to_be_confirmed(fact: Body) -> str:
    """Where it obliges nobody anew, nothing is to be confirmed."""
    return "" if fact.get("obliges") == [] else f", to be confirmed by {_day(fact['confirm_by'])}"


def _participation(fact: Body) -> str:
    who = str(fact["participant"]).replace("_", " ").lower() + (f" ({fact['who']})" if fact.get("who") else "")
    invited = "was invited" if fact["invited"] else "was not invited"
    part = {"YES": " and took part", "NO": " and did not take part", "DECLINED": " and declined"}
    return f"The {who} {invited}{part.get(str(fact.get('took_part')), '')}."
