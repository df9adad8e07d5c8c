"""An office's Excel workbook in and out: sheets of rows on one side, nouns on the other.

May import `graph.model`, `graph.errors` and openpyxl (which nothing else may); touches no store.
Start at `sheets.py` for what the sheets are, at `read.py` for how a file becomes nouns.
"""
