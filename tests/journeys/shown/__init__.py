"""What the README and the tabs of the /graphql page ask, as every role asks it of the sample.

May import `server`, `resolvers`, `graph` and the expectations of `tests.access`, which share no code with the rules.
Start at `table.py`, which says what each role is answered; `asking.py` asks, `seen.py` judges what is shown.
"""
