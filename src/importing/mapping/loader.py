"""Mappings from their data files: shipped ones by name, others by path."""

from pathlib import Path

from domain.frameworks.data_file import FrameworkError, read_data_file
from importing.mapping.model import Mapping

PACKAGE = Path(__file__).parents[1]


class MappingError(ValueError):
    """A mapping that cannot be used; the message names file, line and key."""


def mapping_named(name: str) -> Mapping:
    """A shipped mapping by its name, or the mapping in a file. Raises `MappingError`."""
    shipped = shipped_mappings()
    if name in shipped:
        return load_mapping(shipped[name])
    if not Path(name).is_file():
        raise MappingError(f"There is no mapping {name!r}: name one of {', '.join(shipped)}, or a file.")
    return load_mapping(Path(name))


def load_mapping(file: Path) -> Mapping:
    """Raises `MappingError`, naming file, line and key, for a file that is not one whole valid mapping."""
    try:
        return read_data_file(file).as_a(Mapping)
    except FrameworkError as error:
        raise MappingError(str(error)) from error
    except OSError as error:
        raise MappingError(f"{file} cannot be read: {error.strerror}.") from error


def shipped_mappings() -> dict[str, Path]:
    """The mappings that come with the product, by name."""
    return {file.stem: file for file in sorted(_shipped_directory().glob("*.yaml"))}


def _shipped_directory() -> Path:
    """Inside the package in a wheel, at the top of the repository in a checkout."""
    packaged = PACKAGE / "_data" / "mappings"
    return packaged if packaged.is_dir() else PACKAGE.parents[1] / "mappings"
