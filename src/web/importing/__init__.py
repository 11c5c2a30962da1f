"""The importer in pages: a sheet is sent, checked and shown, then recorded, by what `goldenthread import` runs."""
