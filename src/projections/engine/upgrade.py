"""A partnership in the newest form: schema by migrations, histories by a rebuild where other folds filled them."""

import logging

from projections.engine.rebuild import WORTH_A_PROCESS, Progress, rebuild, streams_without_rows
from storage.form import PROJECTION_VERSION
from storage.migrate import START_S, newest, partnership_of

logger = logging.getLogger("goldenthread.upgrade")


def bring_up_to_date(
    conninfo: str,
    schema: str,
    progress: Progress | None = None,
    *,
    check_rows: bool = False,
    wait_s: float = START_S,
) -> None:
    """A second process waits, then finds nothing to do; what is cut short is begun anew by the next.

    With `check_rows` histories that lost rows are rebuilt as well. Raises `storage.form.LaterVersion`, and
    `StartGivenUp`, `RebuildUnderWay` or `SwitchGivenUp` where others take longer than `wait_s` seconds, each by itself.
    """
    with newest(conninfo, schema, wait_s) as form:
        key = partnership_of(schema)
        if form != PROJECTION_VERSION:
            logger.warning("%s: the histories are of an earlier version; rebuilding them from the facts", key)
        elif check_rows and (lost := streams_without_rows(conninfo, schema)):
            logger.warning("%s: %s of what was recorded stands in no history; rebuilding all from the facts", key, lost)
        else:
            return
        rebuild(conninfo, schema, progress=progress or telling(key), wait_s=wait_s, switch_s=wait_s)


def telling(key: str) -> Progress:
    """A line for each share of the streams, where a rebuild takes long."""

    def report(done: int, of: int) -> None:
        if of >= WORTH_A_PROCESS:
            logger.warning("%s: %s of %s facts", key, f"{done:,}", f"{of:,}")

    return report
