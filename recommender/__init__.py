"""Pure arithmetic from evidence to needs, orders and indicators.

May import `graph.model` and `graph.errors`; no I/O, clock, environment or hidden randomness.
Start at `rules.py` for what a rule is, at `orders.py` for how a recommendation is scored.
"""
