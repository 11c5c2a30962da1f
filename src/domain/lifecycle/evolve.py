"""How each fact changes a life. Total: any order of facts, known or not, gives a life and never an error."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from domain.lifecycle import events
from domain.lifecycle.state import Closure, Evidence, Lifecycle, PendingExtension
from domain.shared.dates import later
from domain.shared.facts import Fact, Recorded, fast_replace
from domain.shared.vocabulary import EvidenceVerdict

# How evidence, and the verdicts on it, change a life.


def submitted(life: Lifecycle, fact: events.EvidenceSubmitted, _: int) -> dict[str, Any]:
    return _amended(
        life,
        fact.evidence_id,
        agency=fact.agency,
        by_lead=fact.by_lead,
        submitted_on=fact.happened_on,
        claims_complete=fact.claims_complete,
        completed_on=fact.completed_on,
    )


def accepted(life: Lifecycle, fact: events.EvidenceAccepted, _: int) -> dict[str, Any]:
    verdict = EvidenceVerdict.ACCEPTED
    return _amended(life, fact.evidence_id, verdict=verdict, judged_on=fact.happened_on, counts=True)


def returned(life: Lifecycle, fact: events.EvidenceReturned, _: int) -> dict[str, Any]:
    return _amended(life, fact.evidence_id, verdict=EvidenceVerdict.RETURNED, judged_on=fact.happened_on)


def withdrawn(life: Lifecycle, fact: events.EvidenceWithdrawn, _: int) -> dict[str, Any]:
    return _amended(life, fact.evidence_id, withdrawn=True)


def completed(life: Lifecycle, fact: events.Completed, _: int) -> dict[str, Any]:
    """Of two accepted claims the earlier day counts: what was done stays done until it is reopened."""
    day, unknown = fact.happened_on, not fact.day_known
    if life.completed_on is not None:
        day, unknown = min((day, unknown), (life.completed_on, not life.completion_day_known))
    return {"completed_on": day, "completion_day_known": not unknown}


def _amended(life: Lifecycle, evidence_id: UUID, **changes: Any) -> dict[str, Any]:
    found = life.evidence_of(evidence_id)
    if found is None:
        return {"evidence": (*life.evidence, fast_replace(Evidence(evidence_id), **changes))}
    return {"evidence": tuple(fast_replace(each, **changes) if each is found else each for each in life.evidence)}


Changes: TypeAlias = dict[str, Any]


def evolve(life: Lifecycle, recorded: Recorded) -> Lifecycle:
    """The life after one fact more; facts that are none of its business only move its version."""
    fact = recorded.fact
    change = CHANGES.get(type(fact))
    changes = change(life, fact, recorded.originator_version) if change else {}
    if "due_on" in changes:
        changes["due_on_corrected"] = _stands_corrected(life, recorded, changes["due_on"])
    if binds(fact):
        changes["last_bound_on"] = later(life.last_bound_on, fact.happened_on)
    changes["version"] = max(life.version, recorded.originator_version)
    return fast_replace(life, **changes)


def _stands_corrected(life: Lifecycle, recorded: Recorded, due_on: date) -> bool:
    """Whether a correction gave the due date that stands, or the one that is only said again."""
    said_again = life.due_on_corrected and life.due_on == due_on
    return said_again or not recorded.corrected.isdisjoint({"dueOn", "until"})


def _assigned(life: Lifecycle, fact: events.Assigned, version: int) -> Changes:
    lead = life.current(fact.lead_agency)
    changes: Changes = {
        **_held(life, fact.lead_agency, fact.contributing_agencies, fact.happened_on),
        "lead_officer": fact.lead_officer,
        "due_on": fact.due_on,
    }
    if life.first_due_version is None or version < life.first_due_version:
        changes |= {"first_due_on": fact.due_on, "first_due_version": version}
    return changes | _another_leads(life, lead, fact.happened_on, version)


def _transferred(life: Lifecycle, fact: events.Transferred, version: int) -> Changes:
    if fact.merged:
        return _merged(life, fact)
    lead = life.current(fact.to_agency)
    held = _held(life, fact.to_agency, life.contributing, fact.happened_on)
    return {**held, "lead_officer": None, **_another_leads(life, lead, fact.happened_on, version)}


def _another_leads(life: Lifecycle, lead: str, day: date, version: int) -> Changes:
    """Given to another agency, the board has acted upon every response but that agency's own; no request goes on."""
    if life.lead == lead:
        return {}
    return {**_acted_upon(life, but=lead), **_nothing_is_requested_any_more(life, day, version)}


def _nothing_is_requested_any_more(life: Lifecycle, day: date, version: int) -> Changes:
    """A pending extension lapses; so does one of a later day that had been recorded before this."""
    lapsed = {} if life.extension is None else {life.extension.id: day}
    return {"extension": None, "lapsed": {**life.lapsed, **lapsed}, "settled_by": max(life.settled_by, version)}


def _acted_upon(life: Lifecycle, but: str | None = None) -> Changes:
    versions = {response.version for agency, response in life.answered.items() if life.current(agency) != but}
    return {"acted_upon": life.acted_upon | versions}


