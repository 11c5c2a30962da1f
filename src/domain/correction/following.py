"""What follows within a stream from a corrected fact: completion and its day, and whose claim evidence is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from domain.correction.fields import HAPPENED_ON
from domain.lifecycle.events import Assigned, Completed, EvidenceAccepted, EvidenceSubmitted, Transferred
from domain.shared.facts import Recorded, effective_order

CLAIMS_COMPLETE = "claimsComplete"
LEADING = (Assigned, Transferred)


def only_a_claim_has_a_day_of_completion(found: dict[int, Recorded]) -> None:
    """Its day waits with evidence that is corrected to claim nothing, until it claims again."""
    for version, each in found.items():
        if isinstance(each.fact, EvidenceSubmitted) and claims_no_more(each):
            found[version] = replace(each, fact=each.fact.model_copy(update={"completed_on": None}))


def claims_no_more(evidence: Recorded) -> bool:
    """As a correction says."""
    return CLAIMS_COMPLETE in evidence.corrected and not getattr(evidence.fact, "claims_complete", False)


def completions_follow_their_evidence(found: dict[int, Recorded], struck_out: set[int]) -> None:
    """`Completed` stands with the claim and its acceptance, and is of the day that was claimed."""
    for version, each in found.items():
        if not isinstance(each.fact, Completed):
            continue
        about = [
            (number, other)
            for number, other in found.items()
            if isinstance(other.fact, EvidenceSubmitted | EvidenceAccepted)
            and other.fact.evidence_id == each.fact.evidence_id
        ]
        for kind in (EvidenceSubmitted, EvidenceAccepted):
            numbers = {number for number, other in about if isinstance(other.fact, kind)}
            if numbers and numbers <= struck_out:
                struck_out.add(version)
        claim = next((other for _, other in about if isinstance(other.fact, EvidenceSubmitted)), None)
        if claim is not None and claims_no_more(claim):
            struck_out.add(version)
        if claim is not None and (each.corrected or claim.corrected):
            _complete_on_the_day_claimed(found, version, claim)


def _complete_on_the_day_claimed(found: dict[int, Recorded], version: int, claim: Recorded) -> None:
    completed = found[version]
    day = _claimed_on(claim)
    if day is None:
        return
    known = getattr(claim.fact, "completed_on", None) is not None
    fact = completed.fact.model_copy(update={"happened_on": day, "day_known": known})
    moved = {HAPPENED_ON} if day != completed.fact.happened_on else set()
    found[version] = replace(completed, fact=fact, corrected=completed.corrected | moved)


def _claimed_on(claim: Recorded) -> date | None:
    """Of a claim without a day nothing is known but that of the evidence."""
    if not isinstance(claim.fact, EvidenceSubmitted) or not claim.fact.claims_complete:
        return None
    moved = claim.fact.happened_on if claim.corrected & {HAPPENED_ON, "completedOn"} else None
    return claim.fact.completed_on or moved


def evidence_follows_who_leads(
    original: Iterable[Recorded], led: Mapping[int, str | None], found: dict[int, Recorded], struck_out: set[int]
) -> None:
    """Where a correction says that another agency led on its day, or filed it, its claim is the lead's or is not.

    `led`: by the version of the evidence, who led on its day as far as was known when it was recorded.
    """
    if not led or not any(isinstance(each.fact, LEADING) for each in found.values()):
        return
    now = [each for each in found.values() if each.originator_version not in struck_out]
    leading = [each for each in now if isinstance(each.fact, LEADING)]
    for each in original:
        if isinstance(each.fact, EvidenceSubmitted) and each.originator_version not in struck_out:
            evidence = found[each.originator_version]
            leads = lead_on(leading, evidence.fact.happened_on, each.originator_version)
            if isinstance(evidence.fact, EvidenceSubmitted):
                _claim_as_the_lead(found, each.fact, evidence, led[each.originator_version], leads)


def _claim_as_the_lead(
    found: dict[int, Recorded], original: EvidenceSubmitted, evidence: Recorded, led: str | None, leads: str | None
) -> None:
    agency = getattr(evidence.fact, "agency", None)
    if agency is None or (agency, leads) == (original.agency, led):
        return
    fact = evidence.fact.model_copy(update={"by_lead": agency == leads})
    found[evidence.originator_version] = replace(evidence, fact=fact)


def lead_on(stream: Iterable[Recorded], day: date, version: int) -> str | None:
    """Who led on a day, by what had been recorded before; before anybody did, whoever was the first to."""
    leads = list(_leads(each for each in stream if each.originator_version < version))
    by_then = [lead for since, lead in leads if since <= day]
    return by_then[-1] if by_then else next((lead for _, lead in leads), None)


def _leads(stream: Iterable[Recorded]) -> Iterator[tuple[date, str]]:
    lead: str | None = None
    for each in sorted(stream, key=effective_order):
        match each.fact:
            case Assigned(lead_agency=to):
                lead = to
            case Transferred(merged=True, from_agency=ended, to_agency=to):
                lead = to if lead == ended else lead
            case Transferred(to_agency=to):
                lead = to
        if lead is not None:
            yield each.fact.happened_on, lead
