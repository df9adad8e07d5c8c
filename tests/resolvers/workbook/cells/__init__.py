"""Tests of what one cell means.

May import `resolvers.workbook.cells` and `graph.model`.
Start at `test_values.py`.
"""
