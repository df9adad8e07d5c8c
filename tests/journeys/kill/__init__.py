"""A service that is killed in the middle of its writes, and what must hold at its next start.

May import `graph`.
Start at `rounds.py`, which kills; `worker.py` is what is killed, `ledger.py` judges what is left.
"""
