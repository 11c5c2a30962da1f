"""The rules of the partnership, one refusal each."""

from itertools import chain
from zoneinfo import available_timezones

from domain.frameworks import Framework
from domain.frameworks.data_file import dotted
from domain.frameworks.rules import framework_faults
from domain.frameworks.succession import own_faults
from domain.partnership.state import Partnership
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import ConditionsNotMet, DateOutOfOrder, Invalid, NotFound


def a_partnership_is_created_once(partnership: Partnership) -> None:
    if partnership.created_on is not None:
        raise Invalid(f"The partnership {partnership.key!r} exists already.", "key")


def the_partnership_has_been_created(partnership: Partnership) -> None:
    if partnership.created_on is None:
        raise NotFound("There is no such partnership.")


def the_time_zone_exists(time_zone: str) -> None:
    if time_zone not in available_timezones():
        raise Invalid(f"There is no time zone {time_zone!r}.", "timeZone")


def a_shipped_framework_is_not_replaced(partnership: Partnership, key: str, context: DecisionContext) -> None:
    if key in context.frameworks and key not in partnership.own:
        raise Invalid(f"The framework {key!r} is shipped: give yours another key.", "framework")


def what_was_adopted_is_not_changed(partnership: Partnership, framework: Framework) -> None:
    """What was asked of its reviews must stay what was asked."""
    if partnership.has_adopted(framework.key) and partnership.own[framework.key] != framework:
        raise ConditionsNotMet(
            f"The partnership has adopted {framework.key!r}, which stays as it is: copy it under another key.",
            "framework",
        )


def a_framework_is_whole(framework: Framework, context: DecisionContext) -> None:
    """In itself, and beside those that there are: whatever succeeds it must go on fitting it."""
    frameworks = {**context.frameworks, framework.key: framework}
    heirs = [each for each in frameworks.values() if each.succeeds == framework.key]
    faults = chain(framework_faults(framework), *(own_faults(each, frameworks) for each in (framework, *heirs)))
    for path, reason in faults:
        raise Invalid(f"{framework.key}: {dotted(path)}: {reason}.", "framework")


def frameworks_succeed_one_another(partnership: Partnership, context: DecisionContext) -> None:
    last = partnership.adopted[-1].from_day if partnership.adopted else None
    if last is not None and context.on < last:
        raise DateOutOfOrder(f"A framework was adopted from {last} already.", "happenedOn")
