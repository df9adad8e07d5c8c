"""Who asks: bearer tokens of our own or of an identity provider, and the roles that their holder has.

May import `server.refusing`, `server.settings` and what is below them; knows no GraphQL.
Start at `asking.py`, which says who a request comes from.
"""
