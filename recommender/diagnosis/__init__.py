"""From evidence to confidence, from needs to groups, from re-observation to closing.

May import the rules, the topic tree and `graph.model`; knows nothing of trainers or orders.
Start at `evidence.py` for how instruments are fused, at `rechecks.py` for how a need closes.
"""
