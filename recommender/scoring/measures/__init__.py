"""Measures that know nothing of needs and trainers: likeness of short texts, shares from few answers.

They may import the columns of `scoring.feature` and nothing else of ours.
Start at `shrinkage.py`.
"""
