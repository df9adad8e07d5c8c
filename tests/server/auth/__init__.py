"""Tests of who asks: tokens, an identity provider that is a real server, and the callers of this machine."""
