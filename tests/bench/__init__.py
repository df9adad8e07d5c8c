"""Measurements are not run here: only what makes them comparable is.

May import bench.
Start at `reads/test_answers.py`.
"""
