"""What happens to the partnership itself."""

from domain.facts import Fact


class PartnershipCreated(Fact, frozen=True):
    """Only a `demonstration` may run on a simulated clock."""

    key: str
    name: str
    framework: str
    time_zone: str = "Europe/London"
    demonstration: bool = False


class FrameworkAdopted(Fact, frozen=True):
    """In force from `happened_on`."""

    framework: str
