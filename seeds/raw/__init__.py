"""The generator of raw input: who is there, what they can do, what was seen, said, shared and used.

May import `graph.model` and the standard library; invents no need, recommendation, order or session.
Start at `alliances.py` for the frame, at `skills.py` for what is hidden behind the evidence.
"""
