"""What a browser is shown: the /graphql page, its example queries, and the files both need.

May import `server.settings` and starlette; nothing here comes from outside this machine at run time.
Start at `routes.py`.
"""
