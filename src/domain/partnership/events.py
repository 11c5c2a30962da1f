"""What happens to the partnership itself."""

from domain.frameworks import Framework
from domain.shared.facts import Fact


class PartnershipCreated(Fact, frozen=True):
    """Only a `demonstration` may run on a simulated clock."""

    key: str
    name: str
    framework: str
    time_zone: str = "Europe/London"
    demonstration: bool = False


class FrameworkAdded(Fact, frozen=True):
    """The partnership has a framework of its own, whole as it was checked; until it is adopted, a later one of the
    same key replaces it."""

    framework: Framework


class FrameworkAdopted(Fact, frozen=True):
    """In force from `happened_on`."""

    framework: str
