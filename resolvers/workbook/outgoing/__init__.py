"""From nouns to the lines of each sheet, and how a sheet looks.

May import `graph.model` and the workbook's sheets, cells and faults; touches no store.
Start at `lines.py`, the way back of `incoming/drafts.py`.
"""
