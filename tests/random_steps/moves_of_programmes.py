"""The rules by which audits are planned year by year, and frameworks of one's own are added."""

from datetime import date, timedelta

from domain.frameworks import copied
from domain.partnership.commands import AddFramework
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.programme.state import Programme
from domain.shared.vocabulary import Kind
from random_steps.scene import Scene

PROGRAMME = (Kind.PROGRAMME,)


def year(scene: Scene) -> int:
    return scene.today.year + scene.one((0, 0, 0, 1, -1))


def agree_programme(scene: Scene) -> AgreeProgramme:
    limit = scene.maybe(lambda: scene.chance.randint(1, 9))
    return AgreeProgramme(year=year(scene), topics=scene.some(scene.themes.by_key, 0, 4), limit=limit)


def plan_audit(scene: Scene) -> PlanAudit:
    kinds = scene.framework.programme.kinds or tuple(scene.framework.kinds)
    asked = year(scene)
    return PlanAudit(
        year=asked,
        kind=scene.one(scene.framework.kinds) if scene.once_in(8) else scene.one(kinds),
        topic=_topic(scene, asked),
        planned_for=date(asked, 1, 1) + timedelta(days=scene.chance.randint(-20, 440)),
    )


def _topic(scene: Scene, asked: int) -> str:
    agreed = [topic for each in _programmes(scene) if each.year == asked for topic in each.topics]
    return scene.one(agreed) if agreed and not scene.once_in(8) else scene.theme()


def withdraw_audit(scene: Scene) -> WithdrawAudit:
    id = scene.pick(PROGRAMME, lambda id: bool(scene.state(id).planned))
    found = scene.state(id) if id in scene.facts else None
    programme = found if isinstance(found, Programme) else Programme()
    audits = programme.planned if not scene.once_in(8) else programme.audits
    return WithdrawAudit(
        year=programme.year or scene.today.year,
        audit_id=scene.one(audits).id if audits else scene.uuid(),
        reason=scene.text(),
    )


def _programmes(scene: Scene) -> list[Programme]:
    return [scene.state(id) for id in scene.all(*PROGRAMME)]


def add_framework(scene: Scene) -> AddFramework:
    """A copy of the one in force; now and then under the key of another."""
    key = scene.framework.key if scene.once_in(5) else f"own-{scene.chance.randrange(20)}"
    return AddFramework(framework=copied(scene.framework, key, scene.text()))
