"""Examples of what the administrator does."""

from datetime import UTC, datetime
from typing import Any

from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.frameworks import copied, shipped_frameworks
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
from domain.shared.vocabulary import AgencyKind, Role
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme
from support.command_examples.example import Example
from support.in_memory_register import BODY, Story

WHO = Story.administrator
SOME_DAY = datetime(2030, 1, 1, tzinfo=UTC)


def created(story: Story) -> dict[str, Any]:
    story.when(CreatePartnership(key="knowsley", name="Knowsley", framework="knowsley-2015"), WHO)
    return {}


def issued(story: Story) -> dict[str, Any]:
    asked = IssueCredential(subject="someone", role=Role.CHAIR, expires_at=SOME_DAY)
    return {"id": story.create(asked, WHO)}


AGENCY = {"key": "fire", "name": "Fire", "aliases": ("Brigade",), "agency_kind": AgencyKind.BOARD}
OUR_OWN = copied(shipped_frameworks()["hull-2015"], "ours", "Ours")
PARTNERSHIP = {
    "key": "dublin",
    "name": "Dublin",
    "framework": "hull-2015",
    "time_zone": "Europe/Dublin",
    "demonstration": True,
}
CREDENTIAL = {
    "subject": "someone",
    "role": Role.MONITORING_BODY,
    "agency": "police",
    "bodies": (BODY,),
    "expires_at": SOME_DAY,
}

OF_THE_ADMINISTRATOR = (
    Example(AddAgency, WHO, AGENCY),
    Example(RenameAgency, WHO, {"key": "police", "name": "Merseyside Police"}),
    Example(AddAlias, WHO, {"key": "police", "alias": "The Force"}),
    Example(MergeAgencies, WHO, {"key": "housing", "into": "health"}),
    Example(AddTheme, WHO, {"key": "delay", "name": "Delay", "parent": "neglect", "aliases": ("Drift",)}),
    Example(RenameTheme, WHO, {"key": "neglect", "name": "Neglect of children"}),
    Example(MergeTheme, WHO, {"key": "supervision", "into": "neglect"}),
    Example(CreatePartnership, WHO, PARTNERSHIP),
    Example(AddFramework, WHO, {"framework": OUR_OWN}, created),
    Example(AdoptFramework, WHO, {"framework": "knowsley-2020"}, created),
    Example(IssueCredential, WHO, CREDENTIAL),
    Example(RevokeCredential, WHO, {"reason": "She has left"}, issued),
)
