"""The pages of `docs/` say what the code says: their tables, queries, names, files, links and commands."""

import re
from pkgutil import resolve_name

import framework_page
import pytest
from graphql import build_schema, parse, validate
from page_tables import DOCS, TABLES, tables_of
from typer import Context
from typer.core import TyperGroup
from typer.main import get_command

from cli.main import app
from domain.catalogue import BY_COMMAND, CATALOGUE
from domain.event_names import EVENT_NAMES
from domain.frameworks import Framework, shipped_frameworks
from domain.outcomes import possible_outcomes
from domain.shared.facts import Fact
from domain.shared.refusals import Refusal

ROOT = DOCS.parent
PAGES = sorted(DOCS.rglob("*.md"))
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
QUERY = re.compile(r"```graphql\n(.*?)```", re.DOTALL)
FILE = re.compile(r"`((?:src|tests|docs|benchmarks|scripts|tools|frameworks|mappings)/[\w./-]+)`")
NAME = re.compile(r"`((?:domain|storage|projections|api|cli)(?:\.\w+)+)(?:\(\))?`")
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)(?:#[^)]*)?\)")
TYPED_IN_TEXT = re.compile(r"\bgoldenthread ([a-z]+(?:-[a-z]+)*)(?: ([a-z]+))?")
OF_THE_EDGE = {"VERSION_CONFLICT", "IDEMPOTENCY_KEY_REUSED", "UNKNOWN_ATTACHMENT", "TOO_LARGE", "READ_ONLY"}


def found_in_pages(wanted: re.Pattern[str]) -> list[tuple[str, str]]:
    return [(page.name, text) for page in PAGES for text in wanted.findall(page.read_text(encoding="utf-8"))]


def reached_by_any() -> set[type]:
    return set().union(*(possible_outcomes(command) for command in BY_COMMAND))


@pytest.mark.parametrize(("page", "name"), TABLES)
def test_a_table_that_the_code_can_write_is_as_the_code_writes_it(page: str, name: str) -> None:
    assert tables_of(page)[name] == TABLES[page, name](), "`python scripts/page_tables.py` writes it anew"


def test_the_page_of_frameworks_is_as_their_data_files_say() -> None:
    written = framework_page.page(shipped_frameworks())
    assert framework_page.PAGE.read_text(encoding="utf-8") == written, "`python scripts/page_tables.py` writes it anew"


@pytest.mark.parametrize("framework", shipped_frameworks().values(), ids=lambda each: each.key)
def test_a_framework_is_shown_whole_with_what_is_ours_marked(framework: Framework) -> None:
    shown = framework_page.section(framework)
    said = {*framework.bodies, *framework.kinds, *framework.methods, *framework.notes}
    assert {each for each in said if each not in shown} == set()
    assert framework_page.OURS in shown


def test_every_command_has_a_word_and_a_way_to_be_sent() -> None:
    assert [each.command for each in CATALOGUE if not each.words or not (each.mutation or each.typed)] == []


def test_every_fact_follows_from_a_command() -> None:
    known = {fact for _, fact in EVENT_NAMES}
    assert known <= reached_by_any()
    assert {each for each in reached_by_any() if issubclass(each, Fact)} <= known


def test_every_refusal_is_a_rules_or_the_edges() -> None:
    of_rules = {each.code for each in reached_by_any() if issubclass(each, Refusal) and each is not Refusal}
    assert {each.code for each in Refusal.__subclasses__()} == of_rules | OF_THE_EDGE


def test_every_query_of_a_page_is_one_that_the_schema_answers() -> None:
    schema = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))
    queries = found_in_pages(QUERY)
    assert len(queries) >= 5
    assert [(page, fault.message) for page, text in queries for fault in validate(schema, parse(text))] == []


def test_every_file_that_a_page_names_exists() -> None:
    named = found_in_pages(FILE)
    assert named
    assert [(page, file) for page, file in named if not (ROOT / file).exists()] == []


def test_every_name_of_code_that_a_page_mentions_is_there() -> None:
    named = found_in_pages(NAME)
    assert named
    for _, name in named:
        assert resolve_name(name) is not None


def test_every_place_that_a_page_points_to_exists() -> None:
    places = [(page, place) for page in PAGES for place in LINK.findall(page.read_text(encoding="utf-8"))]
    assert places
    assert [place for page, place in places if not (page.parent / place).exists()] == []


def test_every_command_that_a_page_types_is_one() -> None:
    top = get_command(app)
    assert isinstance(top, TyperGroup)
    here = Context(top)
    known = {name: set(getattr(top.get_command(here, name), "commands", ())) for name in top.list_commands(here)}
    typed = [words for page in PAGES for words in TYPED_IN_TEXT.findall(page.read_text(encoding="utf-8"))]
    assert [(first, second) for first, second in typed if first not in known] == []
    assert [(first, second) for first, second in typed if known[first] and second not in known[first]] == []


def test_every_decision_is_listed_and_says_what_it_costs_and_what_was_rejected() -> None:
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in DECISIONS if f"]({page.name})" not in index] == []
    headings = ["Question", "Decision", "Cost", "Rejected"]
    for page in DECISIONS:
        assert re.findall(r"^## (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE) == headings, page.name
