"""When a fact can be corrected, one refusal each (language.md, "correct")."""

from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from domain.correction.amending import with_value
from domain.correction.events import Corrected
from domain.correction.fields import UNCORRECTED, VOIDABLE, VOIDED, correctable
from domain.facts import Fact, Recorded
from domain.given import Given
from domain.lifecycle import events as life
from domain.recommendation import events as recommendation
from domain.refusals import ConditionsNotMet, DateInFuture, Invalid, NotFound, ReasonRequired, UnknownAgency
from domain.review import events as review
from domain.words import Answer

NEW_VALUE = "newValue"
OF_THE_PAST = frozenset({"happenedOn", "completedOn", "awareOn", "startedOn", "stoppedOn"})
PARTIES = frozenset({"leadAgency", "contributingAgencies"})
RESTING_ON_NOTHING = (
    Corrected,
    life.BodiesSucceeded,
    recommendation.ActionPlanned,
    recommendation.CheckCommissioned,
    recommendation.Responded,
)


def there_is_such_a_fact(stream: Iterable[Recorded], position: int) -> int:
    """Its version."""
    found = next((each.originator_version for each in stream if each.position == position), None)
    if found is None:
        raise NotFound("It has no such fact.", "eventId")
    return found


def it_has_not_been_struck_out(stream: Iterable[Recorded], version: int) -> Recorded:
    found = next((each for each in stream if each.originator_version == version), None)
    if found is None:
        raise Invalid("The fact has been struck out.", "eventId")
    return found


def the_field_can_be_corrected(fact: Fact, field: str) -> None:
    possible = set(correctable(type(fact))) | ({VOIDED} if type(fact) in VOIDABLE else set())
    if field not in possible:
        known = ", ".join(sorted(possible)) or "nothing"
        why = UNCORRECTED.get(type(fact))
        raise Invalid(
            f"Of this fact {known} can be corrected. {why or 'The rest is answered by a new command.'}", "field"
        )


def the_value_fits(fact: Fact, field: str, text: str | None) -> Fact:
    """The fact with that value."""
    try:
        return with_value(fact, field, text)
    except ValidationError as invalid:
        message = invalid.errors()[0]["msg"]
        raise Invalid(f"{field} cannot be {text!r}: {message}.", NEW_VALUE) from invalid


def it_is_struck_out_with_true(text: str | None) -> None:
    if text != "true":
        raise Invalid("A fact is struck out by the value 'true'.", NEW_VALUE)


def what_happened_is_not_to_come(field: str, text: str | None, given: Given) -> None:
    if field in OF_THE_PAST and text is not None and text > given.today.isoformat():
        raise DateInFuture(f"{text} has not come yet: today is {given.today}.", NEW_VALUE)


def its_agencies_are_known(fact: Fact, given: Given) -> None:
    """A merged agency may be named: what is corrected lies in the past."""
    if not isinstance(fact, life.Assigned):
        return
    for key in (fact.lead_agency, *fact.contributing_agencies):
        if not given.agencies.known(key):
            raise UnknownAgency(f"There is no agency {key!r}.", NEW_VALUE)
    if fact.lead_agency in fact.contributing_agencies:
        raise Invalid(f"{fact.lead_agency!r} leads it, and does not contribute beside that.", NEW_VALUE)


def a_day_of_completion_comes_with_a_claim(fact: Fact, field: str) -> None:
    if field == "completedOn" and isinstance(fact, life.EvidenceSubmitted) and not fact.claims_complete:
        raise Invalid("The evidence claims no completion, and has no day of it.", "field")


def what_is_not_accepted_has_a_reason(fact: Fact) -> None:
    if isinstance(fact, recommendation.Responded) and fact.answer is Answer.NOT_ACCEPTED and not fact.reason:
        raise ReasonRequired("What is not accepted has a reason: correct that first.", NEW_VALUE)


def a_serious_case_keeps_its_lead(fact: Fact, given: Given) -> None:
    """What was not commissioned without a lead is not corrected to be without one."""
    if not isinstance(fact, review.Commissioned) or fact.lead_reviewer is not None:
        return
    kind = given.frameworks[fact.framework].kinds[fact.kind]
    if kind.needs_an_independent_lead:
        raise ConditionsNotMet(f"A {kind.name.lower()} has an independent lead: who was it?", NEW_VALUE)


def nothing_rests_on_it(stream: Sequence[Recorded], target: Recorded, field: str) -> None:
    """What others have answered stands; who leads is corrected only while nothing was built on it."""
    after = [each.fact for each in stream if each.originator_version > target.originator_version]
    match target.fact:
        case life.Assigned() if field == VOIDED or field in PARTIES:
            resting = any(not isinstance(fact, RESTING_ON_NOTHING) for fact in after)
        case life.EvidenceSubmitted(evidence_id=id) if field == VOIDED:
            resting = any(getattr(fact, "evidence_id", None) == id for fact in after)
        case life.ExtensionRequested(extension_id=id) if field == VOIDED:
            resting = any(getattr(fact, "extension_id", None) == id for fact in after)
        case _:
            resting = False
    if resting:
        raise Invalid("Later facts rest on it: it is answered by a new command, not by a correction.", "field")
