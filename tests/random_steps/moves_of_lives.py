"""The rules by which recommendations and actions live."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.lifecycle import commands as life
from domain.lifecycle.state import Evidence, Lifecycle
from domain.recommendation.state import Recommendation
from domain.shared.vocabulary import ClosureOutcome, Impact, Kind, Rag
from random_steps.scene import LIVING, Scene


def _named(scene: Scene, found: tuple[Kind, UUID]) -> tuple[dict[str, Any], Lifecycle]:
    """Which thing, as commands say it, and its life so far."""
    kind, id = found
    known = id in scene.facts and scene.kind(id) in LIVING
    return {"kind": kind, "id": id}, scene.life(id) if known else Lifecycle(Kind.ACTION)


def _open(each: Lifecycle) -> bool:
    return each.closure is None


def _led(each: Lifecycle) -> bool:
    return each.closure is None and each.lead is not None


def _awaiting(each: Lifecycle) -> list[Evidence]:
    return [evidence for evidence in each.evidence if evidence.awaiting]


def _accepted(each: Lifecycle) -> bool:
    return any(evidence.counts and evidence.accepted for evidence in each.evidence)


def assign(scene: Scene) -> life.Assign:
    def apt(each: Lifecycle) -> bool:
        return _open(each) and not _accepted(each) and (each.lead is None or scene.once_in(6))

    of, found = _named(scene, scene.pick_living(apt))
    lead = found.lead if found.lead and scene.once_in(2) else scene.agency()
    due_on = found.due_on if lead == found.lead and not scene.once_in(5) else scene.ahead()
    contributing = scene.some(scene.going_on(), most=2)
    officer = scene.maybe(scene.text)
    told = {"lead_agency": lead, "contributing_agencies": contributing, "lead_officer": officer, "due_on": due_on}
    return life.Assign.model_validate(of | told)


def hand_over(scene: Scene) -> life.HandOver:
    of, _ = _named(scene, scene.pick_living(_led))
    return life.HandOver.model_validate(of | {"lead_officer": scene.maybe(scene.text)})


def transfer(scene: Scene) -> life.Transfer:
    of, _ = _named(scene, scene.pick_living(_led))
    return life.Transfer.model_validate(of | {"to_agency": scene.agency(), "reason": scene.text()})


def report_progress(scene: Scene) -> life.ReportProgress:
    of, _ = _named(scene, scene.pick_living(lambda each: each.lead is not None))
    told = {"narrative": scene.text(), "rag": scene.maybe(lambda: scene.one(Rag)), "rag_reason": scene.text()}
    return life.ReportProgress.model_validate(of | told | {"percent_complete": scene.chance.randint(0, 100)})


def submit_evidence(scene: Scene) -> life.SubmitEvidence:
    of, found = _named(scene, scene.pick_living(_led))
    claims = not scene.once_in(3)
    since = found.reopened_on or found.raised_on
    told = {"narrative": scene.text(), "claims_complete": claims}
    if claims and scene.once_in(2):
        early = timedelta(days=3 if scene.once_in(10) else 0)
        told["completed_on"] = scene.between(since and since - early, scene.today)
    return life.SubmitEvidence.model_validate(of | told)


def _judged(scene: Scene) -> dict[str, Any]:
    of, found = _named(scene, scene.pick_living(lambda each: _open(each) and bool(_awaiting(each))))
    wanted = found.evidence if scene.once_in(12) else _awaiting(found)
    return of | {"evidence_id": scene.one(each.id for each in wanted) if wanted else scene.uuid()}


def accept_evidence(scene: Scene) -> life.AcceptEvidence:
    return life.AcceptEvidence.model_validate(_judged(scene))


def return_evidence(scene: Scene) -> life.ReturnEvidence:
    told = {"reason": scene.text(), "fix_by": scene.maybe(lambda: scene.ahead(30))}
    return life.ReturnEvidence.model_validate(_judged(scene) | told)


def withdraw_evidence(scene: Scene) -> life.WithdrawEvidence:
    return life.WithdrawEvidence.model_validate(_judged(scene) | {"reason": scene.text()})


def request_extension(scene: Scene) -> life.RequestExtension:
    of, found = _named(scene, scene.pick_living(lambda each: _led(each) and each.extension is None))
    return life.RequestExtension.model_validate(of | {"until": scene.ahead(60, found.due_on), "reason": scene.text()})


def grant_extension(scene: Scene) -> life.GrantExtension:
    of, found = _named(scene, scene.pick_living(_asked_for_longer))
    until = scene.ahead(60, found.due_on) if scene.once_in(3) else None
    return life.GrantExtension.model_validate(of | {"until": until, "reason": scene.maybe(scene.text)})


def refuse_extension(scene: Scene) -> life.RefuseExtension:
    of, _ = _named(scene, scene.pick_living(_asked_for_longer))
    return life.RefuseExtension.model_validate(of | {"reason": scene.text()})


def _asked_for_longer(each: Lifecycle) -> bool:
    return _open(each) and each.extension is not None


def close(scene: Scene) -> life.Close:
    def ready(id: UUID) -> bool:
        each = scene.life(id)
        settled = _open(each) and _accepted(each) and not _awaiting(each) and not each.challenges
        return settled and _all_closed_below(scene, id)

    outcome = scene.one(ClosureOutcome) if scene.once_in(5) else ClosureOutcome.IMPLEMENTED
    apt = ready if outcome is ClosureOutcome.IMPLEMENTED else lambda id: _open(scene.life(id))
    id = scene.pick(LIVING, apt)
    kind = scene.kind(id) if id in scene.facts and scene.kind(id) in LIVING else Kind.ACTION
    told = {"kind": kind, "id": id, "outcome": outcome, "reason": scene.text()}
    impact = outcome is ClosureOutcome.IMPLEMENTED and scene.once_in(3)
    return life.Close.model_validate(told | {"impact_due_on": scene.ahead(200) if impact else None})


def _all_closed_below(scene: Scene, id: UUID) -> bool:
    state = scene.state(id)
    below = state.actions if isinstance(state, Recommendation) else ()
    return all(scene.life(each).closure is not None for each in below)


def reopen(scene: Scene) -> life.Reopen:
    def apt(id: UUID) -> bool:
        above = getattr(scene.state(id), "recommendation_id", None)
        closed_above = above in scene.facts and scene.life(above).closure is not None
        return scene.life(id).closure is not None and not closed_above

    id = scene.pick(LIVING, apt)
    kind = scene.kind(id) if id in scene.facts and scene.kind(id) in LIVING else Kind.ACTION
    return life.Reopen.model_validate({"kind": kind, "id": id, "reason": scene.text(), "due_on": scene.ahead()})


def verify_impact(scene: Scene) -> life.VerifyImpact:
    of, _ = _named(scene, scene.pick_living(_implemented))
    finding = scene.one(Impact)
    follows = (finding is Impact.NOT_EMBEDDED) is not scene.once_in(20)
    told = {"finding": finding, "measure": scene.text(), "narrative": scene.maybe(scene.text)}
    return life.VerifyImpact.model_validate(of | told | {"follow_up": _follow_up(scene) if follows else None})


def _implemented(each: Lifecycle) -> bool:
    implemented = each.closure is not None and each.closure.outcome is ClosureOutcome.IMPLEMENTED
    return implemented and not each.challenges


def _follow_up(scene: Scene) -> dict[str, Any]:
    until: date | None = scene.ahead() if not scene.once_in(4) else None
    further = scene.text() if scene.once_in(2) else None
    return {"reason": scene.text(), "reopen_until": until, "further_action": further}
