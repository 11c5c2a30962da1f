"""A real register for imports to write to: a partnership of its own in a real PostgreSQL for each test."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from domain.agency.commands import AddAgency
from domain.frameworks import shipped_frameworks
from domain.frameworks.theme_coding import shipped_themes
from domain.partnership.commands import CreatePartnership
from domain.register import Register
from domain.shared.actor import Caller
from domain.shared.vocabulary import Role
from domain.theme.commands import AddTheme
from importing.mapping import load_mapping
from importing.run import Result, import_file
from projections.engine.history_rows import histories
from storage.database import Database
from storage.ledger import Ledger
from storage.migrate import migrate, prepare_cluster, schema_of
from support.database_copies import Preparations

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
KEY = "ours"
ADMINISTRATOR = Caller("admin", Role.ADMINISTRATOR)

FOUNDING = (
    AddAgency(key="health", name="Health Trust"),
    *(AddTheme(key=theme.key, name=theme.name, parent=theme.parent) for theme in shipped_themes()),
)

PLAN = """\
key: plan
name: An action plan
row_key: [id]
dates: {formats: ["%Y-%m-%d", "%d/%m/%Y"], words: {asap: 2024-03-31, tbc: }}
agencies:
  declared: [{key: police, name: The Police, aliases: [Constabulary]}]
themes:
  declared: [{key: cuckooing, name: Cuckooing, parent: child-exploitation, phrases: [cuckooing]}]
review:
  key: [review]
  kind: audit
  title: "Audit: {review}"
  commissioned_on: raised
recommendation:
  wording: "{text}"
  raised_on: raised
  themes: {phrases_in: [text]}
action:
  wording: "{text}"
  raised_on: raised
  lead_agency: lead
  due_on: {columns: [due], otherwise: {from: raised, months: 6}}
  status:
    column: status
    words: {open: open, complete: complete}
    narrative: Reported as {status}.
    completed_on: done
"""
HEADER = "id,review,text,raised,lead,due,status,done"


def found_partnership(conninfo: str) -> None:
    """Fills an empty database."""
    prepare_cluster(conninfo)
    migrate(conninfo, schema_of(KEY))
    with Database(conninfo, max_size=2) as database:
        made = opened(KEY, database)
        session = made.open()
        for command in (CreatePartnership(key=KEY, name="Ours", framework="hull-2015"), *FOUNDING):
            made.decide(session, command, ADMINISTRATOR)
        made.save(session)


def opened(key: str, database: Database) -> Register:
    return Register(Ledger(database, schema_of(key)), histories, shipped_frameworks())


@pytest.fixture
def conninfo(preparations: Preparations) -> Iterator[str]:
    """The address of a database of the test's own, with a partnership to import into."""
    with preparations.empty(found_partnership).copy() as conninfo:
        yield conninfo


@pytest.fixture
def register(conninfo: str) -> Iterator[Register]:
    with Database(conninfo, max_size=2) as database:
        yield opened(KEY, database)


class Desk:
    """Where a spreadsheet is written and imported by the mapping of an action plan."""

    def __init__(self, register: Register, folder: Path) -> None:
        self.register, self.folder = register, folder
        self.mapping = folder / "plan.yaml"
        self.mapping.write_text(PLAN, encoding="utf-8")

    def sheet(self, *rows: str, header: str = HEADER) -> Path:
        file = self.folder / "plan.csv"
        file.write_text("\n".join((header, *rows, "")), encoding="utf-8")
        return file

    def imports(self, *rows: str, dry_run: bool = False, partial: bool = False) -> Result:
        return self.imports_file(self.sheet(*rows), dry_run=dry_run, partial=partial)

    def imports_file(self, file: Path, *, dry_run: bool = False, partial: bool = False) -> Result:
        mapping = load_mapping(self.mapping)
        return import_file(self.register, mapping, file, lambda *_: None, dry_run=dry_run, partial=partial)

    def facts(self) -> list[tuple[UUID, str]]:
        """The stream and stored name of every fact that an import recorded, in order."""
        notes = Ledger.of(self.register.ledger).recorder.select_notifications(1, 1_000_000)
        return [(UUID(str(note.originator_id)), note.topic) for note in notes if b'"import:' in note.state]

    def count(self, name: str) -> int:
        return sum(topic == name for _, topic in self.facts())


@pytest.fixture
def desk(register: Register, tmp_path: Path) -> Desk:
    return Desk(register, tmp_path)
