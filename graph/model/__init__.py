"""The vocabulary: nouns and coded terms of the domain, with their labels in Chinese and English.

May import the standard library only; every room may import it.
Start at `describe.py` for how a noun is declared, at `terms.py` for the coded values.
"""
