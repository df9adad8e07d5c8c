"""Tests of the workbook: files made as an office would make them, read and written back.

May import `resolvers.workbook`, `graph.model` and openpyxl.
Start at `test_read.py`; `office.py` makes the files.
"""
