"""The rules by which formal challenges are made, and mistakes in the record put right."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.challenge import commands as asked
from domain.challenge.events import Subject
from domain.challenge.state import Challenge
from domain.correction.amending import amending, apply_corrections
from domain.correction.commands import Correct
from domain.correction.fields import FIELDS, PUT_BACK, VOIDABLE, VOIDED
from domain.correction.values import as_text
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Answer, ChallengeOutcome, ClosureOutcome, Impact, Kind, Rag
from random_steps.scene import LIVING, Scene
from support.correctable_fields import fields_of, found

CHOICES: Mapping[str, type[StrEnum]] = {"rag": Rag, "answer": Answer, "outcome": ClosureOutcome, "finding": Impact}
"""The vocabularies that a field's value is of."""
CHALLENGED = (Kind.REVIEW, *LIVING)
CORRECTED = (*CHALLENGED, Kind.CHALLENGE, Kind.RETURN, Kind.PROGRAMME)


def _going_on(scene: Scene) -> UUID:
    return scene.pick((Kind.CHALLENGE,), lambda id: not scene.state(id).ended)


def _concerned(scene: Scene, id: UUID) -> tuple[str, ...]:
    state = scene.state(id)
    if scene.kind(id) is Kind.REVIEW:
        agencies: tuple[str, ...] = state.agencies
        return agencies
    if scene.kind(id) is Kind.RETURN:
        return (state.agency,)
    return (*state.life.parties, *state.life.addressed_to)


def issue(scene: Scene) -> asked.IssueChallenge:
    agency = scene.agency()
    return asked.IssueChallenge(
        agency=agency,
        subjects=_subjects(scene, agency),
        about_performance=scene.once_in(8),
        grounds=scene.text(),
        requested=scene.maybe(scene.text),
        response_due_on=scene.maybe(lambda: scene.ahead(30)),
    )


def _subjects(scene: Scene, agency: str) -> tuple[Subject, ...]:
    its = [id for id in scene.all(*CHALLENGED, Kind.RETURN) if agency in _concerned(scene, id)]
    subjects = scene.some(its, 1, 2) or (scene.pick(CHALLENGED),)
    return tuple(Subject.model_validate({"kind": _kind(scene, id), "id": id}) for id in subjects)


def _kind(scene: Scene, id: UUID) -> Kind:
    known = (*CHALLENGED, Kind.RETURN)
    return scene.kind(id) if id in scene.facts and scene.kind(id) in known else Kind.ACTION


def respond(scene: Scene) -> asked.RespondToChallenge:
    return asked.RespondToChallenge(id=_going_on(scene), narrative=scene.text())


def escalate(scene: Scene) -> asked.EscalateChallenge:
    due = scene.maybe(lambda: scene.ahead(30))
    return asked.EscalateChallenge(id=_going_on(scene), reason=scene.text(), response_due_on=due)


def transfer(scene: Scene) -> asked.TransferChallenge:
    id = _going_on(scene)
    state = scene.state(id) if id in scene.facts else None
    to = _who_could_have_it(scene, state) if isinstance(state, Challenge) else ()
    return asked.TransferChallenge(id=id, to_agency=scene.one(to or (scene.agency(),)), reason=scene.text())


def _who_could_have_it(scene: Scene, challenge: Challenge) -> tuple[str, ...]:
    shared = [set(_concerned(scene, subject.id)) for subject in challenge.subjects]
    return tuple(sorted(set.intersection(*shared) - {challenge.agency})) if shared else ()


def resolve(scene: Scene) -> asked.ResolveChallenge:
    outcome = scene.one(ChallengeOutcome)
    upheld = (outcome is ChallengeOutcome.UPHELD) is not scene.once_in(15)
    reopen = scene.ahead() if upheld else None
    return asked.ResolveChallenge(id=_going_on(scene), outcome=outcome, reason=scene.text(), reopen_due_on=reopen)


def withdraw(scene: Scene) -> asked.WithdrawChallenge:
    return asked.WithdrawChallenge(id=_going_on(scene), reason=scene.text())


def correct(scene: Scene) -> Correct:
    id = scene.pick(CORRECTED)
    kind = scene.kind(id) if id in scene.facts and scene.kind(id) in CORRECTED else Kind.ACTION
    stream = scene.facts.get(id, [])
    recorded = _mistaken(scene, stream)
    field, value = _amendment(scene, recorded) if recorded else ("wording", scene.text())
    struck_out = amending(stream).struck_out if stream and scene.once_in(4) else set()
    if struck_out:
        version, field, value = scene.one(sorted(struck_out)), VOIDED, PUT_BACK
        recorded = next(each for each in stream if each.originator_version == version)
    position = recorded.position if recorded and recorded.position else scene.chance.randrange(1, 900)
    told = {"kind": kind, "id": id, "event_id": position, "field": field, "new_value": value, "reason": scene.text()}
    return Correct.model_validate(told)


