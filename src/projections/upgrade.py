"""A partnership in the newest form: schema by migrations, histories by a rebuild where other folds filled them."""

import logging

from projections.rebuild import WORTH_A_PROCESS, Progress, rebuild
from storage.form import FORM
from storage.migrate import newest, partnership_of

logger = logging.getLogger("goldenthread.upgrade")


def bring_up_to_date(conninfo: str, schema: str, progress: Progress | None = None) -> None:
    """A second process waits, then finds nothing to do; what is cut short is begun anew by the next.

    Raises `storage.form.LaterVersion`.
    """
    with newest(conninfo, schema) as form:
        if form != FORM:
            key = partnership_of(schema)
            logger.warning("%s: the histories are of an earlier version; rebuilding them from the facts", key)
            rebuild(conninfo, schema, progress=progress or telling(key))


def telling(key: str) -> Progress:
    """A line for each share of the streams, where a rebuild takes long."""

    def told(done: int, of: int) -> None:
        if of >= WORTH_A_PROCESS:
            logger.warning("%s: %s of %s facts", key, f"{done:,}", f"{of:,}")

    return told
