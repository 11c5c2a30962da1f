"""Creating a partnership and adopting a framework."""

from domain.dates import nothing_happens_in_the_future
from domain.facts import Fact
from domain.given import Given
from domain.partnership import events, rules
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
from domain.partnership.state import Partnership


def create(partnership: Partnership, command: CreatePartnership, given: Given) -> list[Fact]:
    rules.it_is_created_once(partnership)
    nothing_happens_in_the_future(given)
    rules.its_time_zone_exists(command.time_zone)
    return [
        events.PartnershipCreated(
            happened_on=given.on,
            by=given.by,
            key=command.key,
            name=command.name,
            framework=command.framework,
            time_zone=command.time_zone,
            demonstration=command.demonstration,
        )
    ]


def add(partnership: Partnership, command: AddFramework, given: Given) -> list[Fact]:
    framework = command.framework
    rules.it_has_been_created(partnership)
    nothing_happens_in_the_future(given)
    rules.a_shipped_framework_is_not_replaced(partnership, framework.key, given)
    rules.what_was_adopted_is_not_changed(partnership, framework)
    rules.a_framework_is_whole(framework, given)
    if partnership.own.get(framework.key) == framework:
        return []
    return [events.FrameworkAdded(happened_on=given.on, by=given.by, framework=framework)]


def adopt(partnership: Partnership, command: AdoptFramework, given: Given) -> list[Fact]:
    """Whether there is such a framework is the caller's to check: only it holds them all."""
    rules.it_has_been_created(partnership)
    nothing_happens_in_the_future(given)
    rules.frameworks_succeed_one_another(partnership, given)
    if partnership.framework_on(given.on) == command.framework:
        return []
    return [events.FrameworkAdopted(happened_on=given.on, by=given.by, framework=command.framework)]
