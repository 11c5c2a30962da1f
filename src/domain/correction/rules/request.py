"""What may be said in correcting a fact, one refusal each; what results is asked of the whole (`whole.py`)."""

from collections.abc import Iterable, Iterator, Sequence

from pydantic import ValidationError

from domain.correction.amending import Amending, with_value
from domain.correction.correctable import correctable, names
from domain.correction.faults import FIELD, called
from domain.correction.fields import AGENCIES, PUT_BACK, STRUCK_OUT, VOIDABLE, VOIDED
from domain.correction.reasons import KEPT, UNCORRECTED, why_not
from domain.correction.values import as_partners_say
from domain.lifecycle import events as life
from domain.recommendation import events as recommendation
from domain.review import events as review
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import SINCE, Fact, Recorded
from domain.shared.refusals import (
    ConditionsNotMet,
    DateInFuture,
    Invalid,
    NotFound,
    NotPermitted,
    ReasonRequired,
    Restored,
    UnknownAgency,
)
from domain.shared.texts import why_it_cannot_stand
from domain.shared.vocabulary import Answer

OF_THE_PAST = frozenset({"happenedOn", "completedOn", "awareOn", "startedOn", "stoppedOn"})
OF_A_PARTY = (life.ProgressReported, life.EvidenceSubmitted, life.ExtensionRequested, recommendation.Responded)
REST = "The rest is answered by a new command."
GOES_ON = "It follows from the merger of agencies."


def the_event_id_was_given_since_any_restore(given_in: str | None, context: DecisionContext) -> None:
    if given_in is not None and not context.epoch.holds(given_in):
        raise Restored(f"{SINCE} take the eventId from the thing's history anew.", "eventId")


def there_is_such_a_fact(stream: Iterable[Recorded], position: int) -> int:
    """Its version."""
    found = next((each.originator_version for each in stream if each.position == position), None)
    if found is None:
        raise NotFound("It has no such fact.", "eventId")
    return found


def the_fact_stands_unless_it_is_put_back(now: Amending, version: int, field: str, text: str | None) -> Recorded:
    if version in now.struck_out and (field, text) != (VOIDED, PUT_BACK):
        raise Invalid("The fact has been struck out; it is put back by `voided` with the value 'false'.", "eventId")
    return now.found[version]


def the_field_can_be_corrected(target: Recorded, field: str) -> None:
    """Else whoever asks is told why not, and what can be."""
    fact = type(target.fact)
    merged = isinstance(target.fact, life.Transferred) and target.fact.merged
    without = {VOIDED, "toAgency"} if merged else set()
    possible = {*names(fact), *({VOIDED} if fact in VOIDABLE else ())} - without
    if field in possible or (field not in without and correctable(fact, field) is not None):
        return
    why = UNCORRECTED.get(fact) or (GOES_ON if merged else _why_not(fact, field))
    known = ", ".join(sorted(possible)) or "nothing"
    raise Invalid(f"Of this fact {known} can be corrected. {why}", "field")


def _why_not(fact: type[Fact], field: str) -> str:
    if field == VOIDED:
        return KEPT.get(fact, REST)
    attribute = next((each for each in fact.model_fields if as_partners_say(each) == field), "")
    return why_not(fact, attribute) or REST


def what_began_it_is_not_struck_out(stream: Sequence[Recorded], target: Recorded, text: str | None) -> None:
    """A review may have been commissioned on a referral, or by itself."""
    if text == STRUCK_OUT and not any(each.originator_version < target.originator_version for each in stream):
        raise Invalid(f"{called(target)} began it: nothing would be left.", "field")


def the_value_fits(fact: Fact, field: str, text: str | None, original: Fact) -> Fact:
    """The fact with that value. `original`: as it was before any correction."""
    try:
        return with_value(fact, field, text, original)
    except ValidationError as invalid:
        why = why_it_cannot_stand(invalid.errors(include_url=False)[0])
        raise Invalid(f"{field} cannot be {text!r}: {why}.", FIELD) from invalid


def the_fact_is_struck_out_or_put_back(text: str | None) -> str:
    if text not in {STRUCK_OUT, PUT_BACK}:
        raise Invalid("A fact is struck out by the value 'true', and put back by 'false'.", FIELD)
    return text


def what_happened_is_not_to_come(field: str, text: str | None, context: DecisionContext) -> None:
    if field in OF_THE_PAST and text is not None and text > context.today.isoformat():
        raise DateInFuture(f"{text} has not come yet: today is {context.today}.", FIELD)


def the_agencies_it_names_are_known(fact: Fact, field: str, context: DecisionContext) -> None:
    """A merged agency may be named: what is corrected lies in the past."""
    for key in _agencies_in(fact, field):
        if not context.agencies.known(key):
            raise UnknownAgency(f"There is no agency {key!r}.", FIELD)
    if isinstance(fact, life.Assigned) and fact.lead_agency in fact.contributing_agencies:
        raise Invalid(f"{fact.lead_agency!r} leads it, and does not contribute beside that.", FIELD)


def the_agency_was_a_party(fact: Fact, field: str, stream: Iterable[Recorded], context: DecisionContext) -> None:
    """Whoever ever led, contributed or was asked; who leads is corrected first, and what they said after that."""
    if field != "agency" or not isinstance(fact, OF_A_PARTY) or fact.agency is None:
        return
    if not context.agencies.kin(fact.agency).intersection(parties(stream)):
        raise Invalid(f"{fact.agency!r} never led it, contributed or was asked.", FIELD)


def parties(stream: Iterable[Recorded]) -> Iterator[str]:
    """Every agency that led, contributed or was asked, at whatever time."""
    for each in stream:
        match each.fact:
            case recommendation.Raised(addressed_to=agencies):
                yield from agencies
            case life.Assigned(lead_agency=lead, contributing_agencies=contributing):
                yield from (lead, *contributing)
            case life.Transferred(to_agency=lead):
                yield lead


def a_day_of_completion_comes_with_a_claim(fact: Fact, field: str) -> None:
    if field == "completedOn" and isinstance(fact, life.EvidenceSubmitted) and not fact.claims_complete:
        raise Invalid("The evidence claims no completion, and has no day of it.", "field")


def only_the_lead_claims_completion(fact: Fact, field: str) -> None:
    claims = field == "claimsComplete" and isinstance(fact, life.EvidenceSubmitted) and fact.claims_complete
    if claims and not getattr(fact, "by_lead", False):
        raise NotPermitted("Only the lead agency claims completion: correct first whose evidence it is.", FIELD)


def what_is_not_accepted_has_a_reason(fact: Fact) -> None:
    if isinstance(fact, recommendation.Responded) and fact.answer is Answer.NOT_ACCEPTED and not fact.reason:
        raise ReasonRequired("What is not accepted has a reason: correct that first.", FIELD)


def a_serious_case_keeps_its_lead(fact: Fact, context: DecisionContext) -> None:
    """What was not commissioned without a lead is not corrected to be without one."""
    if not isinstance(fact, review.Commissioned) or fact.lead_reviewer is not None:
        return
    kind = context.frameworks[fact.framework].kinds[fact.kind]
    if kind.needs_an_independent_lead:
        raise ConditionsNotMet(f"A {kind.name.lower()} has an independent lead: who was it?", FIELD)


def _agencies_in(fact: Fact, field: str) -> Iterator[str]:
    """What the field names, where it names agencies."""
    for name in AGENCIES:
        if as_partners_say(name) == field:
            value = getattr(fact, name)
            yield from (value,) if isinstance(value, str) else (value or ())
