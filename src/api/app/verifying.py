"""Verifying an installation: every partnership's register, and the key that signs its tokens. Nothing is changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

import psycopg

from api.auth.tokens import Signer
from domain.shared.refusals import NotFound
from projections.engine.verify import Check, verify
from storage.files.attached import attached_files
from storage.files.store import UNREACHABLE, FileStore
from storage.migrate import INSTALLATION, Standing, partnership_of, refuse_later_versions, schema_of, standings
from storage.operations import note_verification
from storage.signing_key import signing_key_there

Step: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of one partnership, or of the installation (None), up to a position of its log."""

    partnership: str | None
    position: int
    checks: Sequence[Check] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return sum(check.found for check in self.checks)


def verify_installation(conninfo: str, partnership: str | None, step: Step, files: FileStore) -> list[Verified]:
    """The installation and each partnership, or the one that is named.

    Unlike any other command it migrates nothing, repairs nothing and makes no key. Raises `NotFound` for a partnership
    that does not exist, and `LaterVersion` where a later version has been at work.
    """
    refuse_later_versions(conninfo)
    found = standings(conninfo)
    schemas = [schema for schema in found if schema != INSTALLATION]
    if partnership is not None and schema_of(partnership) not in schemas:
        raise NotFound(f"There is no partnership {partnership!r}.", "partnership")
    wanted = schemas if partnership is None else [schema_of(partnership)]
    verified = [_installation(conninfo, found.get(INSTALLATION))]
    for schema in wanted:
        verified.append(_partnership(conninfo, schema, found[schema], step, files))
        if _is_newest(found.get(INSTALLATION)):
            note_verification(conninfo, partnership_of(schema), verified[-1].position, verified[-1].faults)
    return verified


def _is_newest(standing: Standing | None) -> bool:
    return standing is not None and not standing.lacking


def _installation(conninfo: str, standing: Standing | None) -> Verified:
    schema, key = Check("schema", 1), Check("signing key", 1)
    if standing is None:
        schema.fault("what all partnerships share was never made; start serve once")
        return Verified(None, 0, [schema])
    if standing.lacking:
        schema.fault(f"it lacks the migrations {', '.join(standing.lacking)}; start serve once")
    try:
        jwk = signing_key_there(conninfo)
        if jwk is None:
            key.fault(
                "there is none, so no token is valid; restore it, or start serve for a new one and issue new tokens"
            )
        else:
            Signer.from_jwk(jwk)
    except (ValueError, psycopg.ProgrammingError) as error:
        key.fault(f"it cannot be used: {' '.join(str(error).split())}")
    return Verified(None, 0, [schema, key])


def _partnership(conninfo: str, schema: str, standing: Standing, step: Step, files: FileStore) -> Verified:
    key = partnership_of(schema)
    check = Check("schema", 1)
    if standing.lacking:
        check.fault(f"it lacks the migrations {', '.join(standing.lacking)}; start serve once, then verify again")
        return Verified(key, 0, [check])
    try:
        position, checks = verify(conninfo, schema, partial(step, f"Verifying {key}"))
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
        check.fault(f"{error.diag.message_primary}; restore it, since nothing else can be checked")
        return Verified(key, 0, [check])
    return Verified(key, position, [check, *checks, _attachments(conninfo, schema, files)])


def _attachments(conninfo: str, schema: str, files: FileStore) -> Check:
    """Every file that a fact names: is it there, and is it what the fact says."""
    check = Check("files with evidence")
    for each in attached_files(conninfo, schema):
        check.examined += 1
        what = f"position {each.position:,}: {each.id} ({each.sha256})"
        try:
            whole = files.size(schema, each.sha256) == each.bytes and files.is_whole(schema, each.sha256)
        except UNREACHABLE as error:
            check.fault(f"{what} cannot be read: {type(error).__name__}")
            continue
        if not whole:
            check.fault(f"{what} is missing, or is not what was submitted; put it back from a backup")
        elif not each.known:
            check.fault(f"{what} is not among the uploads, so nobody can fetch it")
    return check
