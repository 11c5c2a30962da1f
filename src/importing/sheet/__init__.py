"""Spreadsheets as rows of text, whatever the file."""

from importing.sheet.reading import read_rows, read_sheets
from importing.sheet.row import SheetRow

__all__ = ["SheetRow", "read_rows", "read_sheets"]
