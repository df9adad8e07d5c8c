"""Tests of the sample: its files, its generator of raw input, and the loader that runs the use cases on it.

May import `seeds`, `resolvers` and `graph`.
Start at `test_generator.py`.
"""
