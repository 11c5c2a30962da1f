"""One installation: a database with its partnerships, and the key that signs their tokens."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Lock
from types import TracebackType
from typing import Self
from uuid import UUID

from api.app.founding import found_partnership
from api.app.issuing import Wanted, issue, issue_credential
from api.app.readiness import readiness
from api.auth.tokens import Signer, new_key
from api.monitoring.health import Health
from api.served import Served
from domain.frameworks import shipped_frameworks
from domain.register import Register
from domain.shared.refusals import NotFound, read_only
from domain.shared.vocabulary import Role
from domain.streams import DEFAULT_BYTES, StreamMemory
from projections.engine.history_rows import histories
from projections.engine.staging import drop_what_rebuilds_left
from projections.engine.upgrade import bring_up_to_date
from projections.queries.credentials.query import CredentialListed, CredentialRead, every, find
from storage import maintenance
from storage.database import CLOCK_TOLERANCE, Database, Patience
from storage.ledger import Ledger
from storage.migrate import (
    migrate_installation,
    partnership_of,
    partnership_schemas,
    prepare_cluster,
    refuse_later_versions,
    schema_of,
)
from storage.readiness import Probe
from storage.signing_key import signing_key

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Installation:
    """Opened with `Installation.open`, closed as a context manager; safe between threads."""

    def __init__(
        self,
        conninfo: str,
        database: Database,
        signer: Signer,
        *,
        read_only: bool = False,
        stream_bytes: int = DEFAULT_BYTES,
    ) -> None:
        self.conninfo = conninfo
        self.database = database
        self.signer = signer
        self.read_only = read_only
        self.memory = StreamMemory(stream_bytes)
        self._probe = Probe(conninfo)
        self._served: dict[str, Served] = {}
        self._lock = Lock()

    @classmethod
    def open(
        cls,
        conninfo: str,
        *,
        pool_size: int = 10,
        statement_timeout: int = 30_000,
        patience: Patience | None = None,
        clock_tolerance: int = CLOCK_TOLERANCE,
        stream_bytes: int = DEFAULT_BYTES,
        check_rows: bool = False,
        read_only: bool = False,
    ) -> Self:
        """Prepare the database, bring every partnership to the newest form, open the pool.

        `statement_timeout` is in milliseconds; with `check_rows` histories that lost rows are rebuilt; `read_only`
        keeps this process from recording anything. Raises one of `UNAVAILABLE` when the database cannot be reached, and
        `LaterVersion` where this version must not touch what is there, and `StartGivenUp` or one of its like where
        another process has been preparing it for longer than `patience` has.
        """
        wait_s = (patience or Patience()).start_s
        refuse_later_versions(conninfo)
        prepare_cluster(conninfo, wait_s)
        migrate_installation(conninfo, wait_s)
        for schema in partnership_schemas(conninfo):
            bring_up_to_date(conninfo, schema, check_rows=check_rows, wait_s=wait_s)
        drop_what_rebuilds_left(conninfo)
        signer = Signer.from_jwk(signing_key(conninfo, new_key()))
        database = Database(
            conninfo,
            max_size=pool_size,
            statement_timeout_ms=statement_timeout,
            patience=patience,
            clock_tolerance=clock_tolerance,
        ).open()
        return cls(conninfo, database, signer, read_only=read_only, stream_bytes=stream_bytes)

    def close(self) -> None:
        self._probe.close()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def readiness(self) -> Health:
        """What is missing of each part that must be ready, and why nothing is recorded where that is on purpose."""
        return readiness(self._probe, read_only=self.read_only)

    def partnerships(self) -> list[str]:
        """The keys of the partnerships of this database, in order."""
        schemas = partnership_schemas(self.conninfo)
        begun = (each for each in schemas if self._register(each).partnership().created_on is not None)
        return sorted(map(partnership_of, begun))

    def create_partnership(
        self, key: str, name: str, framework: str, *, demonstration: bool = False, today: date | None = None
    ) -> None:
        """A partnership with its own schema and the shipped themes.

        `today`, for a demonstration only, is the day on which its simulated clock starts. Raises a Refusal.
        """
        found = maintenance.current(self.conninfo)
        if self.read_only or found is not None:
            raise read_only(found.reason if found else "", found.until if found else None, None)
        register = partial(self._founded, key)
        found_partnership(register, key, name, framework, demonstration=demonstration, today=today)

    def clock(self) -> str | None:
        """What is wrong with the clock of any partnership that is served, as far as was seen; None where nothing."""
        warnings = ((key, served.register.ledger.clock_warning()) for key, served in sorted(self._served.items()))
        return next((f"{key}: {warning}" for key, warning in warnings if warning), None)

    def register(self, key: str) -> Register:
        """Raises NotFound where there is no such partnership."""
        return self.served(key).register

    def served(self, key: str) -> Served:
        """One partnership as the edge serves it, made on first need. Raises NotFound."""
        if key not in self._served:
            register = self._existing(key)
            with self._lock:
                transaction = partial(self.database.snapshot, schema_of(key))
                self._served.setdefault(key, Served(register, transaction))
        return self._served[key]

    def issue_token(
        self,
        partnership: str,
        role: Role,
        subject: str,
        agency: str | None = None,
        bodies: Sequence[str] = (),
        independent: bool = False,
        ttl: timedelta = timedelta(days=90),
    ) -> str:
        """A bearer token, its credential recorded. Raises a Refusal, or pydantic's ValidationError for empty values."""
        wanted = Wanted(subject, role, agency, tuple(bodies), independent, ttl)
        return issue(self.signer, partnership, self.register(partnership), wanted)

    def credential_of_person(
        self,
        partnership: str,
        role: Role,
        subject: str,
        agency: str | None = None,
        bodies: Sequence[str] = (),
        independent: bool = False,
        ttl: timedelta = timedelta(days=365),
    ) -> UUID:
        """The credential by which a person signs in on the pages: the one that they have, if it holds for another day.

        Raises a Refusal, or pydantic's ValidationError for empty values.
        """
        wanted = Wanted(subject, role, agency, tuple(bodies), independent, ttl)
        served = self.served(partnership)
        with served.transaction() as conn:
            listed = every(conn)
        until = datetime.now(UTC) + timedelta(days=1)
        has = (each for each in listed if each.revoked_reason is None and each.expires_at > until)
        found = [each.credential for each in has if _is_of(each, wanted)]
        return found[-1] if found else issue_credential(served.register, wanted)

    def credential(self, partnership: str, credential: UUID) -> CredentialRead | None:
        """A recorded credential as it stands; None where the partnership or the credential does not exist."""
        try:
            served = self.served(partnership)
        except NotFound:
            return None
        with served.transaction() as conn:
            return find(conn, credential)

    def _register(self, schema: str, memory: StreamMemory | None = None) -> Register:
        """What is made to be served shares its memory with the others; what is made for a moment has its own."""
        store = Ledger(self.database, schema)
        return Register(store, histories, shipped_frameworks(), read_only=self.read_only, memory=memory)

    def _founded(self, key: str) -> Register:
        bring_up_to_date(self.conninfo, schema_of(key), wait_s=self.database.patience.start_s)
        return self._register(schema_of(key))

    def _existing(self, key: str) -> Register:
        if KEY.fullmatch(key) and schema_of(key) in partnership_schemas(self.conninfo):
            register = self._register(schema_of(key), self.memory)
            if register.partnership().created_on is not None:
                return register
        raise NotFound(f"There is no partnership {key!r}.", "partnership")


def _is_of(listed: CredentialListed, wanted: Wanted) -> bool:
    """Whether a credential says the same of its holder."""
    said = (listed.subject, listed.role, listed.agency, set(listed.bodies), listed.independent)
    return said == (wanted.subject, wanted.role.value, wanted.agency, set(wanted.bodies), wanted.independent)
