"""Spreadsheets as rows of text, whatever the file."""

from cli.importing.sheet.reading import read_rows
from cli.importing.sheet.row import Row

__all__ = ["Row", "read_rows"]
