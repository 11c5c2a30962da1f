"""The rules by which agencies, themes, frameworks and credentials change."""

from datetime import UTC, datetime

from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.partnership.commands import AdoptFramework, CreatePartnership
from domain.shared.vocabulary import AgencyKind, Kind, Role
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme
from random_steps.scene import Scene

NAMES = ("Early Help", "St Brigid's", "The Trust", "Northern Probation", "Fire and Rescue", "Refuge")
FEWEST = 5
LATEST = datetime(2099, 1, 1, tzinfo=UTC)


def _key(scene: Scene, known: object) -> str:
    return str(known) if scene.once_in(12) else f"key-{scene.chance.randrange(10_000)}"


def _name(scene: Scene) -> str:
    return f"{scene.one(NAMES)} {scene.chance.randrange(60)}"


def add_agency(scene: Scene) -> AddAgency:
    key = _key(scene, scene.one(scene.agencies.by_key))
    return AddAgency(key=key, name=_name(scene), aliases=(_name(scene),), agency_kind=scene.one(AgencyKind))


def rename_agency(scene: Scene) -> RenameAgency:
    return RenameAgency(key=scene.agency(), name=_name(scene))


def add_alias(scene: Scene) -> AddAlias:
    return AddAlias(key=scene.agency(), alias=_name(scene))


def merge_agencies(scene: Scene) -> MergeAgencies:
    """While enough go on; else into itself, in a circle, or once more."""
    if len(scene.going_on()) > FEWEST and not scene.once_in(5):
        key, into = scene.some(scene.going_on(), 2, 2)
        return MergeAgencies(key=key, into=into)
    gone = [*scene.agencies.merged, scene.agency()]
    return MergeAgencies(key=scene.one(gone), into=scene.one((*scene.agencies.merged.values(), scene.one(gone))))


def add_theme(scene: Scene) -> AddTheme:
    parent = scene.maybe(scene.theme)
    return AddTheme(key=_key(scene, scene.one(scene.themes.by_key)), name=_name(scene), parent=parent)


def rename_theme(scene: Scene) -> RenameTheme:
    return RenameTheme(key=scene.theme(), name=_name(scene))


def merge_theme(scene: Scene) -> MergeTheme:
    return MergeTheme(key=scene.theme(), into=scene.theme())


def create_partnership(scene: Scene) -> CreatePartnership:
    return CreatePartnership(key="another", name="Another", framework=scene.framework.key)


def adopt_framework(scene: Scene) -> AdoptFramework:
    return AdoptFramework(framework=scene.one((*scene.frameworks, "none-such")))


def issue_credential(scene: Scene) -> IssueCredential:
    role = scene.one((*Role, Role.MONITORING_BODY, Role.MONITORING_BODY))
    independent = role is Role.MONITORING_BODY and not scene.once_in(3)
    needs = role is Role.AGENCY or (role is Role.MONITORING_BODY and not independent)
    agency = scene.agency() if needs is not scene.once_in(15) else None
    every = tuple(scene.framework.bodies)
    bodies = scene.one((every, scene.some(every, 1, 2))) if role is Role.MONITORING_BODY else ()
    told = {"subject": scene.text(), "role": role, "agency": agency, "bodies": bodies}
    return IssueCredential.model_validate(told | {"independent": independent, "expires_at": LATEST})


def revoke_credential(scene: Scene) -> RevokeCredential:
    """Of those issued on the way: without the first cast nobody could do anything any more."""
    issued = [id for id in scene.all(Kind.CREDENTIAL) if scene.state(id).caller.subject not in scene.cast]
    return RevokeCredential(
        id=scene.uuid() if scene.once_in(20) or not issued else scene.one(issued), reason=scene.text()
    )
