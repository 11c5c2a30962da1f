"""Spreadsheets as rows of text, whatever the file."""

from importing.sheet.reading import read_rows, read_sheets
from importing.sheet.row import Row

__all__ = ["Row", "read_rows", "read_sheets"]
