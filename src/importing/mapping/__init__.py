"""Mappings: how one kind of spreadsheet says what the register records."""

from importing.mapping.loader import load_mapping, mapping_named, shipped_mappings
from importing.mapping.model import Mapping

__all__ = ["Mapping", "load_mapping", "mapping_named", "shipped_mappings"]