def _held(
    life: Lifecycle, named_lead: str | None, named: Collection[str], since: date, also_asked: Collection[str] = ()
) -> Changes:
    """Who leads and contributes from a day on, as what those named have become; the lead does not contribute too.

    `also_asked`: who is asked beside them, as they were named.
    """
    lead = None if named_lead is None else life.current(named_lead)
    others = tuple(key for key in dict.fromkeys(map(life.current, named)) if key != lead)
    parties = others if lead is None else (lead, *others)
    changes: Changes = {
        "lead": lead,
        "contributing": others,
        "parties_since": (*life.parties_since, (since, parties)),
    }
    if lead is not None:
        changes["led_since"] = (*life.led_since, (since, lead))
    if life.merged:
        leads = {key: life.ended_leads.get(key, since) for key in (*life.ended_leads, named_lead) if key is not None}
        changes["ended_leads"] = {k: day for k, day in leads.items() if k in life.merged and life.current(k) == lead}
        going_on = {*parties, *map(life.current, life.addressed_to)}
        changes["ended_parties"] = life.ended_among((*leads, *named, *also_asked), going_on)
    return changes


def _merged(life: Lifecycle, fact: events.Transferred) -> Changes:
    """From this day on whatever names the merged agency means what it has gone on in, in whatever order it was told.

    What is closed keeps the names that it was closed under, until it is reopened.
    """
    merged = {key: fact.to_agency if now == fact.from_agency else now for key, now in life.merged.items()}
    merged[fact.from_agency] = fact.to_agency
    merged.pop(fact.to_agency, None)
    changed_life = fast_replace(life, merged=merged)
    if life.closure is not None:
        return {"merged": merged}
    return {"merged": merged, **_gone_on(changed_life, fact.happened_on)}


def _gone_on(life: Lifecycle, since: date) -> Changes:
    """The parties, and who is asked, as what they have become."""
    return {
        **_held(life, life.lead, life.contributing, since, life.addressed_to),
        "addressed_to": tuple(dict.fromkeys(map(life.current, life.addressed_to))),
    }


def _extension_requested(life: Lifecycle, fact: events.ExtensionRequested, version: int) -> Changes:
    """Of what was closed, or moved, as of a day before it, nobody will answer it."""
    changes = {"requested_on": later(life.requested_on, fact.happened_on)}
    if life.closure is not None or version < life.settled_by:
        return {**changes, "lapsed": {**life.lapsed, fact.extension_id: fact.happened_on}}
    return {
        **changes,
        "extension": PendingExtension(fact.extension_id, fact.until, fact.happened_on, fact.agency),
        "lapsed": {id: day for id, day in life.lapsed.items() if id != fact.extension_id},
    }


def _extension_granted(_: Lifecycle, fact: events.ExtensionGranted, __: int) -> Changes:
    return {"extension": None, "due_on": fact.until}


def _extension_refused(_: Lifecycle, __: events.ExtensionRefused, ___: int) -> Changes:
    return {"extension": None}


def _closed(life: Lifecycle, fact: events.Closed, version: int) -> Changes:
    completed_on = life.completed_on if life.completion_day_known else None
    closure = Closure(fact.outcome, fact.happened_on, fact.impact_due_on, completed_on)
    return {"closure": closure, **_nothing_is_requested_any_more(life, fact.happened_on, version)}


def _reopened(life: Lifecycle, fact: events.Reopened, _: int) -> Changes:
    ended = () if life.closure is None else ((life.closure, fact.happened_on),)
    return {
        **(_gone_on(life, fact.happened_on) if life.merged else {}),
        "closure": None,
        "ended_closures": (*life.ended_closures, *ended),
        "impact": None,
        "impact_on": None,
        "completed_on": None,
        "completion_day_known": True,
        "due_on": fact.due_on,
        "reopened_on": later(life.reopened_on, fact.happened_on),
        "evidence": tuple(fast_replace(each, counts=False) for each in life.evidence),
    }


def _impact_verified(_: Lifecycle, fact: events.ImpactVerified, __: int) -> Changes:
    return {"impact": fact.finding, "impact_on": fact.happened_on}


def _challenged(life: Lifecycle, fact: events.Challenged, _: int) -> Changes:
    return {"challenges": life.challenges | {fact.challenge_id}, **_acted_upon(life)}


def _challenge_ended(life: Lifecycle, fact: events.ChallengeEnded, _: int) -> Changes:
    return {"challenges": life.challenges - {fact.challenge_id}}


def _progress_reported(_: Lifecycle, __: events.ProgressReported, ___: int) -> Changes:
    return {}


CHANGES: dict[type[Fact], Callable[[Lifecycle, Any, int], Changes]] = {
    events.Assigned: _assigned,
    events.Transferred: _transferred,
    events.ProgressReported: _progress_reported,
    events.EvidenceSubmitted: submitted,
    events.EvidenceAccepted: accepted,
    events.EvidenceReturned: returned,
    events.EvidenceWithdrawn: withdrawn,
    events.Completed: completed,
    events.ExtensionRequested: _extension_requested,
    events.ExtensionGranted: _extension_granted,
    events.ExtensionRefused: _extension_refused,
    events.Closed: _closed,
    events.Reopened: _reopened,
    events.ImpactVerified: _impact_verified,
    events.BodiesSucceeded: lambda _, __, ___: {},
    events.Challenged: _challenged,
    events.ChallengeEnded: _challenge_ended,
}

BINDING = CHANGES.keys() - {
    events.ProgressReported,
    events.Completed,
    events.ExtensionRequested,
    events.ExtensionRefused,
    events.BodiesSucceeded,
}


def binds(fact: Fact) -> bool:
    """Whether what comes later may take effect no earlier; a merger is from its day on, whatever was told before it."""
    return type(fact) in BINDING and not (isinstance(fact, events.Transferred) and fact.merged)
