"""What one cell of a workbook means: texts made plain, dates, numbers, coded terms, lists of ids.

May import `graph.model` and the workbook's faults; knows no sheet and no row.
Start at `values.py`, which reads a cell as its field wants it.
"""
