"""From the cells of a file to the drafts of nouns, and what is wrong with them.

May import `graph.model` and the workbook's sheets, cells and faults; touches no store.
Start at `grid.py`, then `rows.py`, `drafts.py` and `links.py`: the order in which a file is read.
"""
