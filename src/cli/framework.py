"""`goldenthread framework …`"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli import options
from cli.ending import CommandFailed
from cli.output import show
from cli.runtime import administrator, register
from domain.frameworks import Framework, copied, load_own, shipped_frameworks, written
from domain.partnership.commands import AddFramework, CreatePartnership

app = typer.Typer(help="Learning and improvement frameworks.", no_args_is_help=True, rich_markup_mode=None)

Key = Annotated[str, typer.Argument(help="The framework's key, e.g. knowsley-2020.")]
File = Annotated[Path, typer.Argument(help="A framework's data file.", exists=True, dir_okay=False, readable=True)]
With = Annotated[
    str | None,
    typer.Option("--partnership", metavar="KEY", help="Beside the shipped ones, this partnership's own frameworks."),
]


@app.command()
def check(
    file: File, partnership: With = None, data: options.Data = None, database_url: options.DatabaseUrl = None
) -> None:
    """Check a data file; what is wrong is told with its file, line and key."""
    with _known(partnership, data, database_url) as known:
        framework = load_own(file, known)
    print(f"{framework.key}: {len(framework.bodies)} bodies, {len(framework.kinds)} kinds of review, nothing wrong.")


@app.command()
def copy(
    key: Key,
    file: Annotated[Path, typer.Argument(help="Where to write the copy; a file that is there is left alone.")],
    under: Annotated[str | None, typer.Option("--key", help="The copy's key [default: KEY-own].")] = None,
    name: Annotated[str | None, typer.Option("--name", help="The copy's name [default: that of KEY].")] = None,
    partnership: With = None,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Write a framework to a file of your own, to be extended; it succeeds the one that it was copied from."""
    with _known(partnership, data, database_url) as known:
        framework, own = _found(known, key), under or f"{key}-own"
        if own in known:
            raise CommandFailed(f"--key: there is a framework {own!r} already.")
    CreatePartnership(key=own, name=name or framework.name, framework=key)
    _write(file, written(copied(framework, own, name or framework.name)))
    print(f"{file}: {own}, a copy of {key}.")


@app.command()
def add(
    file: File,
    partnership: options.Partnership,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Give a partnership a framework of its own; `partnership adopt` puts it in force."""
    with register(partnership, data, database_url) as opened:
        framework = load_own(file, opened.frameworks())
        added = opened.handle(AddFramework(framework=framework), administrator())
    print(f"{framework.key} {'is' if added else 'was already'} a framework of {partnership}.")


@app.command("list")
def list_all(partnership: With = None, data: options.Data = None, database_url: options.DatabaseUrl = None) -> None:
    """The frameworks that there are."""
    with _known(partnership, data, database_url) as known:
        rows = [_row(each) for each in known.values()]
    show(("KEY", "NAME", "SUCCEEDS", "OF"), rows)


@app.command("show")
def show_one(
    key: Key, partnership: With = None, data: options.Data = None, database_url: options.DatabaseUrl = None
) -> None:
    """Print a framework as a data file says it."""
    with _known(partnership, data, database_url) as known:
        print(written(_found(known, key)), end="")


@contextmanager
def _known(partnership: str | None, data: Path | None, database_url: str | None) -> Iterator[Mapping[str, Framework]]:
    """What is shipped needs no database."""
    if partnership is None:
        yield shipped_frameworks()
        return
    with register(partnership, data, database_url) as opened:
        yield opened.frameworks()


def _found(known: Mapping[str, Framework], key: str) -> Framework:
    if key not in known:
        raise CommandFailed(f"There is no framework {key!r}; there are {', '.join(sorted(known))}.")
    return known[key]


def _row(framework: Framework) -> tuple[str, str, str, str]:
    of = "shipped" if framework.key in shipped_frameworks() else "the partnership"
    return framework.key, framework.name, framework.succeeds or "", of


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError:
        raise CommandFailed(f"{file} is there already, and is left alone.") from None
