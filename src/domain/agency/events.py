"""What happens to the partnership's agencies; all on one stream."""

from domain.shared.facts import Fact
from domain.shared.vocabulary import AgencyKind


class AgencyAdded(Fact, frozen=True):
    key: str
    name: str
    aliases: tuple[str, ...] = ()
    agency_kind: AgencyKind = AgencyKind.PARTNER


class AgencyRenamed(Fact, frozen=True):
    key: str
    name: str


class AliasAdded(Fact, frozen=True):
    key: str
    alias: str


class AgencyMerged(Fact, frozen=True):
    """`key` has gone on in `into`."""

    key: str
    into: str