def _mistaken(scene: Scene, stream: list[Recorded]) -> Recorded | None:
    able = [each for each in apply_corrections(stream) if type(each.fact) in FIELDS]
    return scene.one(stream if scene.once_in(15) or not able else able) if stream else None


def _amendment(scene: Scene, recorded: Recorded) -> tuple[str, str | None]:
    fields = fields_of(recorded.fact)
    if scene.once_in(15) or not fields:
        return scene.one(("wording", "voided", "weather")), "true"
    if type(recorded.fact) in VOIDABLE and scene.once_in(4):
        return VOIDED, "true"
    field = scene.one(fields)
    return field, None if scene.once_in(12) else _value(scene, recorded, field)


def _value(scene: Scene, recorded: Recorded, field: str) -> str:
    known = found(recorded, field)
    name, value = known.name, known.of(recorded.fact)
    if name.endswith("_on") or name in {"until", "fix_by", "confirm_by", "planned_for"}:
        return _nearby(scene, recorded, value)
    if name in FITTING:
        return FITTING[name](scene, recorded, value)
    if isinstance(value, bool):
        return scene.one(("true", "false"))
    if isinstance(value, StrEnum) or name in CHOICES:
        return _another(scene, value, CHOICES.get(name, type(value)))
    return str(value) if isinstance(value, UUID) else scene.text()


def _an_agency(scene: Scene, _: Recorded, __: Any) -> str:
    return scene.agency()


def _agencies(scene: Scene, _: Recorded, __: Any) -> str:
    return ", ".join(scene.some(scene.going_on(), 1, 2))


def _themes(scene: Scene, _: Recorded, __: Any) -> str:
    return ", ".join(scene.some(scene.themes.by_key, 1, 2))


def _some_of_them(scene: Scene, _: Recorded, value: Any) -> str:
    return ", ".join(str(each) for each in scene.some(value, 1, 9)) if value else str(scene.uuid())


def _a_review(scene: Scene, _: Recorded, __: Any) -> str:
    return str(scene.pick((Kind.REVIEW,)))


def _a_body(scene: Scene, _: Recorded, __: Any) -> str:
    return scene.one(list(scene.framework.bodies))


def _a_kind(scene: Scene, recorded: Recorded, _: Any) -> str:
    return scene.one(list(scene.frameworks[getattr(recorded.fact, "framework")].kinds))  # noqa: B009 - not for mypy


FITTING: Mapping[str, Callable[[Scene, Recorded, Any], str]] = {
    **dict.fromkeys(("lead_agency", "agency", "to_agency", "proposed_lead"), _an_agency),
    **dict.fromkeys(("contributing_agencies", "agencies", "addressed_to"), _agencies),
    **dict.fromkeys(("themes", "topics"), _themes),
    "topic": lambda scene, _, __: scene.one(sorted(scene.themes.by_key)),
    **dict.fromkeys(("percent_complete", "limit", "numbers"), lambda scene, _, __: str(scene.chance.randint(1, 6))),
    "programme_year": lambda _, recorded, __: str(recorded.fact.happened_on.year),
    "kind": _a_kind,
    "subjects": lambda scene, recorded, _: as_text(_subjects(scene, getattr(recorded.fact, "agency", ""))) or "",
    **dict.fromkeys(("learning", "checks", "duties"), _some_of_them),
    **dict.fromkeys(("follows_up", "evidenced_by", "review_id"), _a_review),
    **dict.fromkeys(("body", "bodies", "reports_through"), _a_body),
}


def _another(scene: Scene, value: Any, vocabulary: type[StrEnum]) -> str:
    """Of the vocabulary that the value is of: outcomes are of closings, and of challenges."""
    words = vocabulary if value is None or not isinstance(value, StrEnum) else type(value)
    return scene.one(list(words)).value


def _nearby(scene: Scene, recorded: Recorded, day: Any) -> str:
    """Some days before or after the one that was told."""
    base = (day or recorded.fact.happened_on).toordinal()
    return type(recorded.fact.happened_on).fromordinal(base + scene.chance.randint(-6, 6)).isoformat()
