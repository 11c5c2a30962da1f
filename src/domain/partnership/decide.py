"""Creating a partnership and adopting a framework."""

from domain.partnership import events, rules
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
from domain.partnership.state import Partnership
from domain.shared.dates import nothing_happens_in_the_future
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact


def create(partnership: Partnership, command: CreatePartnership, context: DecisionContext) -> list[Fact]:
    rules.a_partnership_is_created_once(partnership)
    nothing_happens_in_the_future(context)
    rules.the_time_zone_exists(command.time_zone)
    return [
        events.PartnershipCreated(
            happened_on=context.on,
            by=context.by,
            key=command.key,
            name=command.name,
            framework=command.framework,
            time_zone=command.time_zone,
            demonstration=command.demonstration,
        )
    ]


def add(partnership: Partnership, command: AddFramework, context: DecisionContext) -> list[Fact]:
    framework = command.framework
    rules.the_partnership_has_been_created(partnership)
    nothing_happens_in_the_future(context)
    rules.a_shipped_framework_is_not_replaced(partnership, framework.key, context)
    rules.what_was_adopted_is_not_changed(partnership, framework)
    rules.a_framework_is_whole(framework, context)
    if partnership.own.get(framework.key) == framework:
        return []
    return [events.FrameworkAdded(happened_on=context.on, by=context.by, framework=framework)]


def adopt(partnership: Partnership, command: AdoptFramework, context: DecisionContext) -> list[Fact]:
    """Whether there is such a framework is the caller's to check: only it holds them all."""
    rules.the_partnership_has_been_created(partnership)
    nothing_happens_in_the_future(context)
    rules.frameworks_succeed_one_another(partnership, context)
    if partnership.framework_on(context.on) == command.framework:
        return []
    return [events.FrameworkAdopted(happened_on=context.on, by=context.by, framework=command.framework)]
