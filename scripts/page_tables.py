"""The tables of the pages that the code can write itself; `python scripts/page_tables.py` writes them anew."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from importlib import import_module
from inspect import isclass, isfunction
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import framework_page

import domain
from api.app.settings import PREFIX, Settings
from api.http.limits import Limits
from domain.catalogue import BY_COMMAND, CATALOGUE
from domain.event_names import CLASSES
from domain.outcomes import possible_outcomes
from domain.shared.commands import Command
from domain.shared.facts import Fact
from domain.shared.refusals import Invalid, NotFound, NotPermitted, Refusal
from domain.shared.vocabulary import Role

DOCS = Path(__file__).resolve().parents[1] / "docs"
TABLE = re.compile(r"(<!-- table: (?P<name>[a-z ]+) -->\n)(?P<rows>.*?)(<!-- end -->)", re.DOTALL)
OF_EVERY_COMMAND = {NotFound, NotPermitted, Invalid}


def commands() -> str:
    header = ("the field's word", "command", "sent by", "who may", "facts", "refused with")
    return table(header, [_command(command, entry.words) for command, entry in BY_COMMAND.items()])


def _command(command: type[Command], word: str) -> Sequence[str]:
    named = possible_outcomes(command)
    facts = {each.__name__ for each in named if issubclass(each, Fact)}
    refusals = {each.code for each in named if issubclass(each, Refusal) and each not in {Refusal, *OF_EVERY_COMMAND}}
    return (
        word,
        code([command.__name__]),
        _sent_by(command),
        _roles(command),
        code(sorted(facts)),
        code(sorted(refusals)),
    )


def _sent_by(command: type[Command]) -> str:
    mutations = [each.mutation for each in CATALOGUE if each.command is command and each.mutation]
    return code(mutations or [f"goldenthread {BY_COMMAND[command].typed}"])


def _roles(command: type[Command]) -> str:
    return " ".join(role.value for role in Role if role in BY_COMMAND[command].roles)


def facts() -> str:
    return table(("fact", "stored as", "says, beside `happened_on` and `by`"), [_fact(fact) for fact in _every_fact()])


def _every_fact() -> list[type[Fact]]:
    return list(dict.fromkeys(fact for _, fact in CLASSES.values()))


def _fact(fact: type[Fact]) -> Sequence[str]:
    names = [name for name, (_, stored) in CLASSES.items() if stored is fact]
    return (
        code([fact.__name__]),
        code(names),
        code([name for name in fact.model_fields if name not in Fact.model_fields]),
    )


def refusals() -> str:
    return table(("code", "means"), [(code([refusal.code]), _meaning(refusal)) for refusal in Refusal.__subclasses__()])


def _meaning(refusal: type[Refusal]) -> str:
    said = vars(refusal).get("__doc__")
    return " ".join(said.split()) if said else refusal.code.replace("_", " ").capitalize() + "."


def rules() -> str:
    """The functions of the domain that refuse, by what their names say; what is named in a module's head is not one."""
    found = (each for info in walk_packages(domain.__path__, "domain.") for each in _rules_of(import_module(info.name)))
    in_order = sorted(found, key=lambda rule: rule[::-1])
    rows = ((name.replace("_", " "), code(codes), code([module])) for name, codes, module in in_order)
    return table(("rule", "refused as", "stands in"), rows)


def _rules_of(module: ModuleType) -> Iterator[tuple[str, list[str], str]]:
    for name, function in vars(module).items():
        if isfunction(function) and function.__module__ == module.__name__ and "_" in name.strip("_"):
            named = (function.__globals__.get(each) for each in function.__code__.co_names)
            codes = sorted(
                {each.code for each in named if isclass(each) and issubclass(each, Refusal) and each is not Refusal}
            )
            if codes and not name.startswith("_"):
                yield name, codes, module.__name__


def settings() -> str:
    found = ((f"{PREFIX}{name.upper()}", field) for name, field in Settings.model_fields.items())
    rows = [(code([name]), _default(field.default), str(field.description)) for name, field in found]
    return table(("variable", "default", "expected"), rows)


def _default(value: object) -> str:
    if isinstance(value, timedelta):
        return code([f"{value // timedelta(hours=1)}h"])
    return "none" if value is None else code([str(value)])


def limits() -> str:
    said = dict(re.findall(r"^ +(\w+): (.*)$", Limits.__doc__ or "", re.MULTILINE))
    defaults = Limits()
    rows = [(said[name].rstrip("."), f"{getattr(defaults, name):,}") for name in SEEN_BY_PARTNERS]
    return table(("at most", "by default"), rows)


SEEN_BY_PARTNERS = (
    "body_bytes",
    "query_bytes",
    "query_tokens",
    "query_depth",
    "aliases",
    "directives",
    "root_fields",
    "cost",
    "answer_bytes",
)

TABLES: dict[tuple[str, str], Callable[[], str]] = {
    ("language.md", "commands"): commands,
    ("language.md", "facts"): facts,
    ("partners.md", "refusals"): refusals,
    ("partners.md", "limits"): limits,
    ("operations.md", "settings"): settings,
    ("rules.md", "rules"): rules,
}


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def code(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def tables_of(page: str) -> dict[str, str]:
    """The tables that stand in a page, by name."""
    return {found["name"]: found["rows"] for found in TABLE.finditer((DOCS / page).read_text(encoding="utf-8"))}


def rewritten(page: str, text: str) -> str:
    return TABLE.sub(lambda found: found[1] + TABLES[page, found["name"]]() + found[4], text)


if __name__ == "__main__":
    framework_page.write()
    for page in sorted({page for page, _ in TABLES}):
        file = DOCS / page
        file.write_text(rewritten(page, file.read_text(encoding="utf-8")), encoding="utf-8")
